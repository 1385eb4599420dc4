import gzip
import json
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from sources.capturing import fetching
from sources.formats import sandbox
from sources.gathering import polling
from sources.models import Document, Feed
from sources.models.feed import FIRST_INTERVAL
from sources.models.vocabulary import Outcome
from sources.web import door
from tests import make
from tests.racing import a_moment_earlier
from tests.refusing import refused
from tests.sources.conftest import PAGE, Site
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

ITEM = "<item><title>{title}</title><link>{link}</link></item>"


def rss(*links):
    items = "".join(ITEM.format(title=f"Article {n}", link=link) for n, link in enumerate(links))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Le Pont</title>{items}</channel></rss>'


def poll(feed):
    feed.ask()
    drain(Feed.objects.filter(pk=feed.pk), polling.poll)
    feed.refresh_from_db()


def test_every_new_address_of_a_feed_becomes_a_document_of_its_source_once(site):
    url = site.says(
        "/flux", rss(site.url + "/a", site.url + "/b", site.url + "/a#top"), Content_Type="application/rss+xml"
    )
    feed = polling.add_feed(make.source("Le Pont"), url, by=make.reporter())

    poll(feed)
    poll(feed)

    assert sorted(Document.objects.values_list("url", flat=True)) == [site.url + "/a", site.url + "/b"]
    assert {document.source for document in Document.objects.all()} == {feed.source}
    assert (feed.title, feed.last_outcome, feed.trouble) == ("Le Pont", Outcome.OK, "")


def test_a_page_is_of_whoever_publishes_at_its_host_and_else_of_the_source_of_the_feed(site):
    other = make.source_domain(host="other.example").source
    link = "https://www.other.example/a"
    url = site.says("/flux", rss(link, "https://nobody.example/b"), Content_Type="text/xml")
    feed = polling.add_feed(make.source(), url, by=make.reporter())

    poll(feed)

    assert Document.objects.get(url=link).source == other
    assert Document.objects.exclude(url=link).get().source == feed.source


@pytest.mark.parametrize(("tag", "language"), [("fil-PH", "fil"), ("fr-FR", "fr"), ("kab", "kab"), ("zh-Hant", "zh")])
def test_the_language_of_a_page_is_that_of_its_feed(site, tag, language):
    body = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{tag}"><entry><link href="/a"/></entry></feed>'
    url = site.says("/flux", body, Content_Type="application/atom+xml")
    feed = polling.add_feed(make.source(), url, by=make.reporter())

    poll(feed)

    assert Document.objects.get().language == language


def test_private_addresses_in_a_feed_are_left_out(site):
    url = site.says(
        "/flux", rss("http://10.0.0.1/admin", "http://127.0.0.1:1/", site.url + "/a"), Content_Type="text/xml"
    )
    feed = polling.add_feed(make.source(), url, by=make.reporter())

    poll(feed)

    assert [document.url for document in Document.objects.all()] == [site.url + "/a"]


def test_a_feed_that_is_no_feed_is_in_trouble_with_a_reason(site):
    feed = polling.add_feed(make.source(), site.says("/page", PAGE), by=make.reporter())

    poll(feed)

    assert (feed.last_outcome, feed.tries) == (Outcome.NOT_TEXT, 1)
    assert len(feed.trouble) > 20
    assert feed.due_at is not None


def test_a_feed_over_which_the_reader_gave_up_is_in_trouble_with_a_reason(site, monkeypatch):
    hostile = f"<rss><channel><item><author>{'a.' * 1_000_000}</author></item></channel></rss>"
    feed = polling.add_feed(make.source(), site.says("/flux", hostile), by=make.reporter())
    monkeypatch.setattr(sandbox, "LIMIT", 1.0)

    poll(feed)

    assert (feed.last_outcome, feed.tries) == (Outcome.UNPARSABLE, 1)
    assert len(feed.trouble) > 20


def test_an_unchanged_feed_is_asked_conditionally(site):
    url = site.says("/flux", rss(site.url + "/a"), Content_Type="text/xml", ETag='"7"')
    feed = polling.add_feed(make.source(), url, by=make.reporter())

    poll(feed)
    poll(feed)

    assert feed.last_outcome == Outcome.NOT_MODIFIED
    assert site.asked[-1][1]["If-None-Match"] == '"7"'


