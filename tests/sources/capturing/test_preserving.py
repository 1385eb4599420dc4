import gzip
import hashlib

import pytest

from sources.capturing import preserving
from sources.models import Document, Reading
from tests import make
from tests.sealed import fetched
from tests.sources.conftest import PAGE

pytestmark = pytest.mark.django_db

TEXT = "Il a capturé 39 villages.\nIl a été affirmé que des « terroristes » étaient à l’origine de l’attaque."


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path


def test_a_pasted_text_is_kept_named_by_its_hash_and_split():
    reading = preserving.keep_pasted(TEXT, by=make.reporter(), url="https://example.org/a")

    capture = reading.capture
    body = preserving.payload_of(capture)
    assert body == TEXT.encode()
    assert capture.document.url == f"ni:///sha-256;{hashlib.sha256(body).hexdigest()}"
    assert capture.document.due_at is None
    assert (reading.language, reading.text) == ("fr", TEXT)
    assert capture.attempt.final_url == "https://example.org/a"


def test_a_text_pasted_twice_is_one_document():
    first = preserving.keep_pasted(TEXT, by=make.reporter())

    second = preserving.keep_pasted(f"  {TEXT}\r\n".replace("\n", "\r\n"), by=make.reporter())

    assert first == second
    assert Document.objects.count() == 1


def test_a_quote_is_found_in_the_passage_that_makes_it():
    reading = preserving.keep_pasted(TEXT, by=make.reporter())

    passage = preserving.passage_of(reading, "des « terroristes » étaient")

    assert passage.exact.startswith("Il a été affirmé")
    assert preserving.passage_of(reading, "nowhere") is None
    assert preserving.passage_of(reading, "  ") is None


def test_a_text_too_long_to_be_an_article_is_refused():
    with pytest.raises(preserving.NotKept, match="200"):
        preserving.keep_pasted("x" * 200_001, by=make.reporter())


def test_nulls_and_lone_surrogates_do_not_reach_the_database():
    reading = preserving.keep_pasted("Un pont\0 fermé \ud800 lundi, dit-on.", by=make.reporter())

    assert "\0" not in reading.text
    assert reading.text.encode()


@pytest.fixture
def news(site):
    """The address of a page, and the document that it is once fetched so often."""
    return lambda times, **headers: fetched(site.says("/news", **headers), times=times)[0].captures.order_by("pk")


@pytest.mark.django_db(transaction=True)
def test_an_unchanged_payload_is_kept_once_and_read_once(news):
    first, second, third = news(3)

    assert (first.revisits, second.revisits, third.revisits) == (None, first, first)
    assert {capture.sha256 for capture in (first, second, third)} == {hashlib.sha256(PAGE.encode()).hexdigest()}
    assert second.warc_length < first.warc_length
    assert preserving.payload_of(third) == PAGE.encode()
    assert Reading.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_page_that_changed_and_changed_back_is_kept_whole_each_time(site, news):
    news(1)
    fetched(site.says("/news", "<p>Something else.</p>"))

    captures = news(1)

    assert [capture.revisits for capture in captures] == [None, None, None]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_says_not_modified_is_believed_and_kept(news):
    first, second = news(2, ETag='"one"')

    assert second.attempt.outcome == "not_modified"
    assert second.revisits == first
    assert (second.sha256, second.size, second.content_type) == (first.sha256, first.size, first.content_type)
    assert b"server-not-modified" in gzip.decompress(preserving.records_of(second))


@pytest.mark.django_db(transaction=True)
def test_a_page_whose_original_is_gone_is_kept_whole(news, settings):
    (first,) = news(1)
    (settings.ARCHIVE_FOLDER / first.warc_file).unlink()

    second = news(1).last()

    assert second.revisits is None
    assert preserving.payload_of(second) == PAGE.encode()


def test_the_hash_of_its_records_is_noted_with_a_capture():
    capture = preserving.keep_pasted(TEXT, by=make.reporter()).capture

    assert capture.warc_sha256 == hashlib.sha256(preserving.records_of(capture)).hexdigest()
    assert capture.wire_sha256 == capture.sha256
