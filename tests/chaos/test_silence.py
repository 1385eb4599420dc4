"""Rows that kill their worker, and workers and a clock that die: the rest is served, and the pages tell."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic, sleep

import psutil
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sources.models import Search
from tests import databases, make
from tests.chaos import hostile_settings
from workbench.celery import app
from workbench.desk import health
from workbench.runner import paths

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240), pytest.mark.long]

DEADLINE = 240  # seconds; a message that carries the usual limits lets a step run for 90
OTHERS = 12
HOSTILE = "killer", "garbler", "endless"  # as in hostile.py, which a worker imports and a test must not
BOUND = 4  # seconds without a heartbeat that `/readyz` reports in these tests; there is one every half second


def environment():
    return {
        **os.environ,
        "DATABASE_URL": databases.of_this_test(),
        "REDIS_URL": settings.REDIS_URL,
        "DJANGO_SETTINGS_MODULE": "tests.chaos.hostile_settings",
        "CELERY_SKIP_CHECKS": "1",
        "PYTHONWARNINGS": "ignore",
    }


@contextmanager
def celery(log, *arguments, supervised):
    """A process of Celery, or its supervisor; at the end it is killed with all its children."""
    supervisor = [sys.executable, "-m", "tests.chaos.supervised"] if supervised else []
    command = [*supervisor, sys.executable, "-m", "celery", "--quiet", "--app=tests.chaos.hostile", *arguments]
    with log.open("ab") as file:
        process = subprocess.Popen(
            command, env=environment(), cwd=paths.ROOT, stdout=file, stderr=file, start_new_session=True
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    """Kill a process with its children, none of which gets to know."""
    if process.poll() is None:
        for each in [*psutil.Process(process.pid).children(recursive=True), process]:
            each.send_signal(signal.SIGKILL)
    process.wait()


def worker(tmp_path, *, supervised=False):
    quick = ["--pool=prefork", "--concurrency=2", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return celery(tmp_path / "worker.log", "worker", "--loglevel=WARNING", *quick, supervised=supervised)


def clock(tmp_path):
    return celery(tmp_path / "clock.log", "beat", f"--schedule={tmp_path / 'clock'}", "--pidfile=", supervised=False)


def wait_until(holds, tmp_path):
    ends = monotonic() + DEADLINE
    while not holds():
        logs = "".join(path.read_text()[-4000:] for path in tmp_path.glob("*.log"))
        assert monotonic() < ends, logs
        sleep(0.2)


@pytest.fixture
def _bounds(monkeypatch, settings):
    """Have `/readyz` report a missing heartbeat after seconds: the processes of these tests leave them more often."""
    monkeypatch.setattr(health, "CLOCK_SILENT", BOUND)
    monkeypatch.setattr(health, "STEP_ENDS", BOUND)
    settings.CELERY_TASK_TIME_LIMIT = 0


@pytest.fixture
def _limits(monkeypatch):
    """The limits of the worker: a message carries those of the process that sent it."""
    monkeypatch.setitem(app.conf, "task_soft_time_limit", hostile_settings.CELERY_TASK_SOFT_TIME_LIMIT)
    monkeypatch.setitem(app.conf, "task_time_limit", hostile_settings.CELERY_TASK_TIME_LIMIT)


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("_limits")
def test_rows_that_kill_their_workers_hold_nobody_up_and_are_named(client, tmp_path):
    begun = timezone.now()
    hostile = [make.search(words, due_at=begun - timedelta(hours=1)) for words in HOSTILE]
    others = [make.search(f"bridge {number}") for number in range(OTHERS)]
    client.force_login(make.reviewer())

    with worker(tmp_path, supervised=True), clock(tmp_path):
        wait_until(lambda: Search.objects.filter(answered_at__isnull=False).count() == OTHERS, tmp_path)
        wait_until(lambda: Search.objects.exclude(trouble="").count() == len(HOSTILE), tmp_path)
        problems = client.get(reverse("trouble")).content.decode()
        ready = client.get(reverse("readyz")).json()

    assert set(Search.objects.filter(answered_at__isnull=False)) == set(others)
    for row in Search.objects.filter(pk__in=[row.pk for row in hostile]):
        assert (row.tries >= 1, row.due_at > begun) == (True, True)
        assert f"sources.search {row.pk}" in ready["figures"]["problems"]["rows"]
    limit = hostile_settings.CELERY_TASK_TIME_LIMIT
    told = f"The worker on this task was killed, or the task took longer than {limit} seconds."
    assert problems.count(told) == len(HOSTILE)
    assert (ready["clock"], ready["workers"]) == (True, True)
    assert "UnpicklingError" in (tmp_path / "worker.log").read_text()  # the worker itself ended and was started again


@pytest.mark.usefixtures("_bounds")
def test_the_death_of_the_clock_and_of_all_workers_is_told(client, tmp_path):
    def ready():
        return client.get(reverse("readyz")).json()

    claim = make.claim()
    client.force_login(make.reviewer())
    with worker(tmp_path) as working, clock(tmp_path) as ticking:
        wait_until(lambda: ready()["clock"] and ready()["workers"], tmp_path)
        kill(working)
        wait_until(lambda: not ready()["workers"], tmp_path)
        ticks_on = ready()["clock"]
        page = client.get(claim.get_absolute_url()).content.decode()
        kill(ticking)
        wait_until(lambda: not ready()["clock"], tmp_path)

    problems = client.get(reverse("trouble")).content.decode()
    assert ticks_on
    assert "No worker has served the queue for" in page
    assert "No worker has served the queue for" in problems
    assert "The clock stopped" in problems
