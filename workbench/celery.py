"""The Celery app and its scheduler (beat): the timetable of background work is in `tasks.py` of each app."""

from __future__ import annotations

import os
from collections.abc import Mapping
from time import time
from typing import Any

from celery import Celery
from celery.signals import before_task_publish, celeryd_init
from django.conf import settings

from workbench.runner import priority

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
os.environ.setdefault("OMP_NUM_THREADS", "1")  # of numpy and the embedding engine: each worker process has one core

MESSAGE_LASTS = 60  # seconds for which a message may wait for a worker; the next pulse comes sooner, of most tasks

app = Celery("workbench")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
def _give_way(**_worker: Any) -> None:
    """Lower the priority of a worker before it starts its pool, which inherits it."""
    priority.give_way(settings.WORKER_NICENESS)


@before_task_publish.connect
def _note_time(headers: dict[str, Any], **_message: Any) -> None:
    """Say in each message when it was sent: a worker that has looked for this work since has nothing to do."""
    headers["sent_at"] = time()


def set_timetable(seconds: Mapping[str, int]) -> None:
    """Have the clock pulse each task at its interval in seconds.

    A commit that makes a row due wakes a worker at once; the pulse is the safety net, so a lost message costs at most
    this long.
    """
    app.conf.beat_schedule = {
        name: {"task": name, "schedule": float(every), "options": {"expires": float(max(MESSAGE_LASTS, every * 2))}}
        for name, every in seconds.items()
    }
