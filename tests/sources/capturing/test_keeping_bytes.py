"""Whoever gives bytes that others keep to themselves has a document of their own, as if nobody had given them."""

import io

import pytest

from sources.capturing import bringing
from sources.models import Document
from sources.reading import pasting
from tests import make
from workbench.desk import hidden_rows
from workbench.desk.models import LogEntry

pytestmark = pytest.mark.django_db
TEXT = "The ledger of the bridge at Arvel."


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


def bring(name, *, by, **more):
    return bringing.bring(io.BytesIO(TEXT.encode()), name, by=by, **more)


def test_who_brings_bytes_that_another_has_on_a_form_gives_them_their_own_name_and_log():
    one, two = make.reporter(), make.reporter()
    first = bring("from-the-minister.txt", by=one, on_form=True)

    second = bring("mine.txt", by=two)

    assert (first.title, second.title) == ("from-the-minister.txt", "mine.txt")
    assert first.captures.get() != second.captures.get()
    with hidden_rows.read_by(lambda: two.pk):
        assert list(Document.objects.all()) == [second]
        assert not LogEntry.objects.filter(actor=one).exists()


def test_names_of_documents_do_not_tell_whether_the_bytes_were_there():
    one, two = make.reporter(), make.reporter()

    names = [bring("a.txt", by=one, on_form=True).url, bring("b.txt", by=two).url]

    assert names[0] != names[1]
    assert [len(name) for name in names] == [len(names[0])] * 2
    assert len({name.partition("?")[0] for name in names}) == 1


def test_bytes_that_everybody_sees_are_one_document():
    one, two = make.reporter(), make.reporter()
    first = bring("a.txt", by=one, on_form=True)
    bringing.send([first], by=one)

    assert bring("b.txt", by=two) == first
    assert first.captures.count() == 1


def test_a_text_that_another_keeps_on_a_form_is_pasted_as_a_document_of_its_own():
    one, two = make.reporter(), make.reporter()
    first = bring("a.txt", by=one, on_form=True)

    pasted = pasting.keep_pasted(TEXT, by=two).capture

    assert pasted.document != first
    assert str(two) in pasted.attempt.reason
    with hidden_rows.read_by(lambda: two.pk):
        assert list(Document.objects.all()) == [pasted.document]
