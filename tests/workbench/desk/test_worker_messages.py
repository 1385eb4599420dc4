"""Messages to workers, by a real worker: they say that there may be work, and many of them say no more than one."""

from datetime import timedelta
from time import monotonic, sleep, time

import pytest
import redis
from celery.contrib.testing.worker import start_worker
from celery.signals import celeryd_init
from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from sources.models import Search
from tests import make
from workbench.celery import MESSAGE_LASTS, app
from workbench.desk import worker_messages
from workbench.desk.work_queue import drain
from workbench.runner import priority

pytestmark = pytest.mark.django_db(transaction=True)  # the worker is a thread with a connection of its own
LATER = timedelta(days=1)
PATIENCE = 30  # seconds


@pytest.fixture
def broker():
    """The broker, without messages before and after the test."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete("celery")
    yield client
    client.delete("celery")


@pytest.fixture
def taken(broker):
    """How many rows each shift of the task ``tests.shift`` took; one row is due before each."""
    make.search()
    broker.delete("celery")  # or the worker would run the search
    numbers = []

    @app.task(name="tests.shift")
    def shift():
        Search.objects.update(due_at=Now())
        numbers.append(drain(Search.objects.all(), lambda _row: timezone.now() + LATER))

    yield numbers
    del app.tasks["tests.shift"]


@pytest.fixture(autouse=True)
def _same_priority():
    """Keep the priority of the tests: a worker lowers that of its process, and here this is ours."""
    celeryd_init.disconnect(priority.give_way)
    yield
    celeryd_init.connect(priority.give_way)


def work_off(broker, number, taken):
    """Have a worker take messages until so many are done."""
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        ends = monotonic() + PATIENCE
        while len(taken) < number and monotonic() < ends:
            sleep(0.02)


def test_messages_that_wait_for_a_busy_worker_are_one(broker, taken):
    for _message in range(3):
        app.send_task("tests.shift")

    work_off(broker, 3, taken)

    assert taken == [1, 0, 0]


def test_a_message_that_comes_after_a_shift_begins_another(broker, taken):
    for number in (1, 2):
        app.send_task("tests.shift")
        work_off(broker, number, taken)

    assert taken == [1, 1]


@pytest.mark.parametrize("ahead", [2 * MESSAGE_LASTS, -10 * MESSAGE_LASTS])
def test_a_clock_that_is_set_anew_stops_no_work(broker, taken, monkeypatch, ahead):
    monkeypatch.setitem(worker_messages._began, Search.task, time() + ahead)

    app.send_task("tests.shift")
    work_off(broker, 1, taken)

    assert taken == [1]


def test_a_pulse_of_the_clock_lasts_until_the_next_and_as_long_as_any_message():
    for entry in app.conf.beat_schedule.values():
        assert entry["options"]["expires"] >= max(MESSAGE_LASTS, 2 * entry["schedule"])
