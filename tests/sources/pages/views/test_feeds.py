from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sources.models import Discovery, Feed
from tests import make

pytestmark = pytest.mark.django_db


def test_the_feeds_are_shown_those_in_trouble_first(client):
    fine = make.feed(url="https://a.example/feed")
    failing = make.feed(url="https://b.example/feed", trouble="NotAFeed: this is a page, not a feed")
    silent = make.feed(url="https://c.example/feed", last_new_at=timezone.now() - timedelta(days=8))
    client.force_login(make.viewer())

    answer = client.get(reverse("sources:feeds"))

    assert list(answer.context["page"]) == [failing, fine, silent]
    assert answer.context["warnings"] == [
        "1 feed is failing.",
        "1 feed has published nothing new for a week.",
    ]
    assert "this is a page, not a feed" in answer.content.decode()


def test_feeds_are_searched_by_title_address_and_source(client):
    by_source = make.feed(make.source("Le Courrier d’Arvel"))
    by_title = make.feed(title="Harbor news")
    by_address = make.feed(url="https://wire.example/latest.xml")
    client.force_login(make.viewer())

    asked = ["courrier d'arvel", "harbor", "wire.example/latest", "nothing of the kind"]
    found = [list(client.get(reverse("sources:feeds"), {"words": words}).context["page"]) for words in asked]

    assert found == [[by_source], [by_title], [by_address], []]


def test_the_feeds_cost_the_same_with_one_and_with_thirty(client):
    client.force_login(make.viewer())
    make.feed()
    with CaptureQueriesContext(connection) as with_one:
        client.get(reverse("sources:feeds"))

    for _ in range(29):
        make.feed(trouble="refused")
    with CaptureQueriesContext(connection) as with_thirty:
        client.get(reverse("sources:feeds"))

    assert len(with_thirty) == len(with_one)


def test_a_reporter_adds_a_feed_that_is_due_at_once(client):
    source, ana = make.source(), make.reporter()
    client.force_login(ana)

    answer = client.post(reverse("sources:add_feed"), {"source": source.pk, "url": "https://courier.example/feed.xml"})

    feed = Feed.objects.get()
    assert answer.url == feed.get_absolute_url()
    assert (feed.source, feed.added_by, feed in Feed.objects.due()) == (source, ana, True)


def test_the_source_one_comes_from_is_chosen_already(client):
    source = make.source()
    client.force_login(make.reporter())

    page = client.get(reverse("sources:add_feed"), {"source": source.pk}).content.decode()

    assert f'<input type="hidden" name="source" value="{source.pk}">' in page
    assert f'value="{source.name}"' in page


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed.xml",
        "javascript:alert(1)",
        "http://127.0.0.1/feed",
        "http://192.168.1.1/feed",
        "http://169.254.169.254/latest/",
        "http://localhost/feed",
        "https://user:word@courier.example/feed",
        "https://courier.example/\0",
        "https://courier.example/" + "a" * 100_000,
    ],
)
def test_an_address_we_do_not_open_is_refused_with_a_reason(client, url):
    client.force_login(make.reporter())

    answer = client.post(reverse("sources:add_feed"), {"source": make.source().pk, "url": url})

    assert answer.status_code == 422
    assert answer.context["form"].errors["url"]
    assert not Feed.objects.exists()


def test_a_feed_is_added_once(client):
    known = make.feed(make.source("Arvel Courier"))
    client.force_login(make.reporter())

    answer = client.post(reverse("sources:add_feed"), {"source": make.source().pk, "url": known.url})

    assert "already added for Arvel Courier" in answer.content.decode()
    assert Feed.objects.count() == 1


def test_viewers_add_no_feed(client):
    client.force_login(make.viewer())

    assert client.get(reverse("sources:add_feed")).status_code == 403


def test_what_was_found_is_added_with_one_button(client):
    source = make.source()
    make.source_domain(source, "courier.example")
    Discovery.objects.create(source=source, url="https://courier.example/", found=["https://courier.example/feed.xml"])
    client.force_login(make.reporter())

    page = client.get(source.get_absolute_url()).content.decode()
    client.post(reverse("sources:add_feed"), {"source": source.pk, "url": "https://courier.example/feed.xml"})
    after = client.get(source.get_absolute_url())

    assert 'value="https://courier.example/feed.xml"' in page
    assert (Feed.objects.get().source, after.context["suggested"]) == (source, [])


