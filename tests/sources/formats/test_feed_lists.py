"""Lists of feeds from other programs."""

import pytest

from sources.formats import feed_lists
from sources.formats.feed_lists import ListedFeed

OPML = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
<outline text="Courrier" xmlUrl="https://courrier.example/rss"/><outline title="Vadi" xmlUrl="https://vadi.example/f"/>
<outline text="No feed"/><outline text="Odd" xmlUrl="javascript:alert(1)"/></outline></body></opml>"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE o [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<opml><body><outline text="&b;" xmlUrl="https://a.example/"/></body></opml>"""


def test_an_outline_gives_its_feeds_and_no_other_addresses():
    assert feed_lists.read(OPML) == [
        ListedFeed("Courrier", "https://courrier.example/rss"),
        ListedFeed("Vadi", "https://vadi.example/f"),
    ]


@pytest.mark.parametrize(
    "body",
    [b"Courrier,https://courrier.example/rss,fr\n", "\ufeffCourrier;https://courrier.example/rss;FR\r\n".encode()],
)
def test_a_table_gives_name_address_and_language(body):
    assert feed_lists.read(body) == [ListedFeed("Courrier", "https://courrier.example/rss", "fr")]


@pytest.mark.parametrize("body", [b"", b"<opml", b"\xff\xfe\x00", b"name,address\n", b"<html></html>"])
def test_what_is_no_list_has_no_feeds(body):
    assert feed_lists.read(body) == []


def test_an_outline_with_entities_of_its_own_is_not_read():
    assert feed_lists.read(BOMB) == []
