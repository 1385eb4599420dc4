import pytest

from sources.formats.files import pages, saved_page
from sources.formats.files.page_copy import Reference, moment, web_address
from sources.formats.unreadable import Unreadable
from tests.sources.formats.files import samples

EMPTY = "<html><body><div id=app></div></body></html>"
UNKNOWN = Reference()


def read(body, kind, known=UNKNOWN):
    return pages.read(body, kind, known)


def said(found):
    return {fact.name: fact.value for fact in found.facts}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (samples.single_file(), "text/html"),
        (samples.mhtml(), "multipart/related"),
        (samples.warc(), "application/warc"),
        (samples.warc(is_packed=False), "application/warc"),
        (samples.wacz(samples.warc()), "application/wacz"),
    ],
)
def test_a_saved_page_reads_as_a_fetched_one_and_says_where_and_when_it_was_saved(body, kind):
    found = read(body, kind)

    assert found.article.text.splitlines() == [*samples.SAID]
    assert found.article.title == "Bridge closed"
    assert said(found)["address"] == samples.URL
    assert said(found)["saved at"] == "2026-11-20T10:00:00+00:00"


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ("<!-- saved from url=(0026)https://example.org/bridge -->", "https://example.org/bridge"),
        ("<html data-scrapbook-source='https://example.org/a'>", "https://example.org/a"),
        ("<meta name=savepage-url content='https://example.org/b'>", "https://example.org/b"),
        ("<html>", ""),
    ],
)
def test_each_tool_has_its_own_mark(markup, address):
    assert saved_page.origin(markup).address == address


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "https://a/\u202e", "http://" + "a" * 3_000]
)
def test_only_an_address_of_the_web_is_taken_from_a_file(address):
    assert web_address(address) == ""
    assert "address" not in said(read(samples.single_file(address), "text/html"))


def test_a_time_that_nobody_can_read_is_left_out():
    assert moment("Friday, perhaps") == ""


def test_the_main_page_of_an_archive_is_the_one_that_its_list_names():
    archive = samples.warc(
        {"https://example.org/ad": samples.MARKUP.replace("bridge", "tunnel"), samples.URL: samples.MARKUP}
    )

    found = read(samples.wacz(archive), "application/wacz")

    assert "bridge" in found.article.text
    assert said(found)["digest"].startswith("The page has the digest")
    assert said(found)["digests"].startswith("The archives have")


def test_an_archive_that_was_changed_says_so():
    found = read(samples.wacz(samples.warc(), digest="0" * 64), "application/wacz")

    assert "does NOT have" in said(found)["digests"]


def test_a_page_that_scripts_make_shows_the_text_that_the_tool_saw():
    found = read(samples.wacz(samples.warc({samples.URL: EMPTY}), text="\n".join(samples.SAID)), "application/wacz")

    assert found.article.text.splitlines() == [*samples.SAID]
    assert "the tool saw" in found.note


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/warc"),
        (b"WARC/1.1\r\nWARC-Type: response\r\n", "application/warc"),
        (samples.warc()[:200], "application/warc"),
        (samples.zipped({"datapackage.json": "[" * 100_000}), "application/wacz"),
        (samples.wacz(b"\x1f\x8bnot gzip"), "application/wacz"),
        (b"From: <Saved by Blink>\r\n\r\nno page", "multipart/related"),
    ],
)
def test_what_is_no_saved_page_is_refused(body, kind):
    with pytest.raises(Unreadable) as told:
        read(body, kind)

    assert told.value.outcome in {"not_text", "empty_extraction"}
