"""While nothing is due, no task wakes a worker: one that wakes a worker for itself would do so again without end."""

import pytest
import redis
from django.conf import settings

import claims.tasks
import sources.tasks
import workbench.tasks
from tests import make
from workbench.celery import app

pytestmark = pytest.mark.django_db(transaction=True)  # messages go out at the commit
TASKS = sorted(workbench.tasks.TIMETABLE | sources.tasks.TIMETABLE | claims.tasks.TIMETABLE)


@pytest.fixture
def queue():
    """How many messages wait in the broker; the queue is emptied by asking."""
    client = redis.Redis.from_url(settings.REDIS_URL)

    def taken():
        number = client.llen("celery")
        client.delete("celery")
        return number

    taken()
    yield taken
    taken()


def done_by(tasks):
    for name in tasks:
        app.tasks[name]()


def test_no_task_sends_a_message_where_nothing_is_due(queue):
    make.reading(language="fr")
    for _round in range(3):  # the first rounds read, embed and index
        done_by(TASKS)
    queue()

    done_by(TASKS)

    assert queue() == 0
