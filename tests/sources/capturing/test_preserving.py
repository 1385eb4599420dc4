import gzip
import hashlib

import pytest

from sources.capturing import preserving
from sources.models import Reading
from sources.reading import pasting
from tests import make
from tests.archived import archived
from tests.sealed import fetched
from tests.sources.conftest import PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path


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
    capture = pasting.keep_pasted("The bridge was closed, they say.", by=make.reporter()).capture

    assert capture.warc_sha256 == hashlib.sha256(preserving.records_of(capture)).hexdigest()
    assert capture.wire_sha256 == capture.sha256


@pytest.mark.parametrize("coding", ["gzip", "GZip"])
def test_a_payload_is_read_back_decompressed(tmp_path, coding):
    capture = archived(tmp_path, gzip.compress(PAGE.encode()), headers=[("Content-Encoding", coding)])

    assert preserving.payload_of(capture) == PAGE.encode()


def test_a_plain_payload_under_the_label_of_a_compressed_one_is_read(tmp_path):
    capture = archived(tmp_path, PAGE.encode(), headers=[("Content-Encoding", "gzip")])

    assert preserving.payload_of(capture) == PAGE.encode()


def test_a_payload_whose_compression_breaks_off_is_lost(tmp_path):
    damaged = gzip.compress(PAGE.encode())[:-12]
    capture = archived(tmp_path, damaged, headers=[("Content-Encoding", "gzip")])

    with pytest.raises(preserving.LOST):
        preserving.payload_of(capture)


def test_a_page_is_decoded_by_the_charset_that_it_declares(tmp_path):
    capture = archived(tmp_path, "الجسر".encode("windows-1256"), "text/html; charset=windows-1256")

    assert preserving.text_of(capture) == "الجسر"
