import gzip
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.formats import feeds, sitemaps
from sources.formats.feed_entries import MOST_ENTRIES, Entry, NotAFeed, Parsed
from sources.formats.feeds import parse
from tests.effort import at_most
from tests.places import SHARED

BASE = "http://paper.example/feeds/all.xml"
DATA = SHARED / "data"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Le &amp; Journal</title><language>fr-FR</language>
<item><title>Sept &lt;b&gt;villages&lt;/b&gt; &amp;amp; deux routes</title><link> /monde/1 </link>
  <pubDate>Fri, 29 Nov 2024 10:00:00 +0300</pubDate><description>&lt;p&gt;Le   matin.&lt;/p&gt;</description></item>
<item><title>Encore</title><link>http://paper.example/monde/1</link></item>
<item><title>Sans adresse</title></item>
<item><title>Piège</title><link>javascript:alert(1)</link></item>
<item><title>Sans date</title><link>http://paper.example/monde/2</link><pubDate>bientôt</pubDate></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="tr"><title>Ufuk</title>
<entry><title>Kasaba boşaltıldı</title><link rel="alternate" href="/dunya/1"/>
  <updated>2024-11-29T07:00:00Z</updated></entry>
</feed>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "صدى",
    "language": "ar",
    "items": [
        {
            "id": "1",
            "url": "/1",
            "title": "خبر",
            "date_published": "2024-11-29T10:00:00+03:00",
            "content_html": "<p>نص</p>",
        },
        {"id": "2", "external_url": "http://other.example/2", "language": "en"},
        "nonsense",
    ],
}

NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>http://paper.example/1</loc><lastmod>2024-11-30</lastmod><news:news>
  <news:publication><news:name>Paper</news:name><news:language>fr</news:language></news:publication>
  <news:publication_date>2024-11-29T10:00:00+03:00</news:publication_date><news:title>Titre</news:title></news:news></url>
