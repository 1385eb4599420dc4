"""Each provider makes the request that it documents, and reads the answers and the faults that it documents."""

import gzip
import json
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from sources.formats.feed_entries import Entry
from sources.gathering.providers.brave import brave
from sources.gathering.providers.fact_checks import fact_checks
from sources.gathering.providers.gal import gal
from sources.gathering.providers.gdelt import gdelt
from sources.gathering.providers.media_cloud import media_cloud
from sources.gathering.providers.provider import Access, ProviderFault, ResultLink, Wanted
from sources.gathering.providers.searxng import searxng
from sources.gathering.providers.sites import sites
from sources.gathering.providers.wayback import wayback

WANTED = Wanted('(Arvel OR "جسر أرفيل") bridge', "fr", date(2026, 9, 1), date(2026, 9, 5))
ACCESS = Access("https://provider.example/api", "s3cret", "")


def asked(call):
    return {name: values[0] for name, values in parse_qs(urlsplit(call.url).query).items()}


def test_gdelt_is_asked_for_a_language_and_for_days():
    query = asked(gdelt.call(WANTED, ACCESS))

    assert query["query"] == '(Arvel OR "جسر أرفيل") bridge sourcelang:french'
    assert (query["startdatetime"], query["enddatetime"]) == ("20260901000000", "20260905235959")
    assert (query["mode"], query["format"], query["maxrecords"]) == ("artlist", "json", "250")


def test_gdelt_copies_illegal_characters_into_its_json_and_is_read_nevertheless():
    body = b'{"articles": [{"url": "https://a.example/1", "title": "A \\d \x01 caf\xe9", "language": "Turkish"}]}'

    [link] = gdelt.read(body).links

    assert (link.url, link.language) == ("https://a.example/1", "tr")
    assert "caf" in link.title


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"Your query was too short or too long.", "refused"),
        (b"Please limit requests to one every 5 seconds or contact us", "busy"),
        (b"<html><body>Service unavailable</body></html>", "broken"),
        (b'{"articles": "none"}', "broken"),
        (b"", "broken"),
    ],
)
def test_gdelt_reports_errors_with_a_code_of_success(body, outcome):
    with pytest.raises(ProviderFault) as fault:
        gdelt.read(body)

    assert fault.value.outcome == outcome


def test_an_empty_object_of_gdelt_is_an_answer():
    assert gdelt.read(b"{}").links == ()


def test_searxng_searches_its_news_page_by_page():
    query = asked(searxng.call(Wanted("x", "fr", page="2"), Access("http://127.0.0.1:8888/")))

    assert (query["format"], query["categories"], query["language"], query["pageno"]) == ("json", "news", "fr", "2")


def test_searxng_says_which_engines_were_silent():
    with pytest.raises(ProviderFault, match="bing"):
        searxng.read(json.dumps({"results": [], "unresponsive_engines": [["bing", "timeout"]]}).encode())


def test_the_key_of_a_provider_is_in_no_address():
    for provider in (fact_checks, brave, media_cloud):
        call = provider.call(WANTED, ACCESS)
        assert "s3cret" not in call.url
        assert any("s3cret" in value for value in call.headers.values())


def test_google_gives_one_claim_with_the_reviews_of_several_publishers():
    review = {"publisher": {"name": "AFP", "site": "factuel.afp.com"}, "textualRating": "Faux", "languageCode": "fr"}
    claim = {
        "text": "Le pont", "claimant": "X", "claimDate": "2026-09-01T00:00:00Z",
        "claimReview": [{**review, "url": "https://factuel.afp.com/1", "reviewDate": "2026-09-02T10:00:00Z"},
                        {**review, "url": "javascript:alert(1)"}, "no review"],
    }  # fmt: skip

    answer = fact_checks.read(json.dumps({"claims": [claim, 7], "nextPageToken": "next"}).encode())

    [check] = answer.checks
    assert (check.claim, check.rating, check.publisher, check.language) == ("Le pont", "Faux", "AFP", "fr")
    assert check.reviewed_at == datetime(2026, 9, 2, 10, tzinfo=UTC)
    assert answer.next_page == "next"


