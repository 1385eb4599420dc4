"""The work queue: rows that wait in the database until they are due, with leases, fences and retries.

A row that is Work carries its own place in the queue: ``due_at`` says when to look at it next, and null says
never. A worker claims the longest-waiting due row, takes one step with it, and commits the effect of the step together
with the next ``due_at`` in one transaction that checks the fence. A lost message or a killed worker costs a delay,
never the work. A worker frozen past its lease finds the fence moved, and its step undone.

A row whose lease ran out had its worker killed, or stopped by the time limit of a task. Whoever finds it puts it down
like a row that failed: it waits longer each time and says why, so the others go first.

A lost connection to the database is not the fault of the row: it comes back after a short wait, and the try does not
count. The row says so until a step succeeds. If the connection is lost again on the very next step with this row, the
row may be the cause, so from then on it counts as a failure: such a row waits longer each time too, until a person
looks at it.

A step is ``step(row) -> datetime | None``: when to come back. A step that failed and has something to keep returns
``Trouble`` instead of raising. A step that talks to the network is a generator function: what stands before its
``yield`` runs outside the transaction and changes nothing; what follows runs inside. The retry policy is ``backoff``.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from typing import Any, ClassVar, Self

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.db.models.functions import Coalesce, Least, Now
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from workbench.desk import backoff, heartbeat, worker_messages

log = logging.getLogger(__name__)

SHIFT = timedelta(seconds=5)  # one task works about this long, so that a flood of one kind never starves another
NEVER = datetime.max.replace(tzinfo=UTC)  # sorts after every time
QUEUE = frozenset({"due_at", "leased_until", "fence", "tries", "trouble"})  # columns that this module alone writes
AFTER_OUTAGE = timedelta(seconds=5)  # how long a row waits that the database left in the middle of its step
OUTAGE = 15  # seconds for which a worker waits for the database, to put such a row down

# What a row says in the words of a person; stored in English, translated where it is shown.
KILLED = gettext_noop("The worker on this task was killed, or the task took longer than %(n)d seconds.")
TOO_LONG = gettext_noop("The task took longer than %(n)d seconds.")
CONNECTION_LOST = gettext_noop("The connection to the database was lost during this task.")


@dataclass(frozen=True)
class Trouble:
    """The answer of a step that failed and has something to keep: the row waits longer, and says why.

    With a ``wait`` the fault passes by itself: the row comes back after that time however often it failed, and the
    try does not count.
    """

    reason: str
    wait: timedelta | None = None


Next = datetime | Trouble | None
Step = Callable[[Any], Next] | Callable[[Any], Generator[None, None, Next]]


class LostLease(Exception):
    """Another worker has taken the row since: nothing that this step did may count."""


class PutOff(Exception):
    """The step cannot be taken yet. The row comes back after a while and it does not count as a failure."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait


class WorkQuerySet(models.QuerySet[Any]):
    def due(self) -> Self:
        """Rows whose time has come and that nobody holds, the longest waiting first."""
        free = models.Q(leased_until=None) | models.Q(leased_until__lte=Now())
        return self.filter(free, due_at__lte=Now()).order_by("due_at", "pk")

    def ask(self) -> None:
        """Make these rows due now, with no tries and no trouble, and wake a worker where there are any."""
        if self.update(due_at=Now(), tries=0, trouble=""):
            wake(self.model)

    def in_trouble(self) -> Self:
        """Rows whose last step failed; those that need attention from a person come first."""
        resumes_at = Coalesce("due_at", models.Value(NEVER))
        return self.exclude(trouble="").annotate(resumes_at=resumes_at).order_by("-resumes_at", "-pk")

    def busy(self, within: timedelta = timedelta()) -> models.Q:
        """Return the condition that a worker holds a row of this kind, or takes one that never failed within a time.

        It reads one end of two indexes. An ``Exists`` would read the whole table where statistics are out of date.
        """
        fresh = self.filter(tries=0, due_at__isnull=False).order_by("due_at").values("due_at")[:1]
        held = self.filter(leased_until__isnull=False).order_by("-leased_until").values("leased_until")[:1]
        due = LessThanOrEqual(models.Subquery(fresh), Now() + within)
        return models.Q(due) | models.Q(GreaterThan(models.Subquery(held), Now()))

    def claim_next(self) -> Work | None:
        """Lease the next due row by the clock of the database; None when nothing is due.

        Rows whose lease ran out are put down on the way.
        """
        while True:
            with transaction.atomic():
                row: Work | None = self.due().select_for_update(skip_locked=True, of=("self",), no_key=True).first()
                if row is None:
                    return None
                if row.leased_until is None:
                    row.take_lease()
                    return row
                row.put_down_killed()


WorkManager = models.Manager.from_queryset(WorkQuerySet)


