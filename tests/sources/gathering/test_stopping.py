import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sources.gathering import polling, stopping
from sources.models import Document, Feed
from sources.models.feed import FIRST_INTERVAL
from tests import make
from tests.refusing import refused
from tests.sources.gathering.test_polling import poll, rss
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def stuck_feed():
    feed = make.feed()
    Feed.objects.filter(pk=feed.pk).update(trouble="NotAFeed: a page", tries=8, due_at=None)
    return feed


def test_a_feed_is_stopped_by_somebody_for_a_reason_and_is_in_trouble_no_more():
    feed, remi = stuck_feed(), make.reporter()

    stopping.stop(feed, by=remi, reason=" It is a page. ")

    feed.refresh_from_db()
    assert (feed.stopped_by, feed.stopped_why, feed.stopped_at is None) == (remi, "It is a page.", False)
    assert (list(Feed.objects.due()), list(Feed.objects.in_trouble()), feed.due_at) == ([], [], None)
    entry = LogEntry.objects.get(chain=audit.name_of(feed))
    assert (entry.actor, entry.verb) == (remi, "stopped a feed")
    assert json.loads(entry.facts) == {"url": feed.url, "reason": "It is a page."}


def test_a_feed_that_was_stopped_is_asked_nothing(site):
    feed = make.feed(url=f"{site.url}/flux")
    stopping.stop(feed, by=make.reporter(), reason="Not ours.")

    poll(feed)

    assert (site.asked, feed.due_at) == ([], None)


def test_what_a_poll_brings_that_was_under_way_is_not_taken(site):
    feed = make.feed(url=site.says("/flux", rss(site.url + "/a"), Content_Type="text/xml"))
    under_way = polling.poll(feed)
    next(under_way)

    stopping.stop(Feed.objects.get(), by=make.reporter(), reason="Not ours.")
    with pytest.raises(StopIteration) as end:
        next(under_way)

    stopped = Feed.objects.get()
    assert (end.value.value, stopped.stopped_why, Document.objects.count()) == (None, "Not ours.", 0)


def test_with_an_index_the_sitemaps_that_it_names_are_stopped_and_polled_again():
    index = make.feed(url="https://a.example/index.xml")
    polling.follow_children(index, [f"https://a.example/{number}.xml" for number in range(3)])
    before = index.children.get(url="https://a.example/0.xml")
    editor = make.editor()
    stopping.stop(before, by=editor, reason="The archive of 1998.")

    stopping.stop(index, by=editor, reason="Their test site.")
    stopped = Feed.objects.filter(stopped_at__isnull=False).count()
    stopping.poll_again(index, by=editor)

    assert stopped == 4
    assert list(Feed.objects.filter(stopped_at__isnull=False)) == [before]


def test_a_feed_is_polled_again_at_once_and_at_the_pace_of_a_new_one():
    feed = make.feed(due_at=None, interval=timedelta(hours=6))
    stopping.stop(feed, by=make.reporter(), reason="A page.")

    stopping.poll_again(feed, by=make.reporter())

    feed.refresh_from_db()
    assert (feed.stopped_at, feed.stopped_by, feed.stopped_why) == (None, None, "")
    assert (list(Feed.objects.due()), feed.interval) == ([feed], FIRST_INTERVAL)
    assert [entry.verb for entry in LogEntry.objects.order_by("seq")] == [
        "stopped a feed",
        "had a feed polled again",
    ]


def test_a_feed_that_was_stopped_is_not_silent():
    feed = make.feed(last_new_at=make.MONDAY)
    was = (feed.is_silent, Feed.objects.silent().count())

    stopping.stop(feed, by=make.reporter(), reason="A page.")

    feed.refresh_from_db()
    assert (was, (feed.is_silent, Feed.objects.silent().count())) == ((True, 1), (False, 0))


def test_stopping_needs_a_reason_and_is_done_once():
    feed, remi = make.feed(), make.reporter()

    with refused("no_reason", "reason"):
        stopping.stop(feed, by=remi, reason=" ")
    with refused("not_stopped"):
        stopping.poll_again(feed, by=remi)
    stopping.stop(feed, by=remi, reason="A page.")
    with refused("stopped"):
        stopping.stop(feed, by=remi, reason="A page.")


@pytest.mark.parametrize("person", [make.viewer, make.admin])
def test_who_does_not_gather_stops_nothing(person):
    with pytest.raises(NotPermitted):
        stopping.stop(make.feed(), by=person(), reason="A page.")
    with pytest.raises(NotPermitted):
        stopping.poll_again(make.feed(), by=person())


@pytest.mark.parametrize("half", [{"stopped_at": timezone.now}, {"stopped_by": make.editor}, {"stopped_why": str}])
def test_no_feed_is_stopped_by_halves(half):
    whole = {"stopped_at": timezone.now, "stopped_by": make.editor, "stopped_why": lambda: "A page."}
    missing = {name: give() for name, give in whole.items() if name not in half}

    with pytest.raises(IntegrityError), transaction.atomic():
        make.feed(**missing)
