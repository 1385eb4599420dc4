from django.db import migrations

from workbench.desk.seal_triggers import SealTables

TABLES = {
    "SourceIdentity": "id source_id ciphertext commitment made_by_id made_at",
    "IdentityReader": "id identity_id person_id given_by_id given_at ended_by_id ended_at",
}


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("sources", "0019_confidential_sources"),
    ]

    operations = [
        SealTables(TABLES),
    ]
