from datetime import timedelta
from itertools import pairwise
from time import sleep

import pytest
import redis
from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from sources.models import Document, Search, SearchHit
from tests import databases, make
from workbench.celery import app
from workbench.desk import work_queue
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.work_queue import PutOff, Trouble, drain, take_step

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def ago(minutes):
    return timezone.now() - minutes * MINUTE


def claim_next():
    return Search.objects.all().claim_next()


def end_lease(row):
    """Let a row's lease be over, as it is when its worker was killed or frozen."""
    Search.objects.filter(pk=row.pk).update(leased_until=ago(1))


def end_wait(row):
    Search.objects.filter(pk=row.pk).update(due_at=ago(1))


def note_an_effect(row):
    make.hit(row)


def lose_the_database(_row):
    """Have the server end the connection in the middle of a step, as it does when it stops or crashes."""
    with databases.unbound() as cursor:
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")


def fail(row):
    make.hit(row)
    raise ValueError("no\0 luck")


def seconds_until(moment):
    return round((moment - timezone.now()).total_seconds())


def test_the_row_that_waits_longest_comes_first():
    new, old, middle = (make.search(due_at=ago(minutes)) for minutes in (1, 3, 2))

    taken = [claim_next(), claim_next(), claim_next(), claim_next()]

    assert taken == [old, middle, new, None]


@pytest.mark.parametrize("due_at", [None, timezone.now() + timedelta(days=9)])
def test_a_row_whose_time_has_not_come_is_left_alone(due_at):
    make.search(due_at=due_at)

    assert claim_next() is None


def test_a_row_is_held_until_its_lease_is_over():
    make.search()
    first = claim_next()
    held = claim_next()

    end_lease(first)
    put_down = claim_next()
    end_wait(first)
    second = claim_next()

    assert (held, put_down, second) == (None, None, first)
    assert second.fence > first.fence
    assert seconds_until(second.leased_until) == settings.WORK_LEASE.total_seconds()


@pytest.mark.django_db(transaction=True)
def test_a_row_in_its_step_is_locked_for_workers_and_open_to_those_who_point_to_it():
    row, document = make.search(), make.document()
    other = connection.copy()

    with transaction.atomic():
        claim_next().hold_fence()
        with other.cursor() as cursor:
            cursor.execute("set lock_timeout = '100ms'")
            cursor.execute(
                "insert into sources_searchhit (search_id, document_id, rank, found_at) values (%s, %s, 1, now())",
                [row.pk, document.pk],
            )
            with pytest.raises(OperationalError, match="lock timeout"):
                cursor.execute("update sources_search set due_at = now() where id = %s", [row.pk])
    other.close()

    assert SearchHit.objects.count() == 1


# Steps and their ends


def test_a_step_says_when_to_come_back():
    make.search(tries=3, trouble="no luck")
    later = timezone.now() + MINUTE

    take_step(claim_next(), lambda _row: later)

    row = Search.objects.get()
    assert (row.due_at, row.leased_until, row.tries, row.trouble) == (later, None, 0, "")


def test_a_step_without_an_answer_is_the_last():
    make.search()

    take_step(claim_next(), note_an_effect)

    row = Search.objects.get()
    assert (row.due_at, row.leased_until, row.hits.count()) == (None, None, 1)


def test_a_worker_frozen_past_its_lease_leaves_no_effect():
    make.search()
    frozen = claim_next()
    end_lease(frozen)
    claim_next()
    end_wait(frozen)
    other = claim_next()

    take_step(frozen, note_an_effect)

    row = Search.objects.get()
    assert (row.hits.count(), row.fence, row.leased_until) == (0, other.fence, other.leased_until)


def test_a_worker_frozen_on_the_network_leaves_no_effect():
    make.search()

    def freeze(row):
        end_lease(row)
        claim_next()
        yield
        make.hit(row)

    take_step(claim_next(), freeze)

    assert SearchHit.objects.count() == 0


def test_a_row_that_is_gone_is_let_go():
    make.search()
    row = claim_next()
    Search.objects.all().delete()

    take_step(row, note_an_effect)

    assert Document.objects.count() == 0


def test_a_step_that_fails_is_undone_and_says_why():
    make.search()

    take_step(claim_next(), fail)

    row = Search.objects.get()
    assert (row.tries, row.trouble, row.hits.count()) == (1, "ValueError: no\N{REPLACEMENT CHARACTER} luck", 0)
    assert 8 <= seconds_until(row.due_at) <= 12
    assert list(Search.objects.all().in_trouble()) == [row]


