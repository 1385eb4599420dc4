from django.db import migrations

from sources.language.lookalikes import MAYBE_DISGUISED
from workbench.desk.word_search import fill_stored


def fill(apps, schema_editor):
    for model in apps.get_models():
        fill_stored(model, like=MAYBE_DISGUISED)


class Migration(migrations.Migration):
    """Of all apps: a word in letters that look like others is found by the word that it looks like."""

    dependencies = [
        ("claims", "0013_four_eyes"),
        ("sources", "0017_vector_indexes_by_function"),
        ("workbench", "0012_mark_sample_accounts"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
