from django.db import migrations

from workbench.desk.seal_triggers import SealTables

# The sealed columns of each model: the first form of one, the second of the other, and its first.
BRINGING = {
    "Bringing": (
        "id capture_id by_id at file_name media_type said_url said_account seen_at obtained instead_of_id"
    ),
}
FIRST = {
    "Reading": (
        "id capture_id reader read_at outcome is_left_out title byline site_name canonical_url language"
        " language_score charset declared_charset is_garbled text sha256 share parts published_at"
        " published_precision published_method published_confidence published_until date_written doubts"
    ),
}
READING = {"Reading": FIRST["Reading"] + " file_facts note"}


class Migration(migrations.Migration):

    # Rows are sealed some at a time; a migration that was interrupted goes on where it stopped.
    atomic = False

    dependencies = [
        ("sources", "0019_files_that_people_bring"),
        ("workbench", "0014_seals"),
    ]

    operations = [
        SealTables(BRINGING),
        SealTables(READING, form=2, before=FIRST),
    ]