def test_brave_takes_at_most_fifty_words_and_a_span_of_days():
    query = asked(brave.call(Wanted("word " * 80, since=date(2026, 9, 1), until=date(2026, 9, 5)), ACCESS))

    assert len(query["q"].split()) == 50
    assert query["freshness"] == "2026-09-01to2026-09-05"


def test_media_cloud_is_asked_in_its_own_grammar():
    call = media_cloud.call(WANTED, Access("https://search.example/api", "s3cret", "34412234"))

    query = asked(call)
    assert query["q"] == '(Arvel OR "جسر أرفيل") AND (bridge) AND language:fr'
    assert (query["start"], query["end"], query["cs"]) == ("2026-09-01", "2026-09-05", "34412234")
    assert call.headers == {"Authorization": "Token s3cret"}


def test_media_cloud_gives_stories_and_a_token_for_more():
    row = {"url": "https://a.example/1", "title": "T", "language": "fr", "publish_date": "2026-09-02"}

    answer = media_cloud.read(json.dumps({"stories": [row], "pagination_token": "more"}).encode())

    assert answer.links == (ResultLink("https://a.example/1", "T", "fr", datetime(2026, 9, 2, tzinfo=UTC)),)


def test_the_copies_of_an_address_come_newest_first_and_without_the_frame_of_the_archive():
    rows = [
        ["timestamp", "original"],
        ["20260901000000", "https://a.example/"],
        ["20260902000000", "https://a.example/"],
    ]

    links = wayback.read(json.dumps([*rows, ["no time", "x"], ["20260903000000"]]).encode()).links

    assert [link.url for link in links] == [
        "https://web.archive.org/web/20260902000000id_/https://a.example/",
        "https://web.archive.org/web/20260901000000id_/https://a.example/",
    ]


@pytest.mark.parametrize("body", [b"", b"[]"])
def test_an_address_without_copies_is_an_answer(body):
    assert wayback.read(body).links == ()


@pytest.mark.parametrize("body", [b"<html>", b'{"error": 1}', b'[["a", "b"], ["1", "2"]]'])
def test_another_form_of_the_archive_is_a_fault(body):
    with pytest.raises(ProviderFault):
        wayback.read(body)


def article(**facts):
    return json.dumps({"date": "2026-09-02T10:00:00Z", "url": "https://a.example/1", **facts}, ensure_ascii=False)


def test_a_minute_of_the_stream_is_read_line_by_line_and_a_broken_line_is_left_out():
    body = gzip.compress(f"{article(title='Arvel bridge', lang='en')}\n{{broken\n{article(url='')}\n".encode())

    [link] = gal.read(body).links

    assert (link.title, link.language, link.published) == ("Arvel bridge", "en", datetime(2026, 9, 2, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    "body", [gzip.compress(b"x" * 99, mtime=0)[:20], b"<html>no</html>", gzip.compress(b"\0" * 60_000_000, mtime=0)]
)
def test_a_damaged_minute_of_the_stream_is_a_fault(body):
    with pytest.raises(ProviderFault):
        gal.read(body)


@pytest.mark.parametrize(
    ("text", "language", "bears"),
    [
        ("The bridge at Arvel", "en", True),
        ("The bridge at Arvel", "tr", False),
        ("A bridge elsewhere", "en", False),
        ("Le pont : جسر أرفيل – bridge", "", True),
    ],
)
def test_an_article_of_the_stream_bears_on_a_search_by_two_of_its_words(text, language, bears):
    link = ResultLink("https://a.example/1", language=language, text=text)

    assert gal.bears_on(link, '(Arvel OR "جسر أرفيل") bridge closed', "en") is bears


def test_a_site_is_asked_at_the_place_for_words():
    call = sites.call(Wanted("(Arvel OR Arfel) pont fermé"), Access("https://a.example/?s={words}&feed=rss2"))

    assert unquote(call.url) == "https://a.example/?s=Arvel pont fermé&feed=rss2"


def test_of_a_sitemap_only_pages_with_the_words_in_title_or_address_are_taken():
    entries = [Entry("https://a.example/arvel-bridge-closed"), Entry("https://a.example/2", title="Cooking")]

    assert len(sites.of_entries(entries, "Arvel bridge", all_of_site=True).links) == 1
    assert len(sites.of_entries(entries, "Arvel bridge", all_of_site=False).links) == 2
