import pytest
from django.conf import settings

from tests import databases, make
from workbench.celery import app
from workbench.desk import clock, heartbeat

# Outside a transaction, as the clock is: it drops connections that are old.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ticking(tmp_path):
    """A clock with one entry that is never due."""
    made = clock.Clock(app, schedule_filename=str(tmp_path / "clock"))
    made.schedule = {}
    made.add(name="rarely", task="sources.tasks.poll_feeds", schedule=3600.0)
    yield made
    made.close()


def test_celery_uses_our_clock():
    assert app.conf.beat_scheduler == settings.CELERY_BEAT_SCHEDULER == "workbench.desk.clock:Clock"


def test_a_tick_leaves_a_heartbeat_and_comes_again_in_time_for_the_next(ticking):
    wait = ticking.tick()

    assert heartbeat.ages()[heartbeat.CLOCK] < 5
    assert 0 < wait <= clock.EVERY


def test_between_two_heartbeats_a_tick_asks_nothing_of_the_database(ticking, django_assert_num_queries):
    ticking.tick()

    with django_assert_num_queries(0):
        ticking.tick()


def test_without_its_table_the_clock_ticks_on(ticking, caplog):
    make.heartbeat("clock")
    with databases.unbound() as cursor:
        cursor.execute("alter table workbench_heartbeat rename to gone")
    try:
        wait = ticking.tick()
    finally:
        with databases.unbound() as cursor:
            cursor.execute("alter table gone rename to workbench_heartbeat")

    assert wait > 0
    assert "the clock could not leave a heartbeat" in caplog.text
