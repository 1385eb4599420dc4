"""Say how exact the dates are that feeds gave before they had a precision: a day where they name no time."""

from django.db import migrations

FILL = """
    UPDATE sources_document
    SET published_precision = CASE
        WHEN published_at = date_trunc('day', published_at, 'UTC') THEN 'day' ELSE 'minute' END
    WHERE published_at IS NOT NULL AND published_precision = ''
"""


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0014_outcomes_and_frozen_columns'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
