from datetime import UTC, datetime

import pytest
from django.db import Error, transaction

from sources.capturing import fetching
from sources.formats import sandbox
from sources.gathering.providers.gathered import gathered
from sources.models import Arrival, Document, Passage, PassageVector, Reading
from sources.models.vocabulary import Outcome
from sources.reading import embedding, reading
from tests import make
from tests.sources.conftest import PAGE
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)  # a kind of file that nothing here reads


def read(url):
    document = fetching.ask(url, by=make.reporter())
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)
    drain(Reading.objects.all(), reading.read)
    return Reading.objects.get(capture__document=document)


def test_a_page_is_read_into_its_article_and_passages_with_exact_offsets(site):
    row = read(site.says("/pont"))

    assert (row.outcome, row.language, row.title) == (Outcome.OK, "fr", "Le pont d’Arvel fermé")
    passages = list(row.passages.all())
    assert any("Douze personnes" in passage.exact for passage in passages)
    assert [row.text[p.start : p.end] for p in passages] == [p.exact for p in passages]


@pytest.mark.skipif(not embedding.model(), reason="no embedding model runs on this processor")
def test_a_reading_gets_two_vectors_of_how_it_begins(site):
    row = read(site.says("/pont"))

    first = Passage.objects.order_by("start").first()
    assert list(PassageVector.objects.values_list("passage", "model")) == [(first.pk, embedding.model())]
    assert list(row.vectors.values_list("model", "language")) == [(embedding.model(), "fr")]
    assert list(Arrival.objects.values_list("reading", flat=True)) == [row.pk]


def test_a_page_without_text_is_read_as_such(site):
    row = read(site.says("/vide", "<html><body><p>Menu</p></body></html>"))

    assert (row.outcome, row.title, row.text) == (Outcome.EMPTY_EXTRACTION, "", "")
    assert row.capture.document.last_outcome == Outcome.EMPTY_EXTRACTION
    assert not Passage.objects.exists()


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59-05:00", "2999-06-01T10:00:00Z"])
def test_a_date_after_the_visit_is_none_that_a_page_was_published_on(site, date):
    dated = f'<head><meta property="article:published_time" content="{date}"><meta name="date" content="2024-11-28">'
    row = read(site.says("/pont", PAGE.replace("<head>", dated)))

    assert row.published_at == datetime(2024, 11, 28, tzinfo=UTC)


def test_bytes_that_are_no_page_are_read_as_such(site):
    row = read(site.says("/file", OLD_WORD, Content_Type="application/msword"))

    assert row.outcome == Outcome.NOT_TEXT


def test_what_was_read_never_changes(site):
    row = read(site.says("/pont"))

    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        Reading.objects.filter(pk=row.pk).update(text="Le pont est ouvert.")


def test_passages_are_found_without_their_accents(site):
    read(site.says("/pont"))

    found = gathered.search(make.search("prefecture", language="fr"))

    assert len(found) == 1


def test_a_page_that_its_reader_cannot_bear_is_tried_once_more_and_then_read_as_such(site, monkeypatch):
    document = fetching.ask(site.says("/lourd", "<article>" + "<p>mot mot. </p>" * 100_000), by=make.reporter())
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)
    monkeypatch.setattr(sandbox, "LIMIT", 0.2)

    drain(Reading.objects.all(), reading.read)
    once = Reading.objects.get()
    once.ask()
    Reading.objects.update(tries=once.tries)
    drain(Reading.objects.all(), reading.read)

    assert (once.read_at, once.tries) == (None, 1)
    assert "Parsing this page took more than" in once.trouble
    assert Reading.objects.get().outcome == Outcome.UNPARSABLE
    assert not Document.objects.get().is_coverage
