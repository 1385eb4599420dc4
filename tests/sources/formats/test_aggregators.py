import base64

import pytest

from sources.formats import aggregators
from sources.formats.feed_entries import Entry

LINK = "https://news.aggregator.example/rss/articles/CBMiWGh0dHBz?oc=5"
OUTLET = "https://kiyi.example"


def token(url):
    whole = b"\x08\x13\x22" + bytes([len(url)]) + url.encode() + b"\xd2\x01\x00"
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ({"title": "Kıyı Postası", "href": "https://kiyi.example"}, ("Kıyı Postası", "https://kiyi.example")),
        ({"title": "K", "link": "https://kiyi.example/", "links": []}, ("K", "https://kiyi.example/")),
        ({"title": "K", "links": [{"href": "https://kiyi.example/atom"}]}, ("K", "https://kiyi.example/atom")),
        ({"title": "K"}, ("K", "")),
        ("K", ("", "")),
        (None, ("", "")),
    ],
)
def test_the_outlet_that_an_entry_comes_from_is_read_from_its_source(source, named):
    assert aggregators.named_publisher({"source": source}, "https://aggregator.example/rss") == named


@pytest.mark.parametrize(
    "link",
    [
        f"https://news.aggregator.example/rss/articles/{token('https://kiyi.example/haber/kopru-coktu')}?oc=5",
        "https://aggregator.example/go?id=3&url=https%3A%2F%2Fkiyi.example%2Fhaber%2Fkopru-coktu",
        "https://aggregator.example/go/https%3A%2F%2Fkiyi.example%2Fhaber%2Fkopru-coktu",
    ],
)
def test_an_address_of_the_named_publisher_inside_a_link_is_the_article(link):
    entry = Entry(link, publisher="Kıyı Postası", publisher_url="https://www.kiyi.example/rss")

    assert aggregators.resolved([entry])[0][0].url == "https://kiyi.example/haber/kopru-coktu"


def test_where_no_publisher_is_named_the_links_of_the_whole_feed_tell():
    links = [
        f"https://aggregator.example/c?aid=&url=https%3a%2f%2f{host}.example%2fa-1&c=1" for host in ("kiyi", "liman")
    ]

    entries, is_aggregator = aggregators.resolved([Entry(link) for link in links])

    assert [entry.url for entry in entries] == ["https://kiyi.example/a-1", "https://liman.example/a-1"]
    assert is_aggregator


@pytest.mark.parametrize(
    "links",
    [
        ["https://kiyi.example/1?ref=https://friend.example/a", "https://kiyi.example/2?ref=https://friend.example/a"],
        ["https://kiyi.example/1?url=https://kiyi.example/x", "https://kiyi.example/2?url=https://kiyi.example/y"],
        ["https://kiyi.example/1?ref=https://friend.example/a"],
        ["https://kiyi.example/1", "https://kiyi.example/2?url=https://friend.example/a"],
        ["https://kiyi.example/1?url=https://friend.example/"],
    ],
)
def test_an_address_in_a_link_of_an_outlet_is_no_article_behind_it(links):
    entries, is_aggregator = aggregators.resolved([Entry(link) for link in links])

    assert [entry.url for entry in entries] == links
    assert not is_aggregator


def test_a_feed_that_names_other_publishers_for_links_on_its_own_site_is_an_aggregators():
    named = Entry(LINK, publisher="Kıyı Postası", publisher_url=OUTLET)

    assert aggregators.resolved([named, named, Entry("https://other.example/1")]) == (
        [named, named, Entry("https://other.example/1")],
        True,
    )


@pytest.mark.parametrize("publisher_url", ["https://kiyi.example/rss", "https://haber.kiyi.example", ""])
def test_a_feed_that_links_to_the_publishers_themselves_is_none(publisher_url):
    assert not aggregators.resolved([Entry("https://www.kiyi.example/1", publisher_url=publisher_url)])[1]


@pytest.mark.parametrize(
    ("page", "article"),
    [
        (
            '<link rel="canonical" href="https://kiyi.example/haber/1"><a href="https://kiyi.example/haber/2">',
            "/haber/1",
        ),
        (
            '<a href="https://kiyi.example/">Home</a><a href="https://kiyi.example/haber/1#top">Köprü çöktü</a>',
            "/haber/1",
        ),
        ('<div data-url="https://www.kiyi.example/haber/1"><img src="https://kiyi.example/i.jpg">', "www"),
        ('<meta http-equiv="refresh" content="0; url=https://kiyi.example/haber/1">', "/haber/1"),
        ('<a href="/out?to=https%3A%2F%2Fkiyi.example%2Fhaber%2F1">', "/haber/1"),
        ('<a href="https://kiyi.example/haber/1"><a href="https://kiyi.example/haber/2">', ""),
        ('<a href="https://liman.example/haber/1">', ""),
        ("", ""),
        ('<?xml version="1.0" encoding="UTF-8"?><html><a href="https://kiyi.example/haber/1">', "/haber/1"),
    ],
)
def test_the_page_of_an_aggregator_leads_to_the_one_article_of_the_publisher_that_it_names(page, article):
    found = aggregators.leads_to(page, LINK, OUTLET)

    prefix = "https://www.kiyi.example/haber/1" if article == "www" else f"{OUTLET}{article}" if article else ""
    assert found == prefix
