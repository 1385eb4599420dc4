import io

import pytest

from sources.capturing import bringing
from sources.formats import recognizer
from sources.models import Reading
from sources.reading import reading, recognizing
from tests import make, pdf_files
from tests.refusing import refused
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

PROGRAM = """#!/bin/sh
case "$1" in
--version) echo "tesseract 5.9.9" ;;
--list-langs) printf 'List of available languages:\\neng\\nosd\\n' ;;
*) for sure in 84.0 88.0; do printf '5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t9\\t12\\t%s\\tWord\\n' $sure; done ;;
esac
"""


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


@pytest.fixture
def _installed(tmp_path, monkeypatch):
    """A program that answers as Tesseract does: the real one is not on every machine."""
    (tmp_path / "tesseract").write_text(PROGRAM)
    (tmp_path / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")


def brought(body):
    document = bringing.bring(io.BytesIO(body), "scan.pdf", by=make.reporter())
    drain(Reading.objects.all(), reading.read)
    return document


@pytest.mark.usefixtures("_installed")
def test_the_pages_of_a_scan_are_recognized_and_the_reading_says_by_what_and_how_surely():
    document = brought(pdf_files.scanned(2))

    row = recognizing.ask(document, "eng", by=make.reporter())
    drain(Reading.objects.all(), reading.read)

    row.refresh_from_db()
    assert (row.reader, row.outcome) == ("tesseract@5.9.9+eng", "ok")
    assert row.text.split() == ["Word"] * 4
    assert "86 percent sure" in row.note
    assert [part["label"] for part in row.parts] == ["1", "2"]
    assert row.file_facts[0]["value"] == "0.860"
    assert row.passages.exists()


@pytest.mark.usefixtures("_installed")
def test_what_is_being_read_is_not_asked_for_twice():
    document = brought(pdf_files.scanned())
    recognizing.ask(document, "eng", by=make.reporter())

    with refused("requested"):
        recognizing.ask(document, "eng", by=make.reporter())


@pytest.mark.usefixtures("_installed")
def test_a_file_with_a_text_is_not_recognized():
    document = brought(pdf_files.written([(60, 700, "The bridge was closed on Monday.")]))

    with refused("no_scan"):
        recognizing.ask(document, "eng", by=make.reporter())


@pytest.mark.usefixtures("_installed")
def test_a_language_that_is_not_installed_is_refused():
    with refused("not_installed", "language"):
        recognizing.ask(brought(pdf_files.scanned()), "fra", by=make.reporter())


def test_a_server_without_tesseract_says_what_to_install(client, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    document = brought(pdf_files.scanned())
    client.force_login(make.reporter())

    html = client.get(document.get_absolute_url()).content.decode()

    assert recognizer.languages() == []
    assert "Install these Debian packages: tesseract-ocr, tesseract-ocr-eng" in html


@pytest.mark.usefixtures("_installed")
def test_who_only_reads_has_nothing_recognized():
    with pytest.raises(NotPermitted):
        recognizing.ask(brought(pdf_files.scanned()), "eng", by=make.viewer())
