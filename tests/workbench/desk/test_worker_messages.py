"""Messages to workers say only that there may be work, and many of them say no more than one."""

import json
from datetime import timedelta
from time import time

import pytest
import redis
from celery.app.trace import trace_task
from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from sources.models import Search
from tests import make
from workbench.celery import MESSAGE_LASTS, app
from workbench.desk import worker_messages
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db
LATER = timedelta(days=1)


@pytest.fixture
def broker():
    """The broker, without messages before and after the test."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete("celery")
    yield client
    client.delete("celery")


@pytest.fixture
def taken():
    """How many rows each shift of the task ``tests.shift`` took; one row is due before each."""
    make.search()
    numbers = []

    @app.task(name="tests.shift")
    def shift():
        Search.objects.update(due_at=Now())
        numbers.append(drain(Search.objects.all(), lambda _row: timezone.now() + LATER))

    yield numbers
    del app.tasks["tests.shift"]


def work_off(broker):
    """Do the task of each message that waits, with its headers, as a worker does."""
    while message := broker.rpop("celery"):
        headers = json.loads(message)["headers"]
        trace_task(app.tasks[headers["task"]], headers["id"], (), {}, request=headers, app=app)


def test_messages_that_wait_for_a_busy_worker_are_one(broker, taken):
    for _message in range(3):
        app.send_task("tests.shift")

    work_off(broker)

    assert taken == [1, 0, 0]


def test_a_message_that_comes_after_a_shift_begins_another(broker, taken):
    for _time in range(2):
        app.send_task("tests.shift")
        work_off(broker)

    assert taken == [1, 1]


@pytest.mark.parametrize("ahead", [2 * MESSAGE_LASTS, -10 * MESSAGE_LASTS])
def test_a_clock_that_is_set_anew_stops_no_work(broker, taken, monkeypatch, ahead):
    monkeypatch.setitem(worker_messages._began, Search.task, time() + ahead)

    app.send_task("tests.shift")
    work_off(broker)

    assert taken == [1]


def test_a_pulse_of_the_clock_lasts_until_the_next_and_as_long_as_any_message():
    for entry in app.conf.beat_schedule.values():
        assert entry["options"]["expires"] >= max(MESSAGE_LASTS, 2 * entry["schedule"])