def test_what_a_look_failed_on_is_told_in_the_language_of_the_page(client):
    look = make.discovery(trouble="The server answered with HTTP status 503.")
    client.force_login(make.reporter())

    page = client.get(look.source.get_absolute_url(), headers={"accept-language": "fr"}).content.decode()

    assert "Le serveur a répondu avec le statut HTTP 503." in page


def test_a_reporter_has_the_home_pages_of_a_source_looked_through(client):
    source = make.source_domain(host="courier.example").source
    client.force_login(make.reporter())

    answer = client.post(reverse("sources:look_for_feeds", args=[source.pk]))

    assert (answer.url, Discovery.objects.get().url) == (source.get_absolute_url(), "https://courier.example/")


def test_a_viewer_has_nothing_looked_through(client):
    source = make.source_domain(host="courier.example").source
    client.force_login(make.viewer())

    assert client.post(reverse("sources:look_for_feeds", args=[source.pk])).status_code == 403
    assert not Discovery.objects.exists()


def test_a_reporter_stops_a_feed_and_the_page_says_who_when_and_why(client):
    feed, remi = make.feed(), make.reporter(first_name="Remi")
    client.force_login(remi)

    asked = client.get(reverse("sources:stop_feed", args=[feed.pk]))
    answer = client.post(reverse("sources:stop_feed", args=[feed.pk]), {"reason": "A test <feed>."})
    page = client.get(feed.source.get_absolute_url()).content.decode()

    assert feed.url in asked.content.decode()
    assert answer.url == feed.get_absolute_url()
    assert [each in page for each in ("stopped manually", "Remi", "A test &lt;feed&gt;.", "Resume checks")] == [
        True
    ] * 4


def test_a_reporter_has_a_feed_polled_again(client):
    feed = make.feed(stopped_at=timezone.now(), stopped_by=make.editor(), stopped_why="A page.")
    client.force_login(make.reporter())

    answer = client.post(reverse("sources:poll_again", args=[feed.pk]))
    again = client.post(reverse("sources:poll_again", args=[feed.pk]), follow=True)

    assert answer.url == feed.get_absolute_url()
    assert Feed.objects.get().stopped_at is None
    assert "This feed is not stopped." in again.content.decode()


@pytest.mark.parametrize("reason", ["", " ", "a\0b", "x" * 100_000])
def test_a_feed_is_not_stopped_without_a_reason(client, reason):
    feed = make.feed()
    client.force_login(make.reporter())

    answer = client.post(reverse("sources:stop_feed", args=[feed.pk]), {"reason": reason})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert Feed.objects.get().stopped_at is None


def test_a_viewer_stops_nothing_and_is_not_offered_to(client):
    feed = make.feed()
    client.force_login(make.viewer())

    answers = [client.post(reverse(f"sources:{name}", args=[feed.pk])) for name in ("stop_feed", "poll_again")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Stop checking" not in client.get(feed.source.get_absolute_url()).content.decode()


def test_feeds_that_were_stopped_cost_no_more_queries(client):
    client.force_login(make.reporter())
    make.feed()
    with CaptureQueriesContext(connection) as with_one:
        client.get(reverse("sources:feeds"))

    for _ in range(3):
        make.feed(stopped_at=timezone.now(), stopped_by=make.editor(), stopped_why="A page.")
    with CaptureQueriesContext(connection) as with_stopped:
        client.get(reverse("sources:feeds"))

    assert len(with_stopped) == len(with_one)


@pytest.mark.parametrize(
    ("url", "warns"),
    [
        ("https://news.google.com/rss/search?q=x", True),
        ("https://agg.example/rss/2", True),
        ("https://courier.example/feed.xml", False),
    ],
)
def test_a_person_who_adds_the_feed_of_an_aggregator_is_warned(client, url, warns):
    make.feed(url="https://agg.example/rss/1", is_aggregator=True)
    client.force_login(make.reporter())

    page = client.post(reverse("sources:add_feed"), {"source": make.source().pk, "url": url}, follow=True)

    assert ("Add the publishers’ own feeds" in page.content.decode()) is warns
