import pytest

from tests import make
from workbench.desk import retrying
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def stopped_feed():
    return make.feed(trouble="ConnectionError: refused", tries=MOST_TRIES, due_at=None)


def test_work_that_stopped_is_due_again_with_a_clean_sheet():
    feed = stopped_feed()

    number = retrying.retry([feed], by=make.reviewer())

    feed.refresh_from_db()
    assert (number, feed.trouble, feed.tries, feed.is_stuck) == (1, "", 0, False)
    assert feed.due_at is not None


def test_the_log_keeps_what_the_trouble_was():
    feed = stopped_feed()

    retrying.retry([feed], by=make.reviewer(username="ana"))

    entry = LogEntry.objects.get()
    assert (entry.actor_name, entry.verb, entry.subject) == ("ana", "retried", f"feed {feed.pk}")
    assert entry.facts == '{"tries": 8, "trouble": "ConnectionError: refused"}'


def test_work_that_is_fine_is_left_alone():
    feed = make.feed()

    assert retrying.retry([feed], by=make.reviewer()) == 0
    assert not LogEntry.objects.exists()


def test_reporters_retry_nothing():
    feed = stopped_feed()

    with pytest.raises(NotPermitted):
        retrying.retry([feed], by=make.reporter())

    feed.refresh_from_db()
    assert feed.is_stuck


def test_every_kind_of_work_is_known():
    assert set(retrying.kinds()) == {
        "claims.checklookup",
        "claims.claim",
        "claims.comparison",
        "sources.change",
        "sources.discovery",
        "sources.document",
        "sources.embeddingmodel",
        "sources.externalarchive",
        "sources.feed",
        "sources.providersetting",
        "sources.reading",
        "sources.rendering",
        "sources.retentionrule",
        "workbench.checkpoint",
        "sources.search",
        "sources.stamp",
        "workbench.channel",
        "workbench.dailysize",
        "workbench.notificationmail",
        "workbench.wholecheck",
    }


def test_a_row_is_held_before_the_end_of_its_chain(django_assert_max_num_queries):
    feed, person = stopped_feed(), make.reviewer()

    with django_assert_max_num_queries(6) as asked:
        retrying.retry([feed], by=person)

    writes = [
        query["sql"].split('"')[1] for query in asked.captured_queries if query["sql"][:6] in {"UPDATE", "INSERT"}
    ]
    assert writes[-2:] == ["sources_feed", "workbench_logentry"]
