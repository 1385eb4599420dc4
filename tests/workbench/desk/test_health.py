from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim, Comparison
from sources.models import Document, Reading, Search
from tests import databases, make
from workbench.desk import declarations, health
from workbench.desk.models import Heartbeat

pytestmark = pytest.mark.django_db

SEARCHES = "sources.tasks.run_searches"
DOCUMENTS = "sources.tasks.fetch_documents"
COMPARISONS = "claims.tasks.compare_new_coverage"


def ago(**span):
    return timezone.now() - timedelta(**span)


def last_heard(name, **span):
    Heartbeat.objects.filter(name=name).update(at=ago(**span))


def all_silent(**span):
    Heartbeat.objects.exclude(name="clock").update(at=ago(**span))


@pytest.fixture(autouse=True)
def _living():
    make.living_machine()
    with databases.unbound() as cursor:
        cursor.execute("SELECT pg_stat_reset()")  # what earlier tests rolled back counts as dead rows


def test_a_machine_that_works_passes_every_check():
    answers = health.answers()

    assert {name: answer.ok for name, answer in answers.items()} == {
        **dict.fromkeys(["database", "broker", "migrations", "clock", "workers", "queue", "archive", "coverage"], True),
        **dict.fromkeys(["parsers", "problems", "vectors", "clean_up", "database_user", "publishing"]),
    }
    assert {answer.problem for answer in answers.values()} == {""}


@pytest.mark.parametrize(("seconds", "ok"), [(25, True), (45, False)])
def test_a_clock_that_stopped_is_noticed_within_45_seconds(seconds, ok):
    last_heard("clock", seconds=seconds)

    found = health.clock()

    assert found.ok is ok
    assert found.figures["seconds_silent"] == pytest.approx(seconds, abs=5)
    assert found.problem.startswith("" if ok else f"The clock stopped {seconds} seconds ago.")


@pytest.mark.parametrize(("seconds", "ok"), [(95, True), (105, False)])
def test_workers_that_died_are_noticed_within_105_seconds(seconds, ok):
    all_silent(seconds=seconds)

    found = health.workers()

    assert found.ok is ok
    assert found.problem.startswith("" if ok else f"No worker has served the queue for {seconds} seconds.")


def test_one_worker_that_serves_one_kind_of_work_is_enough_to_live():
    all_silent(hours=1)
    last_heard(SEARCHES, seconds=1)

    assert health.workers().ok


def test_before_the_first_heartbeat_nothing_is_ready():
    Heartbeat.objects.all().delete()

    assert [health.clock().ok, health.workers().ok] == [False, False]
    assert "has never run" in health.clock().problem
    assert "No worker has ever" in health.workers().problem


def test_the_oldest_due_row_of_each_kind_is_told():
    make.search(due_at=ago(seconds=64))
    make.search(due_at=ago(seconds=200))
    make.claim(due_at=ago(seconds=30))
    make.due_reading(due_at=ago(seconds=900), leased_until=timezone.now() + timedelta(seconds=30))

    found = health.queue()

    ages = {label: row["oldest_due_seconds"] for label, row in found.figures.items() if row["oldest_due_seconds"]}
    assert ages == {"sources.search": pytest.approx(200, abs=5), "claims.claim": pytest.approx(30, abs=5)}
    assert found.figures.keys() == {model._meta.label_lower for model in health.kinds().values()}
    assert [label for label, row in found.figures.items() if row["late"]] == ["sources.search"]
    assert (found.ok, found.problem.replace("\xa0", " ")) == (
        False,
        "Searches: the oldest task that is due has waited for 3 minutes.",
    )


@pytest.mark.parametrize(("seconds", "ok"), [(100, True), (115, False)])
def test_a_row_is_late_that_waits_longer_than_the_longest_step_and_its_pulse(seconds, ok):
    make.search(due_at=ago(seconds=seconds))

    assert health.queue().ok is ok


def test_a_row_whose_worker_was_killed_waits_from_the_end_of_its_lease():
    make.search(due_at=ago(seconds=130), leased_until=ago(seconds=10))

    assert health.queue().figures["sources.search"]["oldest_due_seconds"] == pytest.approx(10, abs=5)


@pytest.mark.parametrize(("kind", "task"), [(Document, DOCUMENTS), (Comparison, COMPARISONS)])
def test_what_waits_for_its_turn_is_late_only_when_nobody_serves_it(kind, task):
    row = make.document() if kind is Document else make.comparison()
    kind.objects.filter(pk=row.pk).update(due_at=ago(hours=1))

    served = health.queue().ok
    last_heard(task, seconds=120)

    assert (served, health.queue().ok) == (True, False)


