"""The task of the jobs, and its step: in two parts, as those of the workbench that use the network."""

from datetime import timedelta
from functools import partial
from time import sleep

from celery import shared_task
from django.db import transaction

from tests.chaos import history
from tests.chaos.models import Effect, Job
from workbench.desk import backoff
from workbench.desk.work_queue import drain

# A row that was hit three times would wait for 90 seconds, which is longer than the test looks.
backoff.FIRST_WAIT = timedelta(seconds=1)
ON_THE_NETWORK = 0.04  # seconds
IN_THE_TRANSACTION = 0.02


TIMETABLE = {"tests.chaos.tasks.do_jobs": 1}


@shared_task
def do_jobs():
    history.note("message")
    drain(Job.objects.all(), carry_out)


def carry_out(job):
    history.note("invoke", job.key)
    sleep(ON_THE_NETWORK)
    yield
    Effect.objects.create(job=job)
    sleep(IN_THE_TRANSACTION)
    if job.generation == 1:
        Job.objects.get_or_create(key=f"{job.key}-next", defaults={"generation": 2})
    transaction.on_commit(partial(history.note, "ok", job.key))
