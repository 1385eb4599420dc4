from django.db import migrations

from workbench.desk.seal_triggers import SealTables

PROPOSED = " proposed_by_id proposed_at state second_id answered_at waiver"
TABLES = {
    "User": (
        "id username first_name last_name email password role is_active is_staff"
        " is_superuser date_joined is_sample"
    ),
    "FourEyesPolicy": "id version by_reason reason" + PROPOSED,
    "RoleGrant": "id person_id role" + PROPOSED,
    "Witness": "id checkpoint_id kind holder noted_by_id noted_at",
    "SigningKey": "id public made_at before_id endorsement",
}


class Migration(migrations.Migration):

    dependencies = [
        ("workbench", "0014_seals"),
    ]

    operations = [
        SealTables(TABLES),
    ]
