from django.db import migrations

from workbench.desk.word_search import fill_stored


def fill(apps, schema_editor):
    for model in apps.get_app_config("claims").get_models():
        fill_stored(model)


class Migration(migrations.Migration):

    dependencies = [
        ("claims", "0006_word_search_and_list_indexes"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
