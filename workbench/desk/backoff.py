"""Retry policy of the work queue: exponential backoff with jitter, and a limit on the number of tries."""

from __future__ import annotations

import random
from datetime import timedelta

MOST_TRIES = 8  # with the waits below, about three hours; after that a person must look
FIRST_WAIT = timedelta(seconds=10)
LONGER = 3  # times as long, with every failure


def wait_after(tries: int) -> timedelta | None:
    """Return how long to wait after so many failed tries, a little at random; None once a person must look."""
    if tries >= MOST_TRIES:
        return None
    jitter: float = random.uniform(0.8, 1.2)  # noqa: S311 -- only spreads the load
    wait: timedelta = FIRST_WAIT * LONGER ** (tries - 1) * jitter
    return wait
