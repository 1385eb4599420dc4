"""The clock (Celery beat): sends the pulses of the timetable, and leaves a heartbeat, so that others notice its end."""

from __future__ import annotations

import logging
from time import monotonic
from typing import Any

from celery.beat import PersistentScheduler
from django.db import Error, close_old_connections

from workbench.desk import heartbeat

log = logging.getLogger(__name__)

EVERY = 10.0  # seconds between two heartbeats


class Clock(PersistentScheduler):
    """Celery's scheduler. Without a database it goes on, and its heartbeat is missing."""

    _beaten_at = float("-inf")

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due, and return how many seconds to wait; one after the other, so this is called often."""
        wait: float = super().tick(*args, **kwargs)
        if monotonic() - self._beaten_at >= EVERY:
            self._beaten_at = monotonic()
            _leave_a_beat()
        return min(wait, EVERY)


def _leave_a_beat() -> None:
    close_old_connections()
    try:
        heartbeat.beat(heartbeat.CLOCK)
    except Error as error:
        log.warning("the clock could not leave a heartbeat: %s", error)