</urlset>"""

SITEMAP = """<urlset><url><loc> http://paper.example/a b </loc><lastmod>2024-11-30</lastmod></url>
<url><loc/></url></urlset>"""

INDEX = """<s:sitemapindex xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:sitemap><s:loc>/news.xml</s:loc>
</s:sitemap><s:sitemap><s:loc>/old.xml</s:loc><s:lastmod>2024-11-30</s:lastmod></s:sitemap></s:sitemapindex>"""

MORNING = datetime(2024, 11, 29, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "content_type", "parsed"),
    [
        (
            RSS,
            "application/rss+xml",
            Parsed(
                "rss",
                "Le & Journal",
                "fr",
                [
                    Entry("http://paper.example/monde/1", "Sept villages & deux routes", MORNING, "fr", "Le matin."),
                    Entry("http://paper.example/monde/2", "Sans date", None, "fr"),
                ],
            ),
        ),
        (
            ATOM,
            "text/xml",
            Parsed("atom", "Ufuk", "tr", [Entry("http://paper.example/dunya/1", "Kasaba boşaltıldı", MORNING, "tr")]),
        ),
        (
            json.dumps(JSON_FEED),
            "application/feed+json",
            Parsed(
                "json",
                "صدى",
                "ar",
                [
                    Entry("http://paper.example/1", "خبر", MORNING, "ar", "نص"),
                    Entry("http://other.example/2", language="en"),
                ],
            ),
        ),
        (
            NEWS,
            "application/xml",
            Parsed("news_sitemap", entries=[Entry("http://paper.example/1", "Titre", MORNING, "fr")]),
        ),
        (SITEMAP, "", Parsed("sitemap", entries=[Entry("http://paper.example/a%20b")])),
        (
            INDEX,
            "",
            Parsed("sitemap_index", children=["http://paper.example/news.xml", "http://paper.example/old.xml"]),
        ),
        ("<urlset></urlset>", "", Parsed("sitemap")),
    ],
)
def test_a_feed_says_what_was_published_and_when(text, content_type, parsed):
    assert parse(text.encode(), content_type, BASE) == parsed


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1252", "x-nonsense\0"])
def test_a_feed_is_read_in_its_encoding_or_the_one_that_was_served(charset):
    encoding = charset if "\0" not in charset else "utf-8"
    body = RSS.replace(' encoding="utf-8"', f' encoding="{encoding}"').encode(encoding)

    parsed = parse(body, f"application/rss+xml; charset={charset}", BASE)

    assert [entry.title for entry in parsed.entries] == ["Sept villages & deux routes", "Sans date"]
    assert parsed.title == "Le & Journal"


LAUGHS = '<!DOCTYPE urlset [<!ENTITY a "http://paper.example/"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "", "empty"),
        (b" \n ", "", "empty"),
        (b"<!DOCTYPE html><html><body><p>Bonjour</p></body></html>", "text/html", "page"),
        (b"Bonjour", "text/plain", "unknown"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png", "unknown"),
        (b"{}", "application/json", "unknown"),
        (b"[" * 100_000, "application/json", "broken"),
        (b"{", "application/json", "broken"),
        ((LAUGHS + "<urlset><url><loc>&b;</loc></url></urlset>").encode(), "", "doctype"),
        (("<!-- <urlset> -->" + LAUGHS + "<urlset><url><loc>&b;</loc></url></urlset>").encode(), "", "doctype"),
        (b"<rss version='2.0'>" + b" " * 5_000_001, "", "too_large"),
    ],
)
def test_what_is_no_feed_says_so_to_a_person(body, content_type, reason):
    with pytest.raises(NotAFeed) as refused:
        parse(body, content_type, BASE)

    assert refused.value.reason == reason
    assert str(refused.value).endswith(".")


def test_the_name_of_a_file_is_not_opened(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(RSS)

    with pytest.raises(NotAFeed):
        parse(str(path).encode(), "", BASE)


@pytest.mark.parametrize(
    "text",
    [
        "<rss version='2.0'><channel>{}</channel></rss>".format(
            "".join(f"<item><link>http://paper.example/{number}</link></item>" for number in range(1_500))
        ),
        "<urlset>{}</urlset>".format(
            "".join(f"<url><loc>http://paper.example/{number}</loc></url>" for number in range(1_500))
        ),
    ],
)
def test_no_more_than_a_thousand_entries_are_read(text):
    parsed = parse(text.encode(), "", BASE)

    assert (len(parsed.entries), parsed.entries[-1].url) == (MOST_ENTRIES, "http://paper.example/999")
    assert parsed.is_capped


@pytest.mark.parametrize(("number", "is_capped"), [(999, False), (1_000, False), (1_001, True)])
@pytest.mark.parametrize("root", [("<rss version='2.0'><channel>", "</channel></rss>"), ("<urlset>", "</urlset>")])
def test_a_feed_says_whether_there_are_more(root, number, is_capped):
    item = "<item><link>{0}</link></item>" if "rss" in root[0] else "<url><loc>{0}</loc></url>"
    items = "".join(item.format(f"http://paper.example/{index}") for index in range(number))

    assert parse("".join([root[0], items, root[1]]).encode(), "", BASE).is_capped is is_capped


RDF = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel/>"


@pytest.mark.parametrize(
    ("head", "item", "tail"),
    [
        (
            "<rss version='2.0'><channel><title>News</title>",
            "<item><link>{0}</link><x>{1}</x></item>",
            "</channel></rss>",
        ),
        ("<feed><title>News</title>", "<entry><link href='{0}'/><x>{1}</x></entry>", "</feed>"),
        (
            RDF,
            "<item><link>{0}</link><x>{1}</x></item>",
            "</rdf:RDF>",
        ),
    ],
)
@pytest.mark.parametrize(("size", "number"), [(10, MOST_ENTRIES), (20_000, 200)])
def test_a_feed_that_was_cut_off_is_read_as_if_it_ended_there(head, item, tail, size, number):
    items = (item.format(f"http://paper.example/{index}", "x" * size) for index in range(2_000))
    whole = "".join([head, *items, tail]).encode()

    parsed = parse(whole[: feeds.MOST_FEED_BYTES + 1 if size > 10 else 120_000], "", BASE)

    assert len(parsed.entries) in range(number, number + 60)
    assert (parsed.entries[-1].url, parsed.is_capped) == (f"http://paper.example/{len(parsed.entries) - 1}", True)


@pytest.mark.parametrize(
    ("number", "dated", "first"), [(50_000, "<lastmod>2024-01-01T00:{0:05}Z</lastmod>", 49_999), (3_000, "", 0)]
)
def test_of_a_long_sitemap_those_are_read_that_changed_last(number, dated, first):
    rows = (f"<url><loc>http://paper.example/{n}</loc>{dated.format(n)}</url>" for n in range(number))

    parsed = parse(f"<urlset>{''.join(rows)}</urlset>".encode(), "", BASE)

    assert (len(parsed.entries), parsed.entries[0].url) == (MOST_ENTRIES, f"http://paper.example/{first}")


@pytest.mark.parametrize("piece", ["<!--", "<![CDATA[", "<", "&", '<a b="'])
def test_broken_markup_is_given_up_quickly(piece):
    with at_most(20):  # backtracking would take minutes
        parse(f"<rss version='2.0'><channel>{piece * 30_000}".encode(), "", BASE)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2024-11-29", datetime(2024, 11, 29, tzinfo=UTC)),
        ("2024-11-29T10:00+0300", MORNING),
        ("2024-11-29T07:00:00.123Z", MORNING),
        ("2024-11-29T07:00:00", datetime(2024, 11, 29, tzinfo=UTC)),  # of an unknown zone
        ("2024-13-29", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("1970-01-01T00:00:00Z", None),
        ("demain", None),
    ],
)
def test_dates_of_every_precision_are_understood_or_left_out(date, published):
    text = NEWS.replace("2024-11-29T10:00:00+03:00", date)

    assert parse(text.encode(), "", BASE).entries[0].published == published


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Fri, 29 Nov 2024 10:00:00 +0300", MORNING),
        ("29 Nov 2024 07:00 GMT", MORNING),
        ("29 novembre 2024 07:00 GMT", MORNING),
        ("Fri Nov 29 07:00:00 2024", datetime(2024, 11, 29, tzinfo=UTC)),
        ("Fri, 2024/11/29 02:00:00 EST", MORNING),
        ("Παρ, 29 Νοε 2024 07:00:00 GMT", MORNING),
        ("2024-11-29 07:00:00", datetime(2024, 11, 29, tzinfo=UTC)),
        ("20241129", datetime(2024, 11, 29, tzinfo=UTC)),
        ("1732874400", None),
        ("1732874400000", None),
        ("99999-01-01", None),
        ("2024-11", datetime(2024, 11, 1, tzinfo=UTC)),
        ("2024/11/29", datetime(2024, 11, 29, tzinfo=UTC)),
        ("12-11-2024", datetime(2024, 11, 12, tzinfo=UTC)),
        ("12:30 29.11", None),
        ("2024년 11월 29일 07:00:00", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
    ],
)
def test_a_date_is_taken_from_words_that_are_those_of_one(date, published):
    text = RSS.replace("bientôt", date)

    assert parse(text.encode(), "", BASE).entries[1].published == published


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not there")
def test_no_feed_of_the_collections_is_too_much():
    refused = 0
    with tarfile.open(DATA / "feeds.tar.gz") as archive:
        bodies = [archive.extractfile(member).read() for member in archive if member.isfile()]

    for body in bodies:
        try:
            parse(body, "application/xml", BASE)
        except NotAFeed:
            refused += 1

    assert len(bodies) > 1_000
    assert refused < 40


@pytest.mark.parametrize("header", ["application/x-gzip", "text/xml", ""])
def test_a_gzipped_sitemap_is_read_whatever_its_headers_say(header):
    assert parse(gzip.compress(NEWS.encode()), header, BASE).kind == "news_sitemap"


@pytest.mark.parametrize(
    ("body", "reason"), [(gzip.compress(bytes(60_000_000), mtime=0), "too_large"), (b"\x1f\x8b??", "broken")]
)
def test_a_gzipped_bomb_is_no_feed(body, reason):
    with pytest.raises(NotAFeed) as refused:
        parse(body, "", BASE)

    assert refused.value.reason == reason


def test_a_sitemap_may_be_a_list_of_addresses():
    body = b"\xef\xbb\xbfhttp://paper.example/1\r\nhttps://paper.example/2?x=1\n\nnonsense\nhttp://paper.example/1\n"

    assert [entry.url for entry in parse(body, "text/plain", BASE).entries] == [
        "http://paper.example/1",
        "https://paper.example/2?x=1",
    ]


def test_of_a_list_of_addresses_broken_ones_are_left_out():
    body = b"http://paper.example/1\nhttp://[::1\nHTTP://paper.example/2"

    assert [entry.url for entry in parse(body, "", BASE).entries] == [
        "http://paper.example/1",
        "http://paper.example/2",
    ]


@pytest.mark.parametrize(
    "row",
    [
        "<i:image xmlns:i='i'><i:loc>http://paper.example/picture</i:loc></i:image><loc>http://paper.example/?a=1&amp;b=2</loc>",
        "<loc><!-- page -->http://paper.example/?a=1&b=2</loc>",
        "<loc><![CDATA[http://paper.example/?a=1&b=2]]></loc>",
        "<xhtml:link href='/en'/><loc>http://paper.example/?a=1&#38;b=2</loc><news:news><news:name>N</news:name></news:news>",
    ],
)
def test_the_address_of_a_page_is_its_own_as_it_was_meant(row):
    found = parse(f"<urlset><url>{row}</url></urlset>".encode(), "", BASE)

    assert [entry.url for entry in found.entries] == ["http://paper.example/?a=1&b=2"]


@pytest.mark.parametrize(
    ("named", "newest_first"),
    [
        ([("b", "2024-11-10"), ("c", "2024-11-30"), ("a", "2024-11-20")], "c a b"),
        ([("a", ""), ("b", "2024-11-30")], "a b"),
        ([("posts-2", ""), ("posts-9", ""), ("posts-10", ""), ("tags", "")], "posts-10 posts-9 posts-2 tags"),
        ([("2024-2", "2024-11-30"), ("2023-11", "2024-11-30"), ("2024-11", "2024-11-30")], "2024-11 2024-2 2023-11"),
        ([("january", ""), ("february", ""), ("march", "")], "march february january"),
    ],
)
def test_of_an_index_the_newest_sitemaps_come_first(named, newest_first):
    rows = "".join(f"<sitemap><loc>/{name}</loc><lastmod>{day}</lastmod></sitemap>" for name, day in named)

    children = parse(f"<sitemapindex>{rows}</sitemapindex>".encode(), "", BASE).children

    assert children == [f"http://paper.example/{name}" for name in newest_first.split()]


@pytest.mark.parametrize(
    "body",
    [
        f"<?xml version='1.0' encoding='utf-16'?>{SITEMAP}".encode("utf-16"),
        "http://paper.example/a%20b".encode("utf-16"),
        f"<?xml version='1.0'?>\n<!-- {'x' * 5_000} --><?xml-stylesheet href='a'?>{SITEMAP}".encode(),
    ],
    ids=["utf-16", "list in utf-16", "comment"],
)
def test_a_sitemap_is_one_in_two_bytes_a_character_and_behind_a_long_comment_too(body):
    assert parse(body, "", BASE) == Parsed("sitemap", entries=[Entry("http://paper.example/a%20b")])


def test_what_is_in_a_sitemap_besides_addresses_takes_no_memory():
    body = b"<urlset><url><loc>/1</loc></url>" + b"<x/>" * 60_000 + b"<url><loc>/2</loc></url></urlset>"
    largest = 0

    for _event, element in sitemaps._events(body):
        largest = max(largest, len(element))

    assert largest < 20_000  # the parser takes the file in pieces of 32 KB, which hold eight thousand
    assert [entry.url[-1] for entry in parse(body, "", BASE).entries] == ["1", "2"]


def test_a_sitemap_is_read_no_further_than_any_honest_one_goes(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_EVENTS", 1_000)
    body = b"<urlset><url><loc>/1</loc></url><y>" + b"<x/>" * 1_000 + b"</y><url><loc>/2</loc></url></urlset>"

    assert [entry.url for entry in parse(body, "", BASE).entries] == ["http://paper.example/1"]


def test_scripts_in_a_summary_are_no_part_of_its_text():
    text = "&lt;p&gt;Le matin.&lt;script&gt;x()&lt;/script&gt;&lt;/p&gt;"
    item = f"<item><link>/1</link><description>{text}</description></item>"

    entry = parse(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "", BASE).entries[0]

    assert entry.summary == "Le matin."


@pytest.mark.parametrize(
    "body",
    [
        "<rss version='2.0'><channel>" + "<item><link>/1</link><title>T</title></item>" * 40_000 + "</channel></rss>",
        "<rss version='2.0'><channel>&bogus;<item><link>/1</link><description>"
        + "<p>a <a href='x'>b</a></p>" * 100_000,
    ],
)
def test_a_large_feed_does_not_hold_up_the_others(body):
    with at_most(15):
        parse(body.encode(), "", BASE)


def feed_file(name):
    return (Path(__file__).parent / "feed_files" / name).read_bytes()


def test_a_letter_that_was_cut_costs_one_mark_of_loss_and_not_the_feed():
    found = feeds.read(feed_file("F01-cut-letter.xml"), "application/xml", BASE)

    assert found.title == "Kıyı Postası"
    assert found.entries[0].title == "İğdeli Köprüsü’nde çökme: beş kişi yaralandı"
    assert sum(entry.summary.count("\ufffd") for entry in found.entries) == 1


@pytest.mark.parametrize(
    "served", ["text/xml; charset=iso-8859-1", "application/rss+xml; charset=utf-8", "text/html", "text/xml", ""]
)
def test_the_declaration_of_a_feed_is_believed_where_its_header_is_wrong(served):
    assert feeds.read(feed_file("F15-windows-1256.xml"), served, BASE).title == "صحيفة المرفأ"


def test_the_outlet_that_an_aggregator_names_is_kept():
    found = parse(feed_file("F10-aggregator.xml"), "application/xml", "https://news.google.com/rss")

    assert found.is_aggregator
    assert (found.entries[0].publisher, found.entries[0].publisher_url) == ("Kıyı Postası", "https://kiyi.example")


def test_items_of_sound_or_video_alone_are_counted_as_left_out():
    items = (
        "<item><title>a</title><enclosure url='https://a.example/1.mp3' type='audio/mpeg' length='1'/></item>"
        "<item><title>b</title><link>https://a.example/2.mp3</link></item>"
        "<item><title>c</title><link>https://a.example/3</link>"
        "<enclosure url='https://a.example/3.mp3' type='audio/mpeg' length='1'/></item>"
    )
    body = f"<rss version='2.0'><channel><title>P</title>{items}</channel></rss>"

    found = parse(body.encode(), "application/rss+xml", BASE)

    assert ([entry.url for entry in found.entries], found.without_page) == (["https://a.example/3"], 2)


def test_a_json_feed_with_a_cut_letter_and_a_control_character_is_read():
    body = (
        json.dumps(JSON_FEED, ensure_ascii=False).encode().replace("ص".encode(), b"\xd8", 1).replace(b"<p>", b"<p>\x01")
    )

    assert parse(body, "application/feed+json", BASE).title == "\ufffdدى"


def test_a_feed_that_is_utf_8_is_read_as_such_whatever_it_declares():
    body = RSS.replace("utf-8", "iso-8859-9").replace("Le &amp; Journal", "Şırnak’tan haberler")

    assert parse(body.encode(), "text/xml; charset=iso-8859-9", BASE).title == "Şırnak’tan haberler"