def test_a_step_in_trouble_keeps_what_it_noted():
    make.search()

    def give_up(row):
        make.hit(row)
        return Trouble("Too slow")

    take_step(claim_next(), give_up)

    row = Search.objects.get()
    assert (row.tries, row.trouble, row.hits.count(), row.leased_until) == (1, "Too slow", 1, None)
    assert row.due_at > timezone.now()


def test_the_wait_grows_with_every_failure_until_a_person_must_look():
    row = make.search()

    waits = []
    for _each in range(MOST_TRIES):
        Search.objects.update(due_at=ago(1))
        take_step(claim_next(), fail)
        row.refresh_from_db()
        waits.append(row.due_at and seconds_until(row.due_at))

    assert waits.pop() is None
    assert 2 * 3600 < sum(waits) < 4 * 3600
    assert all(before * 1.3 < after for before, after in pairwise(waits))
    assert (row.is_stuck, claim_next()) == (True, None)


def test_a_row_whose_worker_was_killed_lets_others_go_first():
    killer, other = make.search(due_at=ago(9)), make.search(due_at=ago(1))
    end_lease(claim_next())

    taken = [claim_next(), claim_next()]

    killer.refresh_from_db()
    assert taken == [other, None]
    assert (killer.tries, killer.leased_until) == (1, None)
    assert 8 <= seconds_until(killer.due_at) <= 12
    assert killer.trouble == "The worker on this task was killed, or the task took longer than 90 seconds."
    assert list(Search.objects.all().in_trouble()) == [killer]


def test_a_worker_frozen_until_its_row_was_put_down_leaves_no_effect():
    make.search()
    frozen = claim_next()
    end_lease(frozen)
    claim_next()

    take_step(frozen, note_an_effect)

    row = Search.objects.get()
    assert (row.hits.count(), row.tries, bool(row.trouble)) == (0, 1, True)


def test_a_row_that_kills_its_worker_each_time_waits_longer_and_then_for_a_person():
    row = make.search()

    waits = []
    for _each in range(MOST_TRIES):
        end_wait(row)
        end_lease(claim_next())
        assert claim_next() is None
        row.refresh_from_db()
        waits.append(row.due_at and seconds_until(row.due_at))

    assert waits.pop() is None
    assert all(before * 1.3 < after for before, after in pairwise(waits))
    assert (row.is_stuck, row.trouble.split(",")[0]) == (True, "The worker on this task was killed")


def test_a_step_that_the_time_limit_stops_says_how_long_it_took():
    make.search()

    def dawdle(_row):
        raise SoftTimeLimitExceeded

    take_step(claim_next(), dawdle)

    row = Search.objects.get()
    assert (row.tries, row.trouble) == (1, "The task took longer than 75 seconds.")


@pytest.mark.django_db(transaction=True)
def test_an_outage_of_the_database_is_not_the_fault_of_the_row():
    make.search(tries=3)

    take_step(claim_next(), lose_the_database)
    put_off = Search.objects.get()
    end_wait(put_off)
    take_step(claim_next(), note_an_effect)

    row = Search.objects.get()
    assert (put_off.tries, put_off.leased_until) == (3, None)
    assert put_off.trouble == "The connection to the database was lost during this task."
    assert 3 <= seconds_until(put_off.due_at) <= 5
    assert (row.tries, row.trouble, row.hits.count()) == (0, "", 1)


@pytest.mark.django_db(transaction=True)
def test_a_step_that_ends_the_connection_every_time_is_set_aside_too():
    row = make.search()

    tries = []
    while (row.due_at is not None) and len(tries) < 2 * MOST_TRIES:
        end_wait(row)
        take_step(claim_next(), lose_the_database)
        row.refresh_from_db()
        tries.append(row.tries)

    assert tries == list(range(MOST_TRIES + 1))
    assert row.is_stuck


def test_an_error_that_leaves_the_connection_whole_counts():
    make.search()

    def wait_too_long(_row):
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 10")
            cursor.execute("select pg_sleep(1)")

    take_step(claim_next(), wait_too_long)

    row = Search.objects.get()
    assert (row.tries, row.trouble.split(":")[0]) == (1, "OperationalError")


@pytest.mark.parametrize(("answer", "trouble"), [(PutOff(MINUTE), "Too slow"), (Trouble("Away", MINUTE), "Away")])
def test_patience_is_no_failure(answer, trouble):
    make.search(tries=MOST_TRIES - 1, trouble="Too slow")

    def wait(row):
        if isinstance(answer, PutOff):
            raise answer
        return answer

    take_step(claim_next(), wait)

    row = Search.objects.get()
    assert (row.tries, row.trouble, row.leased_until) == (MOST_TRIES - 1, trouble, None)
    assert 59 <= seconds_until(row.due_at) <= 60