class Work(models.Model):
    """A row that carries its own place in the queue. Nothing but this module writes these columns after a step."""

    due_at = models.DateTimeField(_("due at"), null=True, blank=True, default=timezone.now, editable=False)
    leased_until = models.DateTimeField(_("reserved until"), null=True, blank=True, editable=False)
    fence = models.PositiveBigIntegerField(_("reservation number"), default=0, editable=False)
    tries = models.PositiveSmallIntegerField(_("failed tries"), default=0, editable=False)
    trouble = models.TextField(_("problem"), blank=True, editable=False)

    _asked_at: datetime | None = None

    task: ClassVar[str] = ""  # the name of the task that takes rows of this kind
    takes_turns: ClassVar[bool] = False  # due rows may wait long for one another, as pages of a site do

    objects = WorkManager()

    class Meta:
        abstract = True
        indexes = [
            models.Index("due_at", name="%(class)s_due", condition=models.Q(due_at__isnull=False)),
            models.Index("id", name="%(class)s_trouble", condition=~models.Q(trouble="")),
            models.Index("leased_until", name="%(class)s_leased", condition=models.Q(leased_until__isnull=False)),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, and wake a worker when the commit of a new row makes it due.

        A row that exists already keeps its place in the queue: what we read of that place may be old by now. Writing
        it back could undo a lease, or forget that somebody asked for the row in the meantime.
        """
        new = self._state.adding
        if not new and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = self._own_columns()
        super().save(*args, **kwargs)
        if new and self.due_at is not None and self.due_at <= timezone.now():
            wake(type(self))

    @property
    def is_stuck(self) -> bool:
        """Whether this row failed too often and needs attention from a person."""
        return bool(self.trouble) and self.due_at is None

    def _own_columns(self) -> set[str]:
        """Return the loaded columns of a row that are not its place in the queue."""
        columns = {field.attname: field for field in self._meta.concrete_fields if not field.primary_key}
        kept = columns.keys() - QUEUE - self.get_deferred_fields()
        return {columns[name].name for name in kept if not columns[name].generated}

    def take_lease(self) -> None:
        """Lease this row; the new fence tells this lease from every other.

        The try is counted here and taken off when the step succeeds, so a row that kills its worker counts too.
        """
        type(self)._default_manager.filter(pk=self.pk).update(
            fence=models.F("fence") + 1, tries=models.F("tries") + 1, leased_until=Now() + settings.WORK_LEASE
        )
        self.refresh_from_db(fields=["fence", "tries", "leased_until"])

    def put_down_killed(self) -> None:
        """Have this row wait, longer each time, because its lease ran out: nobody ended the step.

        The fence moves, so a worker that was only frozen finds its step undone.
        """
        trouble = KILLED % {"n": settings.CELERY_TASK_TIME_LIMIT}
        log.warning("%s %s: %s", type(self).__name__, self.pk, trouble)
        type(self)._default_manager.filter(pk=self.pk).update(
            fence=models.F("fence") + 1, leased_until=None, due_at=_another_try(self), trouble=trouble
        )

    def hold_fence(self) -> None:
        """Lock the row until the transaction ends, and raise ``LostLease`` if it was leased again since.

        Not the key: others may go on adding rows that point to this one, as a reader who adds a review does.
        """
        held = type(self)._default_manager.select_for_update(no_key=True).filter(pk=self.pk, fence=self.fence)
        if not held.exists():
            raise LostLease
        self._asked_at = self.due_at

    def settle(self, next_due: datetime | None, *, tries: int = 0, trouble: str = "") -> None:
        """End the lease, and set when the row is due next.

        A row that somebody asked for again during the step stays due, with no tries counted.
        """
        kept = type(self)._default_manager.filter(pk=self.pk)
        asked_again = list(
            kept.exclude(due_at=self._asked_at).filter(due_at__isnull=False).values_list("due_at", flat=True)
        )
        sooner = min([when for when in [*asked_again, next_due] if when is not None], default=None)
        kept.update(due_at=sooner, leased_until=None, tries=0 if asked_again else tries, trouble=trouble)
        if asked_again:
            wake(type(self))

    def ask(self) -> None:
        """Make this row due now, with no tries and no trouble, and wake a worker."""
        type(self)._default_manager.filter(pk=self.pk).update(due_at=Now(), tries=0, trouble="")
        wake(type(self))

    def come_back(self, by: datetime) -> None:
        """Make this row due by a time at the latest; a step that runs now does not delay it."""
        sooner = models.Case(models.When(leased_until__gt=Now(), then=by), default=Least("due_at", by))
        type(self)._default_manager.filter(pk=self.pk).update(due_at=sooner)

    def rest(self) -> None:
        """Take this row out of the queue, with no tries and no trouble, until somebody asks for it."""
        type(self)._default_manager.filter(pk=self.pk).update(due_at=None, tries=0, trouble="")


def wake(kind: type[Work]) -> None:
    """Tell a worker, after the commit, that there may be work of this kind."""
    worker_messages.send_after_commit(kind.task)


def drain(rows: models.QuerySet[Any], step: Step, *, budget: timedelta = SHIFT) -> int:
    """Step due rows one after another until none is due or the time is over; return how many."""
    if not isinstance(rows, WorkQuerySet):
        raise TypeError(f"{rows.model.__name__} is not work.")
    if not worker_messages.begin_shift(rows.model.task):
        return 0
    ends, stepped = monotonic() + budget.total_seconds(), 0
    while monotonic() < ends:
        row = rows.claim_next()
        if row is not None:
            take_step(row, step)
        heartbeat.beat(rows.model.task)
        if row is None:
            return stepped
        stepped += 1
    worker_messages.send(rows.model.task)  # the shift is over, the work is not
    return stepped


def take_step(row: Work, step: Step) -> None:
    """Take one step with a leased row and end the lease; a failure is noted on the row, never raised."""
    try:
        if inspect.isgeneratorfunction(step):
            _step_in_two(row, step(row))
        else:
            with transaction.atomic():
                row.hold_fence()
                _conclude(row, step(row))  # type: ignore[arg-type]
    except LostLease:
        log.info("%s %s was taken by another worker; this step is undone", type(row).__name__, row.pk)
    except PutOff as patience:
        _put_off(row, patience.wait)
    except SoftTimeLimitExceeded:
        _note_trouble(row, TOO_LONG % {"n": settings.CELERY_TASK_SOFT_TIME_LIMIT})
    except Exception as error:  # a step may fail in ways of its own: the row says how, and waits longer
        log.warning("%s %s failed", type(row).__name__, row.pk, exc_info=error)
        if _is_outage(error):
            _note_outage(row)
        else:
            _note_trouble(row, f"{type(error).__name__}: {error}")


def _step_in_two(row: Work, steps: Generator[None, None, Next]) -> None:
    ended, answer = _advance(steps)
    with transaction.atomic():
        row.hold_fence()
        if not ended:
            ended, answer = _advance(steps)
        if not ended:
            raise TypeError("A step yields once: what stands before changes nothing, what follows changes it all.")
        _conclude(row, answer)


def _advance(steps: Generator[None, None, Next]) -> tuple[bool, Next]:
    """Run a generator to its next yield, or to its end and its answer."""
    try:
        next(steps)
    except StopIteration as end:
        return True, end.value
    return False, None


def _put_off(row: Work, wait: timedelta) -> None:
    """Bring the row back later; its tries and its trouble stay."""
    _put_down(row, timezone.now() + wait, tries=row.tries - 1, trouble=row.trouble)


def _note_trouble(row: Work, trouble: str) -> None:
    _put_down(row, _another_try(row), tries=row.tries, trouble=_storable(trouble))


def _note_outage(row: Work) -> None:
    """Put a row down that lost its connection, as soon as the database answers; the first time it does not count.

    If the database stays away, the lease runs out instead.
    """
    again = row.trouble == CONNECTION_LOST
    ends = monotonic() + OUTAGE
    while True:
        connection.close()
        try:
            if again:
                _note_trouble(row, CONNECTION_LOST)
            else:
                _put_down(row, timezone.now() + AFTER_OUTAGE, tries=row.tries - 1, trouble=CONNECTION_LOST)
        except (OperationalError, InterfaceError):
            if monotonic() > ends:
                raise
            sleep(1)
        else:
            return


def _is_outage(error: Exception) -> bool:
    """Say whether an error means that the connection was lost or refused, as the client found or the server said.

    The connection itself does not tell: Django opens another one at the end of the transaction.
    """
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    code = getattr(error.__cause__, "sqlstate", None)  # the server gives one with each error, the client gives none
    return code is None or code.startswith(("08", "57P")) or code == "53300"


def _conclude(row: Work, answer: Next) -> None:
    if not isinstance(answer, Trouble):
        row.settle(answer)
    elif answer.wait is not None:
        row.settle(timezone.now() + answer.wait, tries=row.tries - 1, trouble=_storable(answer.reason))
    else:
        row.settle(_another_try(row), tries=row.tries, trouble=_storable(answer.reason))


def _another_try(row: Work) -> datetime | None:
    """Return when to retry a row, later after every failure; None once a person must look."""
    wait = backoff.wait_after(row.tries)
    return None if wait is None else timezone.now() + wait


def _storable(text: str) -> str:
    return text.replace("\0", "�")[:2000]


def _put_down(row: Work, due_at: datetime | None, *, tries: int, trouble: str) -> None:
    try:
        with transaction.atomic():
            row.hold_fence()
            row.settle(due_at, tries=tries, trouble=trouble)
    except LostLease:
        log.info("%s %s was taken by another worker meanwhile", type(row).__name__, row.pk)