def test_a_feed_that_moved_is_asked_conditionally_where_it_is(site):
    site.says("/nouveau", rss(site.url + "/a"), Content_Type="text/xml", ETag='"7"')
    feed = polling.add_feed(make.source(), site.says("/flux", "", 301, Location="/nouveau"), by=make.reporter())

    poll(feed)
    poll(feed)

    assert feed.last_outcome == Outcome.NOT_MODIFIED
    asked = [(path, headers.get("If-None-Match")) for path, headers in site.asked[-2:]]
    assert asked == [("/flux", None), ("/nouveau", '"7"')]


def test_a_feed_that_is_not_modified_though_nobody_asked_is_in_trouble(site):
    feed = polling.add_feed(make.source(), site.says("/flux", "", 304), by=make.reporter())

    poll(feed)

    assert (feed.last_outcome, feed.is_silent) == (Outcome.HTTP_ERROR, False)
    assert "not modified" in feed.trouble


@pytest.mark.parametrize("url", ["http://192.168.1.1/feed", "file:///etc/passwd", "no address", ""])
def test_a_feed_at_an_address_we_do_not_open_is_not_added(url):
    with refused("refused_address", "url"):
        polling.add_feed(make.source(), url, by=make.reporter())


def test_a_feed_is_added_once():
    feed = polling.add_feed(make.source("Le Pont"), "https://example.org/feed", by=make.reporter())

    with refused("known", "url") as refusal:
        polling.add_feed(make.source(), feed.url, by=make.reporter())

    assert "Le Pont" in str(refusal.value)


@pytest.mark.parametrize(
    ("interval", "new", "expected"),
    [(60, 3, 30), (60, 0, 90), (1, 9, 1), (360, 0, 360)],
)
def test_the_interval_follows_how_much_is_new(interval, new, expected):
    assert polling.next_interval(timedelta(minutes=interval), new) == timedelta(minutes=expected)


@pytest.mark.parametrize(
    ("interval", "waited", "expected"), [(5, 0, 5), (5, 5, 7.5), (5, 50, 60), (90, 5, 60), (5, -9, 5)]
)
def test_a_feed_that_cannot_be_had_is_waited_for_ever_longer_up_to_an_hour(interval, waited, expected):
    found = polling.after_failure(timedelta(minutes=interval), timedelta(minutes=waited))

    assert found == timedelta(minutes=expected)


def test_a_feed_keeps_its_rhythm_through_an_outage(site):
    before = timezone.now() - timedelta(minutes=20)
    feed = make.feed(url=site.says("/flux", status=500), interval=timedelta(minutes=5), polled_at=before)

    poll(feed)

    assert (feed.interval, feed.last_outcome) == (timedelta(minutes=5), Outcome.HTTP_ERROR)
    assert feed.due_at - feed.polled_at >= timedelta(minutes=30)


@pytest.mark.parametrize(("status", "is_stuck"), [(500, False), (429, False), (410, True)])
def test_only_a_fault_that_does_not_pass_by_itself_ends_the_polling_of_a_feed(site, status, is_stuck):
    feed = polling.add_feed(make.source(), site.says("/flux", status=status), by=make.reporter())

    for _each in range(MOST_TRIES):
        Feed.objects.filter(pk=feed.pk).update(due_at=timezone.now())
        door.memory().delete(f"host:{site.url.removeprefix('http://')}")  # a host that is overrun is left alone
        drain(Feed.objects.filter(pk=feed.pk), polling.poll)

    feed.refresh_from_db()
    assert (feed.is_stuck, feed.interval) == (is_stuck, FIRST_INTERVAL)
    assert str(status) in feed.trouble


@pytest.mark.django_db(transaction=True)
def test_a_feed_that_two_add_at_the_same_moment_is_added_once():
    ana, source, url = make.reporter(), make.source(), "https://courier.example/rss"

    with a_moment_earlier(lambda: make.feed(source, url)), refused("just_added", "url"):
        polling.add_feed(source, url, by=ana)

    assert Feed.objects.count() == 1


def sitemap(*links):
    return "<urlset>" + "".join(f"<url><loc>{link}</loc></url>" for link in links) + "</urlset>"


def index(*named):
    rows = "".join(f"<sitemap><loc>{url}</loc><lastmod>2024-11-{day}</lastmod></sitemap>" for url, day in named)
    return f"<sitemapindex>{rows}</sitemapindex>"


