"""Health of the workbench: database, broker, migrations, clock, workers, late work, and work that needs attention.

Each check asks by an index, so it costs the same however much is held. ``/readyz`` gives the figures, the page of
problems the sentences, and a page that waits for work one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from time import monotonic
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Exists, ExpressionWrapper, F, Q, QuerySet, Value, fields
from django.db.models.functions import Greatest, Now
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.timezone import now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from workbench.celery import app
from workbench.desk import app_role, declarations, heartbeat, public_identity, retrying
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.declarations import Health
from workbench.desk.models import Heartbeat
from workbench.desk.retrying import kinds
from workbench.desk.work_queue import Work

PATIENCE = 2  # seconds for the broker; a load balancer wants to know now
CLOCK_SILENT = 30  # seconds; the clock leaves a heartbeat every ten
STEP_ENDS = 10  # seconds beyond the time limit of a task, at which even a worker with a long step has been heard
OLDEST = 50  # rows looked at for the oldest: the first ones may be in the hands of workers
MOST_PROBLEMS = 1_000  # rows counted of each kind
MOST_NAMED = 10
MOST_DEAD = 100_000  # dead rows of a table, when they are also more than its live ones: reading it slows down


@dataclass(frozen=True)
class Wait:
    """How long the oldest due row of one kind of work has waited, in seconds; ``served`` is when a step last ended.

    The bound is that of a silent worker and one pulse of the task: every worker may be in the longest of steps.
    """

    kind: type[Work]
    seconds: float
    bound: float
    served: float | None

    @property
    def is_late(self) -> bool:
        """Whether this kind of work is late.

        Rows that wait for their turn at a site are not late while workers serve them one after the other.
        """
        is_served = self.served is not None and self.served <= self.bound
        return self.seconds > self.bound and not (self.kind.takes_turns and is_served)


def database() -> Health:
    """Say whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Health(ok=False, problem=_("The database does not answer."))
    return Health(ok=True)


def broker() -> Health:
    """Say whether the broker answers."""
    try:
        with app.connection_for_write() as opened:
            opened.ensure_connection(max_retries=0, timeout=PATIENCE)
    except OperationalError:
        problem = _("The broker (Valkey or Redis) does not answer. Workers cannot fetch pages.")
        return Health(ok=False, problem=problem)
    return Health(ok=True)


def migrations() -> Health:
    """Say whether the database has the tables that this code expects."""
    missing = sorted(_known_migrations() - set(MigrationRecorder(connection).applied_migrations()))
    if not missing:
        return Health(ok=True, figures={"unapplied": 0})
    problem = _("The database is not up to date. Run “manage.py migrate”.")
    first = ".".join(missing[0])
    return Health(ok=False, figures={"unapplied": len(missing), "first": first}, problem=problem)


def clock() -> Health:
    """Say whether the clock ticks: without it, work that is due again waits until something else wakes a worker."""
    age = heartbeat.ages().get(heartbeat.CLOCK)
    figures = {"seconds_silent": _rounded(age), "bound_seconds": CLOCK_SILENT}
    if age is not None and age <= CLOCK_SILENT:
        return Health(ok=True, figures=figures)
    if age is None:
        return Health(ok=False, figures=figures, problem=_("The clock has never run. Start “celery beat”."))
    problem = _("The clock stopped %(time)s ago. Work that is due again waits. Start “celery beat”.")
    return Health(ok=False, figures=figures, problem=problem % {"time": _duration(age)})


def workers() -> Health:
    """Say whether any worker has served the queue, as every worker does that the clock wakes."""
    age = _since_served()
    bound = _worker_bound()
    figures = {"seconds_silent": _rounded(age), "bound_seconds": bound}
    if age is not None and age <= bound:
        return Health(ok=True, figures=figures)
    if age is None:
        problem = _("No worker has ever served the queue. Start “celery worker”.")
        return Health(ok=False, figures=figures, problem=problem)
    problem = _("No worker has served the queue for %(time)s. Check that “celery worker” runs.")
    return Health(ok=False, figures=figures, problem=problem % {"time": _duration(age)})


