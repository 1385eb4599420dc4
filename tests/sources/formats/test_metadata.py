from datetime import UTC, datetime

import pytest
from lxml.html import document_fromstring

from sources.formats.metadata import told
from sources.formats.page_address import same_site
from sources.formats.publication_dates import Dated, dated, dated_in

URL = "https://www.outlet.example.com/2024/11/29/alep"


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2024", datetime(2024, 1, 1, tzinfo=UTC), "year"),
        ("2024-11", datetime(2024, 11, 1, tzinfo=UTC), "month"),
        ("2024-11-29", datetime(2024, 11, 29, tzinfo=UTC), "day"),
        ("2024-11-29T10:30", datetime(2024, 11, 29, tzinfo=UTC), "day"),
        ("2024-11-29T00:00:00+03:00", datetime(2024, 11, 29, tzinfo=UTC), "day"),
        ("2024-11-29T10:30:00+03:00", datetime(2024, 11, 29, 7, 30, tzinfo=UTC), "minute"),
        ("2024-11-29 10:30:00.123Z", datetime(2024, 11, 29, 10, 30, tzinfo=UTC), "minute"),
        ("Fri, 29 Nov 2024 10:30:00 +0300", datetime(2024, 11, 29, 7, 30, tzinfo=UTC), "minute"),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(text, value, precision):
    assert dated(text, "meta", 0.9) == Dated(value, precision, "meta", 0.9)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2024-13-45",
        "1970-01-01",
        "0000-00-00",
        "9" * 400,
        "9999-12-31T23:59:59-05:00",
    ],
)
def test_what_is_no_date_gives_none(text):
    assert dated(text, "meta", 0.9) is None


@pytest.mark.parametrize(
    ("path", "precision"),
    [
        ("/2024/11/29/alep", "day"),
        ("/2024-11-29/a", "day"),
        ("/2024/11/alep", "month"),
        ("/story-20241129", None),
        ("/fr/20241129-alep", "day"),
        ("/world/2024/nov/29/alep", "day"),
        ("/alep-2024-11-29/", "day"),
        ("/top-10-2024-11-29-more", None),
        ("/29-11-2024/alep", "day"),
    ],
)
def test_a_date_in_an_address_is_no_more_exact_than_it_says(path, precision):
    found = dated_in(f"https://a.example{path}")

    assert (found.precision if found else None) == precision


def test_json_ld_counts_before_meta_and_both_before_the_address():
    page = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
        {"@type": ["NewsArticle"], "headline": "Alep &amp; Idlib", "author": [{"name": "Ana"}, "Bo"],
        "publisher": {"name": "Pub"},
        "datePublished": "2024-11-29T10:00:00Z", "isAccessibleForFree": "False"}]}</script>
        <meta property="article:published_time" content="2024-11-28T10:00:00Z">"""

    found = told(document_fromstring(page), URL)

    assert (found.title, found.byline, found.site_name, found.free) == ("Alep & Idlib", "Ana, Bo", "Pub", False)
    assert found.published == Dated(datetime(2024, 11, 29, 10, tzinfo=UTC), "minute", "json-ld", 0.95)


def test_of_several_articles_the_one_with_the_address_of_the_page_is_the_one_on_it():
    page = """<script type="application/ld+json">[{"@type": "NewsArticle", "url": "/2024/11/30/", "headline": "Homs"},
        {"@type": "NewsArticle", "@id": "https://m.example.com/2024/11/29/alep/#it", "headline": "Alep"}]</script>"""

    assert told(document_fromstring(page), URL).title == "Alep"


@pytest.mark.parametrize(
    ("page", "method"),
    [
        ('<script type="application/ld+json">{broken</script><meta name=date content="2024-11-28">', "meta"),
        (f'<script type="application/ld+json">{"[" * 100_000}</script>', "url"),
        ('<time datetime="2024-11-27" pubdate></time><time datetime="2020-01-01"></time>', "time"),
        ("<p>nothing</p>", "url"),
    ],
)
def test_the_next_best_date_is_taken_when_a_better_one_is_missing(page, method):
    assert told(document_fromstring(page), URL).published.method == method


def test_a_date_after_the_visit_is_a_mistake_of_the_page():
    page = """<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2099-01-01T10:00:00Z",
        "dateModified": "2099-01-01"}</script><meta name=date content="2024-11-28">"""

    found = told(document_fromstring(page), URL, latest=datetime(2024, 11, 30, tzinfo=UTC))

    assert (found.published, found.modified) == (Dated(datetime(2024, 11, 28, tzinfo=UTC), "day", "meta", 0.9), None)


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("https://m.example.com/alep#top", "https://m.example.com/alep"),
        ("https://elsewhere.example.org/alep", ""),
        ("https://www.outlet.example.com/", ""),
        ("/relative", ""),
        ("javascript:alert(1)", ""),
        ("https://user@outlet.example.com/alep", ""),
        (r"https://evil.example.org\.example.com/alep", ""),
        ("https://[broken", ""),
    ],
)
def test_a_page_may_name_only_its_own_site_as_its_address(href, canonical):
    assert told(document_fromstring(f"""<link rel="canonical" href="{href}">"""), URL).canonical_url == canonical


@pytest.mark.parametrize(
    ("other", "same"),
    [("https://news.bbc.co.uk/x", True), ("https://itv.co.uk/", False), ("http://www.bbc.co.uk", True)],
)
def test_a_site_is_a_registrable_domain(other, same):
    assert same_site("https://www.bbc.co.uk/a", other) is same


def test_two_ports_of_this_machine_are_two_sites():
    assert not same_site("http://127.0.0.1:8101/a", "http://127.0.0.1:8102/a")