def test_what_stands_before_the_yield_runs_outside_the_transaction():
    make.search()
    depth = []

    def step(row):
        depth.append(len(connection.savepoint_ids))
        yield
        depth.append(len(connection.savepoint_ids))

    take_step(claim_next(), step)

    assert depth == [0, 1]


def test_a_step_may_end_before_its_yield():
    make.search()
    later = timezone.now() + MINUTE

    def step(row):
        if row.pk:
            return later
        yield

    take_step(claim_next(), step)

    row = Search.objects.get()
    assert (row.due_at, row.trouble) == (later, "")


def test_a_step_that_yields_twice_is_undone():
    make.search()

    def step(row):
        yield
        make.hit(row)
        yield

    take_step(claim_next(), step)

    row = Search.objects.get()
    assert (row.trouble.split(".")[0], row.hits.count()) == (
        "TypeError: A step yields once: what stands before changes nothing, what follows changes it all",
        0,
    )


# Asking again


def test_asking_again_during_a_step_is_not_forgotten():
    make.search()

    def step(row):
        Search.objects.get().ask()
        yield
        row.save()
        return timezone.now() + MINUTE

    take_step(claim_next(), step)

    assert claim_next() is not None


def test_asking_again_during_a_step_that_fails_gives_it_a_clean_sheet():
    make.search(tries=MOST_TRIES - 1)

    def step(row):
        Search.objects.get().ask()
        yield
        raise ValueError("no luck")

    take_step(claim_next(), step)
    again = claim_next()

    assert (again.tries, again.trouble) == (1, "ValueError: no luck")


def test_asking_frees_a_row_that_waits_for_a_person():
    row = make.search(tries=MOST_TRIES, trouble="no luck", due_at=None)

    row.ask()

    assert (claim_next(), Search.objects.get().trouble) == (row, "")


def test_saving_a_row_does_not_touch_its_place_in_the_queue():
    stale = make.search()
    held = claim_next()

    stale.words = "pylon"
    stale.save()

    row = Search.objects.get()
    assert (row.words, row.fence, row.tries, row.leased_until) == ("pylon", held.fence, held.tries, held.leased_until)


# Messages


def test_many_rows_of_a_kind_make_one_message_a_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as messages:
        for _each in range(5):
            make.search()
        make.document()
        Search.objects.first().ask()

    assert len(messages) == 2


def test_rows_that_are_not_due_make_no_message(django_capture_on_commit_callbacks):
    row = make.search(due_at=None)

    with django_capture_on_commit_callbacks() as messages:
        make.search(due_at=None)
        row.save()

    assert messages == []


def test_asking_for_rows_of_which_there_are_none_makes_no_message(django_capture_on_commit_callbacks):
    make.search(due_at=None)

    with django_capture_on_commit_callbacks() as messages:
        Search.objects.filter(words="nowhere").ask()

    assert messages == []


@pytest.fixture
def queue():
    """The messages that wait in the broker, whose queue bears the name Celery gives it."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete("celery")
    yield lambda: client.llen("celery")
    client.delete("celery")


def test_a_commit_that_makes_a_row_due_sends_a_message(queue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make.search()

    assert queue() == 1


def test_without_a_broker_the_row_waits_for_the_next_pulse(monkeypatch, caplog, django_capture_on_commit_callbacks):
    monkeypatch.setattr(app.conf, "broker_write_url", "redis+socket:///nowhere.sock")
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)

    with django_capture_on_commit_callbacks(execute=True):
        row = make.search()

    assert [record.getMessage() for record in caplog.records] == [
        "no broker: sources.tasks.run_searches waits for the next pulse"
    ]
    assert claim_next() == row


# A worker's shift


def test_a_shift_takes_every_due_row(queue):
    for _each in range(3):
        make.search()
    make.search(due_at=None)

    stepped = drain(Search.objects.all(), note_an_effect)

    assert (stepped, SearchHit.objects.count(), queue()) == (3, 3, 0)


def test_a_shift_that_is_over_calls_the_next(queue):
    for _each in range(3):
        make.search()

    stepped = drain(Search.objects.all(), lambda _row: sleep(0.2), budget=timedelta(seconds=0.1))

    assert (stepped, queue()) == (1, 1)


def test_only_work_can_be_drained():
    with pytest.raises(TypeError, match="User is not work"):
        drain(type(make.user()).objects.all(), note_an_effect)


def test_the_place_in_the_queue_is_what_the_table_of_columns_says():
    assert {field.name for field in work_queue.Work._meta.local_fields} == work_queue.QUEUE
