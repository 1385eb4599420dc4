from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("workbench", "0010_hold_chain"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_sample",
            field=models.BooleanField(default=False, editable=False, verbose_name="sample account"),
        ),
    ]
