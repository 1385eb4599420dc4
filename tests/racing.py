"""Somebody else who is a moment earlier: their row is written, and committed once we wait for it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

PATIENCE = 30  # seconds until a race that never happens is given up

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@contextmanager
def a_moment_earlier(write: Callable[[], object]) -> Iterator[None]:
    """Write in another transaction that nobody sees yet; it commits when this one waits for its end."""
    written = threading.Event()

    def other() -> None:
        try:
            with transaction.atomic():
                write()
                written.set()
                _until_somebody_waits()
        finally:
            written.set()
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    written.wait(PATIENCE)
    yield
    thread.join()


def _until_somebody_waits() -> None:
    ends = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < ends:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