def poll_children(feed):
    for child in feed.children.filter(polled_at=None):
        poll(child)
        poll_children(child)


def test_of_an_index_the_newest_sitemaps_become_feeds_and_none_twice(site):
    days = range(10, 20)
    named = [(site.says(f"/{day}.xml", sitemap(f"{site.url}/story-{day}")), day) for day in days]
    url = site.says("/index.xml", index(*named, (f"{site.url}/index.xml", 30), ("http://other.example/a.xml", 29)))
    feed = polling.add_feed(make.source(), url, by=make.reporter())

    poll(feed)
    poll_children(feed)

    newest = {f"{site.url}/{day}.xml" for day in range(16, 20)}
    assert set(feed.children.values_list("url", flat=True)) == newest
    assert {document.url[-2:] for document in Document.objects.all()} == {"16", "17", "18", "19"}
    assert (feed.kind, feed.is_silent, Feed.objects.count()) == ("sitemap_index", False, 5)


def test_an_index_in_an_index_is_followed_three_deep(site):
    for depth in range(1, 6):
        site.says(f"/{depth}.xml", index((f"{site.url}/{depth + 1}.xml", 10)))
    feed = polling.add_feed(make.source(), f"{site.url}/1.xml", by=make.reporter())

    poll(feed)
    poll_children(feed)

    assert sorted(Feed.objects.values_list("url", flat=True)) == [f"{site.url}/{depth}.xml" for depth in (1, 2, 3)]


def test_a_sitemap_that_is_no_longer_among_the_newest_is_left_alone_until_it_is_again():
    feed = make.feed(url="https://a.example/index.xml")
    polling.follow_children(feed, [f"https://a.example/{number}.xml" for number in range(5)])
    first = feed.children.get(url="https://a.example/0.xml")

    polling.follow_children(feed, [f"https://a.example/{number}.xml" for number in range(1, 7)])
    first.refresh_from_db()
    was_followed = first.is_followed
    polling.follow_children(feed, [first.url])

    assert not was_followed
    assert list(feed.children.filter(is_followed=True)) == [first]


def test_a_feed_that_is_not_followed_is_not_polled(site):
    feed = make.feed(url=f"{site.url}/flux", is_followed=False)

    poll(feed)

    assert (feed.due_at, site.asked) == (None, [])


def test_a_server_that_says_not_modified_for_ever_is_found_out(site):
    url = site.says("/flux", rss(f"{site.url}/a"), Content_Type="text/xml", ETag='"7"')
    feed = polling.add_feed(make.source(), url, by=make.reporter())
    poll(feed)
    site.says("/flux", rss(f"{site.url}/a", f"{site.url}/b"), Content_Type="text/xml", ETag='"7"')
    poll(feed)
    said = feed.last_outcome

    Feed.objects.update(read_at=timezone.now() - timedelta(days=2))
    feed.refresh_from_db()
    poll(feed)

    assert (said, feed.last_outcome, feed.is_conditional) == (Outcome.NOT_MODIFIED, Outcome.OK, False)
    assert Document.objects.count() == 2


def long(kind, url, number):
    """Return a feed of so many articles, oldest first where it is a sitemap, and its content type."""
    links = [f"{url}/{index}" for index in range(number)]
    if kind == "json":
        items = [{"url": link, "title": "An article about the bridge"} for link in links]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}), "application/feed+json"
    if kind == "sitemap":
        rows = [f"<url><loc>{link}</loc><lastmod>{n:08}</lastmod></url>" for n, link in enumerate(links)]
        return f"<urlset>{''.join(rows)}</urlset>", "application/xml"
    return rss(*links), "application/rss+xml"


@pytest.mark.parametrize("coding", ["", "gzip"])
@pytest.mark.parametrize(
    ("kind", "number", "first"), [("rss", 100_000, 0), ("sitemap", 40_000, 39_999), ("sitemap", 100_000, 49_999)]
)
def test_of_a_feed_of_a_hundred_thousand_a_part_is_read_and_others_are_served(site, kind, number, first, coding):
    body, content_type = long(kind, site.url, number)
    packed = {"Content_Encoding": "gzip"} if coding else {}
    body = gzip.compress(body.encode(), 6, mtime=0) if coding else body
    flood = polling.add_feed(
        make.source(), site.says("/flood", body, Content_Type=content_type, **packed), by=make.reporter()
    )
    other = polling.add_feed(
        make.source(), site.says("/flux", rss(f"{site.url}/news"), Content_Type="text/xml"), by=make.reporter()
    )

    drain(Feed.objects.all(), polling.poll, budget=timedelta(seconds=60))

    flood.refresh_from_db()
    named = Document.objects.filter(feed=flood)
    assert (flood.trouble, flood.is_capped, named.count()) == ("", True, polling.MOST_READ)
    assert named.filter(url=f"{site.url}/{first}").exists()
    assert Document.objects.get(feed=other).url == f"{site.url}/news"


