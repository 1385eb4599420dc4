from django.db import migrations

# See the migration of the same name in sources.
TABLES = {
    "claim": {
        "fillfactor": "80",
        "autovacuum_vacuum_scale_factor": "0.02",
        "autovacuum_analyze_scale_factor": "0.02",
    },
    "evidence": {"autovacuum_vacuum_insert_scale_factor": "0.02", "autovacuum_analyze_scale_factor": "0.02"},
}


def setting(table, settings):
    given = ", ".join(f"{name} = {value}" for name, value in settings.items())
    return migrations.RunSQL(
        f"ALTER TABLE claims_{table} SET ({given})", f"ALTER TABLE claims_{table} RESET ({', '.join(settings)})"
    )


class Migration(migrations.Migration):

    dependencies = [
        ("claims", "0007_fill_word_index"),
    ]

    operations = [setting(table, settings) for table, settings in TABLES.items()]
