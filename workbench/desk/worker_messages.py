"""Messages to workers: each says only that there may be work of one kind, and many of them say no more than one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache, partial
from time import time

from celery import current_task
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerError

from workbench.celery import MESSAGE_LASTS, app

log = logging.getLogger(__name__)
_began: dict[str, float] = {}  # when this process last began a shift of each task


def send_after_commit(task: str) -> None:
    """Tell a worker, after the commit, that there may be work; a thousand rows make one message."""
    waiting = transaction.get_connection().run_on_commit
    message = _message(task)
    if not any(function is message for _savepoints, function, _robust in waiting):
        transaction.on_commit(message, robust=True)


def send(task: str) -> None:
    """Tell a worker now. Without a broker the clock’s next pulse does, so a failure here is only noted."""
    try:
        app.send_task(task, retry=False, expires=MESSAGE_LASTS)
    except BrokerError:
        log.warning("no broker: %s waits for the next pulse", task)


def begin_shift(task: str) -> bool:
    """Begin a shift of a task, unless this process has begun one since its present message was sent; say which.

    While a worker is busy, many messages wait. If each began a shift of those kinds that always have work, the others
    would wait for a minute.
    """
    sent_at = current_task.request.get("sent_at") if current_task else None
    began, now = _began.get(task, 0.0), time()
    # No shift begins in the future, and no message is that old: then somebody has set the clock, and it counts no more.
    if sent_at is not None and sent_at < began <= min(now, sent_at + MESSAGE_LASTS):
        return False
    _began[task] = now
    return True


@cache
def _message(task: str) -> Callable[[], None]:
    return partial(send, task)