def queue() -> Health:
    """Say whether any kind of work is late, with the age of the oldest due row of each kind."""
    heartbeats = heartbeat.ages()
    found = dict(zip(kinds(), waits_of(kinds().values(), heartbeats), strict=True))
    late = [wait for wait in found.values() if wait.is_late]
    figures = {
        label: {"oldest_due_seconds": _rounded(wait.seconds), "bound_seconds": wait.bound, "late": wait.is_late}
        for label, wait in found.items()
    }
    return Health(ok=not late, figures=figures, problem=" ".join(_late(wait) for wait in late))


def set_aside() -> Health:
    """Count the rows whose last step failed, and name some; it is no fault of the machine, so nothing depends on it."""
    failing: list[tuple[bool, int, str, int]] = []
    for label in retrying.failing():
        rows: Any = kinds()[label]._default_manager.exclude(trouble="").order_by(F("due_at").asc(nulls_first=True))
        rows = rows.values_list("pk", "tries", "due_at")
        failing += [(due_at is not None, -tries, label, key) for key, tries, due_at in rows[:MOST_PROBLEMS]]
    waiting = sum(not is_due for is_due, *_rest in failing)
    named = [f"{label} {key}" for _due, _tries, label, key in sorted(failing)[:MOST_NAMED]]
    return Health(ok=None, figures={"failing": len(failing) - waiting, "set_aside": waiting, "rows": named})