def test_a_json_feed_that_is_too_large_says_so(site):
    body, content_type = long("json", site.url, 100_000)
    feed = polling.add_feed(make.source(), site.says("/flood", body, Content_Type=content_type), by=make.reporter())

    poll(feed)

    assert feed.trouble == "This feed is too large for us to read."


def test_a_thousand_articles_that_wait_for_one_host_hold_up_no_other(site, settings, monkeypatch):
    monkeypatch.setattr(door, "SHORT_WAIT", 0.25)
    other = Site()
    threading.Thread(target=other.serve_forever, args=(0.02,), daemon=True).start()
    ports = {"site": site.server_port, "other": other.server_port}
    settings.PRESS_FILE.write_text(json.dumps({"outlets": ports}))
    feed = make.feed(url=site.says("/flood", rss(*(f"{site.url}/{n}" for n in range(1_000))), Content_Type="text/xml"))
    poll(feed)
    make.host_policy(host=f"127.0.0.1:{site.server_port}", delay=timedelta(seconds=30))
    page = fetching.ask(other.says("/news"), by=make.reporter())

    drain(fetching.due(), fetching.fetch)

    page.refresh_from_db()
    waiting = Document.objects.filter(feed=feed).exclude(due_at=None).count()
    assert (page.last_outcome, waiting) == (Outcome.OK, 1_000)
    other.shutdown()
    other.server_close()


def aggregated(link, publisher="Kıyı Postası", url="https://kiyi.example"):
    item = f"<item><title>Köprü</title><link>{link}</link><source url='{url}'>{publisher}</source></item>"
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{item}</channel></rss>"


def test_the_publisher_that_an_aggregator_names_is_kept_with_the_document(site):
    link = site.url + "/rss/articles/CBM"
    feed = polling.add_feed(make.source("News"), site.says("/rss", aggregated(link)), by=make.reporter())

    poll(feed)

    document = Document.objects.get()
    assert (document.named_publisher, document.named_publisher_url) == ("Kıyı Postası", "https://kiyi.example")
    assert (document.is_aggregator_link, document.source, document.publisher) == (True, None, None)
    assert feed.is_aggregator
    assert polling.is_aggregator(feed)


def test_an_aggregators_link_is_of_the_named_publisher_where_the_desk_knows_it(site):
    outlet = make.source_domain(host="kiyi.example").source
    feed = polling.add_feed(make.source(), site.says("/rss", aggregated(site.url + "/CBM")), by=make.reporter())

    poll(feed)

    assert Document.objects.get().source == outlet


def test_a_link_that_carries_the_address_of_the_article_becomes_a_document_of_that_address(site):
    link = f"{site.url}/go?url=https%3A%2F%2Fkiyi.example%2Fhaber%2F1"
    feed = polling.add_feed(make.source(), site.says("/rss", aggregated(link)), by=make.reporter())

    poll(feed)

    document = Document.objects.get()
    assert (document.url, document.is_aggregator_link) == ("https://kiyi.example/haber/1", False)


def test_a_feed_that_names_itself_as_the_publisher_is_no_aggregators(site):
    body = aggregated(site.url + "/a", url=site.url + "/rss")
    feed = polling.add_feed(make.source(), site.says("/rss", body), by=make.reporter())

    poll(feed)

    assert Document.objects.get().source == feed.source
    assert not polling.is_aggregator(feed)


def test_items_of_sound_alone_are_counted(site):
    item = "<item><title>Podcast</title><link>https://a.example/1.mp3</link></item>"
    feed = polling.add_feed(
        make.source(), site.says("/rss", rss().replace("</title>", f"</title>{item}")), by=make.reporter()
    )

    poll(feed)

    assert (feed.without_page, Document.objects.count()) == (1, 0)
