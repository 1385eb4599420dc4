"""Say of each report whether it is a sample: those that were published so far are none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_modality_not_confirmed")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="is_sample",
            field=models.BooleanField(default=False, editable=False, verbose_name="sample"),
        ),
    ]
