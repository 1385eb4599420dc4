from django.db import migrations

# Tables that are only added to: by default PostgreSQL vacuums and analyzes them after a fifth and a tenth of all rows,
# which at a million rows is seldom. Rows that retention removes are freed as soon.
GROWING = {
    "autovacuum_vacuum_insert_scale_factor": "0.02",
    "autovacuum_vacuum_scale_factor": "0.02",
    "autovacuum_analyze_scale_factor": "0.02",
}
# Rows of work are updated often: with room on their page, a lease adds no entry to any index (HOT).
BUSY = {"fillfactor": "80", "autovacuum_vacuum_scale_factor": "0.02", "autovacuum_analyze_scale_factor": "0.02"}
TABLES = {
    **dict.fromkeys(["fetchattempt", "capture", "chainlink", "passage", "passagevector", "searchhit"], GROWING),
    "reading": {**GROWING, "toast.autovacuum_vacuum_scale_factor": "0.02"},
    "document": BUSY,
    "search": BUSY,
}


def setting(table, settings):
    given = ", ".join(f"{name} = {value}" for name, value in settings.items())
    return migrations.RunSQL(
        f"ALTER TABLE sources_{table} SET ({given})", f"ALTER TABLE sources_{table} RESET ({', '.join(settings)})"
    )


class Migration(migrations.Migration):

    dependencies = [
        ("sources", "0006_retention"),
    ]

    operations = [setting(table, settings) for table, settings in TABLES.items()]
