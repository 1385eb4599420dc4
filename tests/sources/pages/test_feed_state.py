from datetime import timedelta

import pytest
from django.utils import timezone

from sources.models.vocabulary import Outcome
from sources.pages.feed_state import FeedState, feed_state, feed_warnings
from tests import make
from workbench.pages.badges import BAD, DOUBT, GOOD, Badge

pytestmark = pytest.mark.django_db


def stopped():
    return {"stopped_at": make.MONDAY, "stopped_by": make.editor(), "stopped_why": "They asked us.", "trouble": "x"}


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        (dict, FeedState(Badge("not checked yet"))),
        (
            lambda: {"polled_at": timezone.now(), "last_outcome": Outcome.OK},
            FeedState(Badge("OK", GOOD), outcome="Fetched"),
        ),
        (
            lambda: {"polled_at": timezone.now(), "last_new_at": timezone.now() - timedelta(days=30)},
            FeedState(Badge("nothing new", DOUBT)),
        ),
        (lambda: {"trouble": "It broke."}, FeedState(Badge("failing", BAD), problem="It broke.")),
        (
            lambda: {"trouble": "It broke.", "due_at": None},
            FeedState(Badge("needs attention", BAD), problem="It broke."),
        ),
        (stopped, FeedState(Badge("stopped manually"))),
    ],
    ids=["new", "fine", "silent", "failing", "stuck", "stopped"],
)
def test_a_feed_is_in_one_state(columns, state):
    assert feed_state(make.feed(**columns())) == state


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("rss", "This feed is long: at each check we read its first 1,000 articles."),
        ("news_sitemap", "This sitemap is long: at each check we read the 1,000 addresses that changed last."),
    ],
)
def test_a_feed_that_is_too_long_says_what_is_read(client, kind, words):
    feed = make.feed(kind=kind, is_capped=True)
    client.force_login(make.viewer())

    page = client.get(feed.source.get_absolute_url())

    assert words in page.content.decode()


def test_the_list_warns_only_of_what_there_is():
    assert feed_warnings(0, 0) == []
    assert feed_warnings(2, 1) == ["2 feeds are failing.", "1 feed has published nothing new for a week."]


def test_what_an_aggregator_is_and_what_is_left_out_stands_with_the_feed(client):
    feed = make.feed(is_aggregator=True, without_page=2)
    client.force_login(make.viewer())

    page = client.get(feed.source.get_absolute_url()).content.decode()

    assert "This feed links to an aggregator, not to the publishers." in page
    assert "we left out 2 items that are sound or video" in page