def test_failing_rows_are_counted_and_those_that_need_a_person_are_named_first():
    make.search(trouble="It broke.", tries=3, due_at=timezone.now())
    stuck = make.due_reading(trouble="It broke.", tries=8, due_at=None)

    found = health.set_aside()

    assert found.figures == {
        "failing": 1,
        "set_aside": 1,
        "rows": [f"sources.reading {stuck.pk}", f"sources.search {Search.objects.get().pk}"],
    }
    assert (found.ok, found.problem) == (None, "")


def test_migrations_that_were_not_applied_are_named():
    with databases.unbound():
        MigrationRecorder(connection).migration_qs.filter(app="workbench", name="0003_heartbeats").delete()

    found = health.migrations()

    assert (found.ok, found.figures) == (False, {"unapplied": 1, "first": "workbench.0003_heartbeats"})
    assert "manage.py migrate" in found.problem


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_not_cleaned_up_is_named_with_the_oldest_transaction(monkeypatch):
    monkeypatch.setattr(health, "MOST_DEAD", 20)
    make.claim("Velmar is flooded.")
    with databases.unbound() as mine:
        mine.execute("SELECT pg_stat_force_next_flush()")
        mine.execute("VACUUM")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM claims_claim")  # it holds what it has seen, as a long backup does
            for number in range(60):
                Claim.objects.update(tries=number)
            with databases.unbound() as mine:
                mine.execute("SELECT pg_stat_force_next_flush()")
                mine.execute("VACUUM claims_claim")
            found = health.clean_up()
    finally:
        other.close()

    assert found.ok is None  # slow, but it works
    assert found.figures["table"] == "claims_claim"
    assert found.figures["dead_rows"] >= 50
    assert "does not clean up the table claims_claim" in found.problem
    with databases.unbound() as mine:
        mine.execute("VACUUM")
    assert health.clean_up().problem == ""


def test_every_migration_is_known_by_the_name_of_its_file():
    assert health._known_migrations() == frozenset(MigrationLoader(connection).disk_migrations)


def test_every_check_asks_as_much_with_thirty_rows_as_with_one():
    def rows():
        for maker in (make.claim, make.document, make.feed, make.due_reading, make.search):
            maker(due_at=ago(minutes=9), trouble="It broke.")

    rows()
    with CaptureQueriesContext(connection) as with_one:
        health.answers()
    for _each in range(29):
        rows()
    health.kept_answers.clear()
    with CaptureQueriesContext(connection) as with_thirty:
        health.answers()

    assert len(with_thirty) == len(with_one)


WAITED_FOR = (Claim, Search, Document, Reading)


def test_a_page_that_waits_has_nothing_to_tell_while_all_works():
    make.search(due_at=ago(seconds=30))

    assert health.silence(*WAITED_FOR) == ""


@pytest.mark.parametrize(
    ("change", "start"),
    [
        (lambda: Heartbeat.objects.all().delete(), "No worker has served the queue yet"),
        (lambda: all_silent(seconds=300), "No worker has served the queue for 5 minutes"),
        (lambda: last_heard("clock", seconds=45), "The clock of this workbench has stopped"),
        (lambda: make.search(due_at=ago(minutes=4)), "The workers are late: some of this has waited for 4 minutes."),
    ],
)
def test_a_page_that_waits_in_vain_says_so_in_one_sentence(change, start):
    change()

    assert health.silence(*WAITED_FOR).replace("\xa0", " ").startswith(start)


def test_every_kind_of_work_has_a_bound():
    kinds, every = health.kinds().values(), declarations.timetable()

    assert {kind.task for kind in kinds} <= set(every)
    assert [wait.bound for wait in health.waits_of(kinds, {})] == [
        settings.CELERY_TASK_TIME_LIMIT + health.STEP_ENDS + every[kind.task] for kind in kinds
    ]


def test_an_answer_on_what_changes_seldom_stands_for_ten_seconds_and_a_failure_does_not(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(health, "monotonic", lambda: clock[0])
    assert health.answers()["migrations"].ok
    applied = MigrationRecorder(connection)
    with databases.unbound():
        applied.record_unapplied("workbench", "0003_heartbeats")

    stands = health.answers()["migrations"].ok
    clock[0] += 10
    noticed = health.answers()["migrations"].ok
    with databases.unbound():
        applied.record_applied("workbench", "0003_heartbeats")

    assert (stands, noticed, health.answers()["migrations"].ok) == (True, False, True)


def test_what_changes_by_the_second_is_asked_each_time():
    assert health.answers()["clock"].ok

    last_heard("clock", seconds=45)

    assert health.answers()["clock"].ok is False
