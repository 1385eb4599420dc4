"""Effort: limits on processor time that are the same on a fast machine and on a slow or busy one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

ADDITIONS = 1_000_000
USUAL = 0.05  # CPU seconds that these take on an ordinary machine


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Assert that what is done inside takes at most so many CPU seconds of an ordinary machine.

    A fixed piece of work is timed before and after, and says how slow this machine is just now. Take a limit some times
    above what is needed: it is there to tell work in proportion to a text from work that grows with its square.
    """
    before = _slowness()
    started = time.process_time()
    yield
    took = time.process_time() - started
    allowed = seconds * max(1.0, before, _slowness())
    assert took < allowed, f"{took:.1f} CPU seconds, of {allowed:.1f} that this machine may take"


def _slowness() -> float:
    started = time.process_time()
    sum(number for number in range(ADDITIONS))
    return (time.process_time() - started) / USUAL
