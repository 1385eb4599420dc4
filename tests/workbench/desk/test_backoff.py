from datetime import timedelta
from itertools import pairwise

import pytest

from workbench.desk.backoff import MOST_TRIES, wait_after


def test_the_waits_grow_with_every_failure_and_end_after_some_three_hours():
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]

    assert timedelta(hours=2) < sum(waits, timedelta()) < timedelta(hours=4)
    assert all(before * 1.3 < after for before, after in pairwise(waits))


@pytest.mark.parametrize("tries", [MOST_TRIES, MOST_TRIES + 1])
def test_after_the_last_try_a_person_must_look(tries):
    assert wait_after(tries) is None


def test_waits_are_spread_so_that_retries_do_not_come_all_at_once():
    assert len({wait_after(3) for _each in range(20)}) > 1
