import itertools
import signal
import subprocess
import sys
import threading
import time
import uuid

import pytest
import redis
from django.conf import settings

from sources.web.rate_limit import Ending, Pace, Turn

GOOD = Ending("good", 0.01)
A_SECOND = 1.001  # a gap is rounded up to the next millisecond


@pytest.fixture
def store():
    with redis.Redis.from_url(settings.REDIS_URL) as store:
        yield store


@pytest.fixture
def pace(store):
    return Pace(store)


@pytest.fixture
def site():
    """Return a host that no other test has visited."""
    return f"{uuid.uuid4().hex}.example"


def visit(pace, site, ending=GOOD, delay=0.2):
    """Take the turn, which must be free, and give it back."""
    turn = pace.take(site, delay, 5)
    assert isinstance(turn, Turn)
    pace.give_back(turn, ending)


def wait(pace, site, delay=0.2):
    """Return the seconds until the turn is free; it must be taken now."""
    seconds = pace.take(site, delay, 5)
    assert not isinstance(seconds, Turn)
    return seconds


def forget_rest(store, site):
    store.hset(f"host:{site}", mapping={"rest": 0, "last": 1})


def test_a_turn_is_taken_once_and_then_again_a_gap_after_it_ended(pace, site):
    turn = pace.take(site, 1, 5)
    while_held = wait(pace, site, 1)
    time.sleep(0.1)
    pace.give_back(turn, GOOD)
    after = wait(pace, site, 1)

    time.sleep(after)

    assert isinstance(pace.take(site, 1, 5), Turn)
    assert (while_held, 0.5 < after <= A_SECOND) == (1, True)


def test_hosts_do_not_wait_for_one_another(pace, site):
    visit(pace, site, delay=5)
    visit(pace, f"other.{site}", delay=5)


def test_a_longer_delay_holds_from_the_last_visit_on(pace, site):
    visit(pace, site, delay=5)

    assert round(wait(pace, site, delay=30)) == 30


def test_many_workers_never_start_closer_than_the_delay(pace, site):
    starts = []
    ends = time.monotonic() + 1.5

    def work():
        while time.monotonic() < ends:
            asked = time.monotonic()
            turn = pace.take(site, 0.2, 5)
            if isinstance(turn, Turn):
                starts.append((asked, time.monotonic()))
                pace.give_back(turn, GOOD)
            time.sleep(0.01)

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    gaps = [got - asked for (asked, _), (_, got) in itertools.pairwise(sorted(starts))]
    assert len(gaps) >= 2
    assert min(gaps) >= 0.2


def test_a_worker_that_dies_holds_up_its_host_until_its_lease_ends_and_a_gap_more(pace, site):
    code = f"""
import os, signal, redis
from sources.web.rate_limit import Pace
Pace(redis.Redis.from_url({settings.REDIS_URL!r})).take({site!r}, 0.3, 2)
os.kill(os.getpid(), signal.SIGKILL)
"""

    died = subprocess.run([sys.executable, "-c", code], check=False)
    waits = []
    while not isinstance(found := pace.take(site, 0.3, 5), Turn):
        waits.append(found)
        time.sleep(found)

    assert died.returncode == -signal.SIGKILL
    assert 0.301 < sum(waits) <= 2.4


def test_a_turn_given_back_too_late_takes_nothing_from_the_one_who_has_it_now(pace, site):
    late = pace.take(site, 0.05, 0.05)
    time.sleep(0.15)
    now = pace.take(site, 0.05, 5)

    pace.give_back(late, GOOD)

    assert isinstance(now, Turn)
    assert wait(pace, site) > 0


def test_a_slow_host_is_given_the_time_it_takes(pace, site):
    visit(pace, site, Ending("good", 8))

    assert round(wait(pace, site)) == 8


def test_an_error_page_makes_a_slow_host_no_faster_and_a_good_one_does(pace, store, site):
    visit(pace, site, Ending("good", 8))
    forget_rest(store, site)
    visit(pace, site, Ending("other", 0.01))
    after_error = wait(pace, site)
    forget_rest(store, site)

    visit(pace, site, Ending("good", 0.01))

    assert round(after_error) == 8
    assert wait(pace, site) < 7


def test_one_who_says_too_many_is_left_alone_ever_longer_and_good_answers_mend_it(pace, store, site):
    waits = []
    for _ in range(3):
        visit(pace, site, Ending("strained", 0.01))
        waits.append(round(wait(pace, site)))
        forget_rest(store, site)
    visit(pace, site)

    assert waits == [30, 60, 120]
    assert 0.4 < wait(pace, site) <= 0.801


@pytest.mark.parametrize(("asked", "rest"), [(90.0, 90), (7 * 24 * 3600.0, 24 * 3600)])
def test_a_host_is_left_alone_as_long_as_it_asks_for_up_to_a_day(pace, store, site, asked, rest):
    visit(pace, site, Ending("strained", 0.01, asked))

    assert rest - 1 < wait(pace, site) <= rest
    assert store.ttl(f"host:{site}") > rest


def test_a_host_that_is_down_is_tried_ever_less_up_to_ten_minutes(pace, store, site):
    waits = []
    for _ in range(6):
        visit(pace, site, Ending("down", 3), delay=5)
        waits.append(round(wait(pace, site, delay=5)))
        forget_rest(store, site)

    assert waits == [60, 120, 240, 480, 600, 600]


def test_those_who_wait_come_back_one_after_the_other_and_soon_enough(pace, site):
    visit(pace, site, delay=5)

    seats = [pace.line_up(site, 5, 5) for _ in range(100)]

    assert seats[:4] == pytest.approx([5, 10.25, 15.5, 20.75], abs=1)
    assert max(seats) <= 5 + 300
    assert seats[:50] == sorted(seats[:50])
