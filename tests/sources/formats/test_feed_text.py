import codecs

import pytest

from sources.formats.feed_text import in_utf_8

FEED = "<?xml version='1.0' encoding='{0}'?><rss><channel><title>Şırnak'ta çatışma: ölü sayısı yükseldi dedi</title>"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1254", "utf-16"])
@pytest.mark.parametrize("header", ["", "; charset=iso-8859-1", "; charset=utf-8", "; charset=utf-16"])
def test_a_feed_comes_in_utf_8_whatever_its_header_says(encoding, header):
    feed = FEED.format(encoding)

    assert in_utf_8(feed.encode(encoding), f"text/xml{header}") == feed.encode()


def test_characters_that_no_xml_may_hold_are_left_out():
    assert in_utf_8("<title>a\x00b\x0bc\ufffed</title>".encode(), "text/xml") == b"<title>abcd</title>"


def test_a_byte_order_mark_is_left_out():
    assert in_utf_8(codecs.BOM_UTF8 + b"<rss/>", "text/xml") == b"<rss/>"


@pytest.mark.parametrize(
    "feed",
    ["<rss/>".encode("utf-32"), "<?xml version='1.0'?>".encode("cp037"), FEED.format("cp857").encode("cp857")],
    ids=["utf-32", "ebcdic", "cp857"],
)
def test_encodings_that_no_browser_knows_are_left_to_the_reader_of_feeds(feed):
    assert in_utf_8(feed, "text/xml") is None
