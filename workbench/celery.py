"""The Celery app and its timetable, the only clock in the house."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")

app = Celery("workbench")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Seconds between two pulses of each kind of work. A commit that makes a row due wakes a worker at once;
# the pulse is the net under it, so a lost message costs at most this long.
TICKS = {
    "sources.tasks.poll_feeds": 5,
    "sources.tasks.look_for_feeds": 10,
    "sources.tasks.run_searches": 5,
    "sources.tasks.fetch_documents": 3,
    "sources.tasks.do_readings": 3,
    "sources.tasks.render_documents": 5,
    "sources.tasks.compare_readings": 10,
    "sources.tasks.seal_captures": 10,
    "sources.tasks.ask_archives": 10,
    "claims.tasks.follow_claims": 5,
}
app.conf.beat_schedule = {
    name: {"task": name, "schedule": float(seconds), "options": {"expires": float(seconds * 2)}}
    for name, seconds in TICKS.items()
}
