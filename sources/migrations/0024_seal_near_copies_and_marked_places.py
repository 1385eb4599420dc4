from django.db import migrations

from workbench.desk.seal_triggers import SealTables

# The sealed columns of each model, as they are in form 1.
TABLES = {
    "NearCopy": (
        "id picture_id other_id distance found_at state decided_by_id decided_at"
    ),
    "MarkedPlace": (
        "id passage_id left top width height begins ends by_id at"
    ),
}


class Migration(migrations.Migration):

    # Rows are sealed some at a time; a migration that was interrupted goes on where it stopped.
    atomic = False

    dependencies = [
        ("sources", "0023_pictures_and_marked_places"),
        ("workbench", "0014_seals"),
    ]

    operations = [
        SealTables(TABLES),
    ]
