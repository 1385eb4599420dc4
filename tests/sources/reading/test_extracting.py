from io import BytesIO

import pytest

from claims.publishing import page_facts
from sources.capturing import bringing, fetching
from sources.formats import article
from sources.formats.files import reader_names
from sources.formats.files.kinds import KINDS
from sources.models import Document, Reading
from sources.models.vocabulary import Outcome
from sources.reading import reading, rereading
from tests import make
from tests.sources.conftest import PAGE
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)  # a kind of file that nothing here reads


def read(url):
    document = fetching.ask(url, by=make.reporter())
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)
    drain(Reading.objects.all(), reading.read)
    document.refresh_from_db()
    return document, Reading.objects.get(capture__document=document)


@pytest.mark.parametrize("served_as", ["application/msword", "text/html", "application/octet-stream"])
def test_a_file_that_a_server_sends_is_told_by_its_bytes_whatever_the_server_says(site, served_as):
    document, row = read(site.says("/letter.html", OLD_WORD, Content_Type=served_as))

    assert (row.reader, row.outcome) == (reader_names.NONE, Outcome.NOT_TEXT)
    assert document.last_outcome == Outcome.NOT_TEXT


def test_a_page_is_read_as_before(site):
    _document, row = read(site.says("/page.pdf", PAGE))

    assert (row.reader, row.outcome) == (article.READER, Outcome.OK)


def test_files_of_a_kind_are_read_again_once_there_is_a_reader_for_it(site, monkeypatch):
    document, first = read(site.says("/letter.doc", OLD_WORD, Content_Type="application/msword"))
    assert rereading.reread() == 0

    kind = KINDS["ole"].media_type
    monkeypatch.setitem(reader_names.NAMES, kind, "word@1")
    monkeypatch.setattr(reader_names, "NONE", "no-reader@99")

    assert rereading.reread() == 1
    drain(Reading.objects.all(), reading.read)
    assert set(document.captures.get().readings.values_list("reader", flat=True)) == {first.reader, "word@1"}


def test_what_an_older_version_called_no_text_is_looked_at_again_once():
    make.reading(reader=article.READER, outcome=Outcome.NOT_TEXT, text="")

    assert [rereading.reread(), rereading.reread()] == [1, 0]
    assert Reading.objects.filter(reader=reader_names.NONE, read_at=None).count() == 1


@pytest.mark.parametrize(
    ("day", "is_dated"), [("Tue, 3 Mar 2020 09:15:00 +0300", True), ("Tue, 3 Mar 2099 09:15:00 +0300", False)]
)
def test_a_mail_has_the_date_of_its_header_unless_it_is_still_to_come(settings, tmp_path, day, is_dated):
    settings.UPLOAD_FOLDER = tmp_path
    head = f"From: a@b.example\nMIME-Version: 1.0\nSubject: Dam\nDate: {day}\n\n"
    body = f"{head}The dam held on Monday, the ministry said.\n".encode()
    document = bringing.bring(BytesIO(body), "mail.eml", by=make.reporter())

    drain(Reading.objects.all(), reading.read)

    row = Reading.objects.get()
    document.refresh_from_db()
    assert (row.published_method, document.published_at is not None) == (
        ("mail-date", True) if is_dated else ("", False)
    )
    assert page_facts.dated_by(document, row) == ({"dated_by": "mail-date"} if is_dated else {})
