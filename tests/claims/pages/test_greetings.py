from datetime import UTC, datetime

import pytest

from claims.pages import greetings
from claims.pages.queues import ClaimQueue
from workbench.desk.amounts import Amount
from workbench.desk.models import User


@pytest.mark.parametrize(("hour", "expected"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")])
def test_the_greeting_knows_the_time_of_day(monkeypatch, hour, expected):
    monkeypatch.setattr(greetings.timezone, "localtime", lambda: datetime(2026, 11, 26, hour, tzinfo=UTC))

    assert greetings.hello(User(username="ed", first_name="Edith")) == f"Good {expected}, Edith"


def test_every_number_leads_to_all_that_it_counts():
    waiting = {queue: Amount(number) for number, queue in enumerate(ClaimQueue)}

    found = greetings.counts(waiting, Amount(2))

    assert len(found) == len(ClaimQueue)  # one queue is empty, and problems are counted too
    assert {count.url for count in found[:-1]} == {f"/claims/?queue={queue}" for queue, each in waiting.items() if each}
    assert [count.text for count in found if count.is_urgent][-1] == "2 problems with background work"


def test_nothing_is_said_of_what_is_not_there():
    assert greetings.counts({ClaimQueue.REVIEW: Amount(0)}, Amount(0)) == []
