from django.db import migrations

from workbench.desk.seal_triggers import SealTables

USER = (
    "id username first_name last_name email password role is_active is_staff"
    " is_superuser date_joined"
)


class Migration(migrations.Migration):

    dependencies = [
        ("workbench", "0014_seals"),
    ]

    operations = [
        SealTables({"User": USER}),
    ]
