from django.db import migrations

GAVE_SAMPLE_PASSWORD = "gave a sample password"


def mark(apps, schema_editor):
    entries = apps.get_model("workbench", "LogEntry").objects.filter(actor=None, verb=GAVE_SAMPLE_PASSWORD)
    keys = [int(subject.rpartition(" ")[2]) for subject in entries.values_list("subject", flat=True)]
    apps.get_model("workbench", "User").objects.filter(pk__in=keys).update(is_sample=True)


class Migration(migrations.Migration):

    dependencies = [
        ("workbench", "0011_sample_accounts"),
    ]

    operations = [
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