def clean_up() -> Health:
    """Say whether PostgreSQL cleans up after changes: a transaction that stays open for hours stops it everywhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_dead_tup FROM pg_stat_user_tables"
            " WHERE n_dead_tup > greatest(%s, n_live_tup) ORDER BY n_dead_tup DESC LIMIT 1",
            [MOST_DEAD],
        )
        found = cursor.fetchone()
        if found is None:
            return Health(ok=None)
        cursor.execute(
            "SELECT extract(epoch FROM now() - min(xact_start)) FROM pg_stat_activity WHERE backend_xmin IS NOT NULL"
        )
        (oldest,) = cursor.fetchone()
    table, dead = found
    text = _(
        "PostgreSQL does not clean up the table %(table)s, so the workbench slows down. The oldest transaction has been"
        " open for %(time)s: end it, or start “VACUUM” by hand."
    )
    problem = text % {"table": table, "time": _duration(float(oldest or 0))}
    return Health(ok=None, figures={"table": table, "dead_rows": dead}, problem=problem)


CHECKS = {
    "database": database,
    "broker": broker,
    "migrations": migrations,
    "clock": clock,
    "workers": workers,
    "queue": queue,
    "problems": set_aside,
    "clean_up": clean_up,
    "publishing": public_identity.health,
    "database_user": app_role.health,
}


SELDOM = {"migrations", "clean_up", "database_user"}  # an upgrade or an operator changes it; the slowest questions
KEPT = 10.0  # seconds for which an answer to one of these stands, unless the check failed
kept_answers: dict[tuple[str, str | None], tuple[float, Health]] = {}  # by check and language, with when it was given


def answers() -> dict[str, Health]:
    """Return the answer of every declared check; a check that the database refuses has failed.

    A load balancer asks every few seconds. What changes seldom is asked again after ten seconds, and each time while
    the check fails.
    """
    return {name: _kept_or_asked(name, check) for name, check in declarations.health_checks().items()}


def waits_of(waited_for: Iterable[type[Work]], heartbeats: dict[str, float]) -> list[Wait]:
    """Return how long the oldest due row of each kind has waited that no worker holds; one query for all."""
    kinds_asked = tuple(waited_for)
    longest = [0.0] * len(kinds_asked)
    for place, age in _waits(asked=kinds_asked) if kinds_asked else ():
        longest[place] = max(longest[place], age.total_seconds())
    timetable = declarations.timetable()
    return [
        Wait(kind, seconds, _worker_bound() + timetable.get(kind.task, 0), heartbeats.get(kind.task))
        for kind, seconds in zip(kinds_asked, longest, strict=True)
    ]


@CompiledQuery
def _waits(*, asked: tuple[type[Work], ...]) -> QuerySet[Any]:
    since = Greatest("due_at", "leased_until")  # of a worker that was killed, nobody could take the row before
    waited = ExpressionWrapper(Now() - since, output_field=fields.DurationField())
    first, *others = [
        kind._default_manager.all().due().order_by("due_at").values_list(Value(place), waited)[:OLDEST]
        for place, kind in enumerate(asked)
    ]
    return first.union(*others, all=True)


def silence(*waited_for: type[Work]) -> str:
    """Return in one sentence why a page waits in vain for workers, or for these kinds of work; empty where it does not.

    For everybody at the desk: it says what they can do, not which program to start.
    """
    ages = heartbeat.ages()
    served, ticked = _since_served(ages), ages.get(heartbeat.CLOCK)
    if served is None:
        return _("No worker has served the queue yet, so this waits. Tell the person who runs this workbench.")
    if served > _worker_bound():
        text = _("No worker has served the queue for %(time)s, so this waits. Tell the person who runs this workbench.")
        return text % {"time": _duration(served)}
    if ticked is None or ticked > CLOCK_SILENT:
        return _("The clock of this workbench has stopped, so this may wait. Tell the person who runs this workbench.")
    late = [wait for wait in waits_of(waited_for, ages) if wait.is_late]
    if not late:
        return ""
    text = _("The workers are late: some of this has waited for %(time)s.")
    return text % {"time": _duration(max(wait.seconds for wait in late))}


def lives() -> Q:
    """Return a condition for a query: whether workers serve the queue and the clock ticks, as ``silence`` tells it."""
    beats = Heartbeat.objects.all()
    served = beats.filter(name__in=list(declarations.timetable()), at__gt=Now() - timedelta(seconds=_worker_bound()))
    ticked = beats.filter(name=heartbeat.CLOCK, at__gt=Now() - timedelta(seconds=CLOCK_SILENT))
    return Q(Exists(served)) & Q(Exists(ticked))


def _kept_or_asked(name: str, check: Any) -> Health:
    if name not in SELDOM:
        return _answer(check)
    asked, key = monotonic(), (name, get_language())
    if (kept := kept_answers.get(key)) and asked - kept[0] < KEPT:
        return kept[1]
    answer = _answer(check)
    if answer.ok is not False:
        kept_answers[key] = asked, answer
    return answer


def _answer(check: Any) -> Health:
    try:
        return check()  # type: ignore[no-any-return]
    except DatabaseError as error:
        return Health(ok=False, figures={"error": type(error).__name__})


def _late(wait: Wait) -> str:
    text = _("%(kind)s: the oldest task that is due has waited for %(time)s.")
    return text % {"kind": capfirst(str(wait.kind._meta.verbose_name_plural)), "time": _duration(wait.seconds)}


def _since_served(ages: dict[str, float] | None = None) -> float | None:
    known = heartbeat.ages() if ages is None else ages
    return min((age for name, age in known.items() if name in declarations.timetable()), default=None)


def _worker_bound() -> float:
    return float(settings.CELERY_TASK_TIME_LIMIT + STEP_ENDS)


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Return app and name of every migration, from the names of the files: to load them all would take a second."""
    found = set()
    for config in apps.get_app_configs():
        place, _is_named = MigrationLoader.migrations_module(config.label)
        if place and find_spec(place):
            files = iter_modules(getattr(import_module(place), "__path__", ()))  # some name a module without migrations
            found |= {(config.label, file.name) for file in files if file.name[0] not in "_~"}
    return frozenset(found)


def _duration(seconds: float) -> str:
    if seconds < 120:
        return ngettext("%(number)d second", "%(number)d seconds", round(seconds)) % {"number": round(seconds)}
    end = now()
    return timesince(end - timedelta(seconds=seconds), end, depth=1)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
