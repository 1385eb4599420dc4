from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0026_rule_beside_in_plain_words")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(models.F("logged_by"), models.F("status"), name="claim_by_person"),
        ),
    ]
