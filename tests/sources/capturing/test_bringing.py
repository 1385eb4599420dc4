import io
from datetime import timedelta

import pytest
from django.utils import timezone

from sources.capturing import bringing, preserving
from sources.capturing.bringing import StatedOrigin
from sources.formats import article
from sources.formats.files import reader_names
from sources.models import Bringing, Capture, Document, Passage, Reading
from sources.models.vocabulary import Outcome
from sources.reading import pasting, reading
from tests import make
from tests.refusing import refused
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

PAGE = (
    "<!doctype html><html lang='fr'><head><title>Un général tué</title></head><body><article>"
    + "<p>Le général de brigade a été tué à l’ouest de la ville, a annoncé la télévision mercredi matin.</p>" * 4
    + "</article></body></html>"
).encode()

pytestmark = pytest.mark.django_db

TEXT = "Le pont a été fermé lundi, a annoncé la préfecture.\n\nLe maire ne l’a pas confirmé.".encode()


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


def bring(body=TEXT, name="note.txt", **more):
    return bringing.bring(io.BytesIO(body), name, by=more.pop("by", None) or make.reporter(), **more)


def test_a_file_is_kept_as_it_came_named_by_its_hash_and_never_as_fetched():
    document = bring()

    capture = document.captures.get()
    assert b"".join(preserving.opened(capture)) == TEXT
    assert document.url.startswith(f"ni:///sha-256;{capture.sha256}?n=")
    assert (document.last_outcome, capture.attempt.outcome) == (Outcome.BROUGHT, Outcome.BROUGHT)
    assert (capture.content_type, capture.bringings.get().file_name) == ("text/plain", "note.txt")


def test_a_text_file_is_read_by_its_reader_and_split():
    document = bring()

    drain(Reading.objects.all(), reading.read)

    row = Reading.objects.get()
    document.refresh_from_db()
    assert (row.reader, row.outcome, row.language) == ("text@1", Outcome.OK, "fr")
    assert row.text == TEXT.decode()
    assert Passage.objects.count() == 2
    assert (document.last_outcome, document.title) == (Outcome.BROUGHT, row.text.partition("\n")[0])


def test_the_same_bytes_twice_are_one_document_brought_by_two():
    first = bring()

    second = bring(
        name="copy.txt", said=StatedOrigin(url="https://example.org/a", account="@rep", obtained="sent by mail")
    )

    assert first == second
    assert Capture.objects.count() == 1
    assert [row.file_name for row in Bringing.objects.order_by("pk")] == ["note.txt", "copy.txt"]


def test_a_file_of_a_kind_that_nobody_reads_is_kept_and_says_so():
    document = bring(b"{\\rtf1 Arvel}", "photo.txt")

    drain(Reading.objects.all(), reading.read)

    document.refresh_from_db()
    row = Reading.objects.get()
    assert (row.outcome, row.reader) == (Outcome.NOT_TEXT, reader_names.NONE)
    assert (document.last_outcome, document.title) == (Outcome.BROUGHT, "photo.txt")
    assert document.captures.get().content_type == "application/rtf"


def test_a_saved_page_is_read_as_a_page():
    bring(PAGE, "page.html", said=StatedOrigin(url="https://example.org/a"))

    drain(Reading.objects.all(), reading.read)

    row = Reading.objects.get()
    assert (row.reader, row.outcome, row.title) == (article.READER, Outcome.OK, "Un général tué")


def test_a_file_without_bytes_is_refused():
    with refused("empty", "files"):
        bring(b"")


def test_a_file_that_is_too_large_for_its_kind_is_refused_and_nothing_is_left(settings):
    settings.UPLOAD_MEGABYTES, settings.UPLOAD_VIDEO_MEGABYTES = 0, 1
    bring(b"\x00\x00\x00\x18ftypisom" + bytes(500_000), "film.mp4")

    with refused("too_large", "files"):
        bring()

    assert Document.objects.count() == 1
    assert not list(settings.UPLOAD_FOLDER.iterdir())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\تقرير.pdf", "تقرير.pdf"),
        ("a\0b\n.txt", "ab.txt"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("..", ""),
    ],
)
def test_a_name_is_kept_without_folders_and_control_characters(name, kept):
    assert bringing.safe_name(name) == kept


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        (StatedOrigin(url="javascript:alert(1)"), "bad_url", "said_url"),
        (StatedOrigin(account="a" * 201), "too_long", "said_account"),
        (StatedOrigin(seen_at=timezone.now() + timedelta(days=2)), "future", "seen_at"),
    ],
)
def test_words_on_where_a_file_comes_from_are_checked(said, code, field):
    with refused(code, field):
        bring(said=said)


def test_who_only_reads_brings_nothing():
    with pytest.raises(NotPermitted):
        bring(by=make.viewer())


def test_a_full_disk_is_said_in_a_clear_word(settings):
    settings.DISK_RESERVE = 10**9

    with refused("not_kept", "files"):
        bring()


def test_a_text_that_was_brought_as_a_file_can_be_pasted_too():
    document = bring()

    pasted = pasting.keep_pasted(TEXT.decode(), by=make.reporter())

    assert pasted.capture.document == document
    assert Capture.objects.count() == 1
