"""The Celery app of the workbench with a timetable of its own."""

from workbench.celery import app

TASK = "tests.chaos.tasks.do_jobs"

app.conf.beat_schedule = {TASK: {"task": TASK, "schedule": 1.0, "options": {"expires": 2.0}}}
