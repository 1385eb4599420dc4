import pytest

from sources.formats.feed_links import discover

HEAD = """<html><head><base href="http://www.paper.example/">
<link rel="alternate" type="application/rss+xml" href="/rss.xml" title="News">
<link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" href="atom.xml">
<link rel="alternate" type="application/rss+xml" href="/comments/feed" title="Comments">
<link rel="alternate" type="application/rss+xml" href="/rss.xml">
<link rel="alternate" type="application/json" href="/wp-json/1"><link rel="alternate" hreflang="en" href="/en">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head>
<body><a href="/feed">x</a></body></html>"""

COMMENTARY = """<link rel="alternate" type="application/rss+xml" href="https://www.commentary.example/feed/">
<link rel="alternate" type="application/rss+xml" href="/commentisfree/rss" title="Comment is free">
<link rel="alternate" type="application/rss+xml" href="/?feed=comments-rss2">"""

LINKS = """<body><a href="/feed/">RSS</a> <a href="/rss">RSS</a> <a href="http://[bad">x</a>
<a href="/feedback">Feedback</a>
<a href="/news/atom.xml">Atom</a> <a href="/embarrassed">x</a></body>"""
FOUND = ["http://paper.example/feed/", "http://paper.example/rss", "http://paper.example/news/atom.xml"]


@pytest.mark.parametrize(
    ("html", "feeds"),
    [
        (HEAD, ["http://www.paper.example/rss.xml", "http://www.paper.example/atom.xml"]),
        (LINKS, FOUND),
        (LINKS.replace("<body>", '<base href="http://[bad"><body>'), FOUND),
        ("", []),
        ("<p>Bonjour</p>", []),
        (COMMENTARY, ["https://www.commentary.example/feed/", "http://paper.example/commentisfree/rss"]),
    ],
)
def test_a_home_page_names_its_feeds(html, feeds):
    assert discover(html, "http://paper.example/") == feeds
