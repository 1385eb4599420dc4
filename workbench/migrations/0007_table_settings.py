from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("workbench", "0006_daily_size"),
    ]

    operations = [
        # The log is only added to: see the migration of the same name in sources.
        migrations.RunSQL(
            "ALTER TABLE workbench_logentry SET "
            "(autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)",
            "ALTER TABLE workbench_logentry RESET "
            "(autovacuum_vacuum_insert_scale_factor, autovacuum_analyze_scale_factor)",
        ),
    ]
