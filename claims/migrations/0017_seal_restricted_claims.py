from django.db import migrations

from workbench.desk.seal_triggers import SealTables

TABLES = {
    "ClaimAccess": "id claim_id person_id given_by_id given_at ended_by_id ended_at",
    "AccessGrant": (
        "id claim_id person_id reason made_id proposed_by_id proposed_at state second_id answered_at waiver"
    ),
}


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ("claims", "0016_restricted_claims"),
    ]

    operations = [
        SealTables(TABLES),
    ]
