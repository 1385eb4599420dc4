from django.db import migrations

from workbench.desk.word_search import fill_stored


def fill(apps, schema_editor):
    for model in apps.get_app_config("workbench").get_models():
        fill_stored(model)


class Migration(migrations.Migration):

    dependencies = [
        ("workbench", "0004_word_search"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
