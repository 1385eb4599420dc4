import pytest
from django.core.management import CommandError, call_command

from sources.models import Bringing
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


def test_files_are_brought_in_the_name_of_a_person_and_a_bad_one_stops_no_other(tmp_path, capsys):
    by = make.reporter(username="rep")
    good, empty = tmp_path / "تقرير.txt", tmp_path / "empty.txt"
    good.write_text("Le pont est fermé.")
    empty.touch()

    with pytest.raises(CommandError, match="empty: it has no bytes"):
        call_command(
            "bring", str(empty), str(good), "--by=rep", "--from=https://example.org/a", "--seen=2024-12-02T09:30"
        )

    row = Bringing.objects.get()
    assert (row.by, row.file_name, row.said_url) == (by, "تقرير.txt", "https://example.org/a")
    assert row.seen_at.isoformat() == "2024-12-02T09:30:00+00:00"
    assert f"document {row.capture.document_id}" in capsys.readouterr().out


@pytest.mark.parametrize("more", [["--by=nobody"], ["--by=rep", "--seen=lately"], ["--by=rep", "--instead-of=0"]])
def test_what_makes_no_sense_is_refused(tmp_path, more):
    make.reporter(username="rep")

    with pytest.raises(CommandError):
        call_command("bring", str(tmp_path / "missing.txt"), *more)

    assert not Bringing.objects.exists()
