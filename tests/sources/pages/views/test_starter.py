"""The page on which a desk that begins chooses sources."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sources.models import Feed, Source
from sources.registry import starter_pack
from tests import make

pytestmark = pytest.mark.django_db

URL = "/sources/start/"


@pytest.fixture
def reporter(client):
    client.force_login(make.reporter())
    return client


def test_what_somebody_chooses_becomes_a_source_with_a_feed_that_is_tried_now(reporter):
    chosen = starter_pack.entries()[0]

    reporter.post(URL, {"chosen": [chosen.feed]})

    feed = Feed.objects.get()
    assert (feed.url, feed.source.name, feed.source.country) == (chosen.feed, chosen.name, chosen.country)
    assert feed.due_at is not None
    assert feed.source.name in reporter.get(URL).content.decode()


def test_a_list_is_taken_too_and_what_is_known_already_is_told(reporter):
    make.feed(url="https://known.example/rss")
    body = b"Known,https://known.example/rss\nNew,https://new.example/rss\n"

    answer = reporter.post(URL, {"listed": SimpleUploadedFile("feeds.csv", body)}, follow=True)

    assert Source.objects.filter(name="New").exists()
    assert "This feed was already added" in answer.content.decode()
    assert "1 feed is added." in answer.content.decode()


def test_nothing_chosen_is_told_and_a_viewer_may_not(reporter, client):
    assert reporter.post(URL, {}).status_code == 422

    client.force_login(make.viewer())
    assert client.get(reverse("sources:starter")).status_code == 403


def test_thirty_feeds_cost_no_more_queries_than_one(reporter):
    make.feed()
    with CaptureQueriesContext(connection) as with_one:
        reporter.get(URL)

    for _number in range(29):
        make.feed()
    with CaptureQueriesContext(connection) as with_thirty:
        reporter.get(URL)

    assert len(with_thirty) == len(with_one)
