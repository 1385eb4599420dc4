"""Check the whole log in steps of a worker, which say how far they have come, and keep what they found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile
from time import monotonic

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from workbench.desk import declarations
from workbench.desk.audit import Batch
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.desk.whole_check import WholeCheck
from workbench.desk.work_queue import Next, WorkQuerySet

STEP = 20  # seconds, after which a step ends with the batch that it is at
MOST_KEPT = 200  # errors in words; the others are counted


def ask(*, by: User, language: str) -> WholeCheck:
    """Have a worker check the whole log; return the check that goes on, if there is one. Raises ``NotPermitted``."""
    require(by, DeskAct.READ_LOG)
    try:
        with transaction.atomic():
            made: WholeCheck = WholeCheck.objects.create(asked_by=by, language=language)
    except IntegrityError:
        made = WholeCheck.objects.get(done_at=None)
    return made


def due() -> WorkQuerySet:
    """Return the checks of the log, for a worker."""
    rows: WorkQuerySet = WholeCheck.objects.all()
    return rows


def step(check: WholeCheck) -> Next:
    """Go on with a check for some seconds."""
    ends = monotonic() + STEP
    with translation.override(check.language):
        for name, batch in _batches(check.part, check.place):
            check.part, check.place = name, batch.place
            check.rows, check.errors = check.rows + batch.rows, check.errors + len(batch.faults)
            told = [[fault.chain, fault.seq, str(fault.problem), fault.row] for fault in batch.faults]
            check.faults = [*check.faults, *told][:MOST_KEPT]
            if monotonic() > ends:
                check.save(update_fields=["part", "place", "rows", "errors", "faults"])
                return timezone.now()
    check.done_at = timezone.now()
    check.save(update_fields=["part", "place", "rows", "errors", "faults", "done_at"])
    return None


def _batches(part: str, place: str) -> Iterator[tuple[str, Batch]]:
    """Yield what is left of the parts of the check, from a place in one of them on."""
    parts = declarations.log_checks()
    begun = part if part in parts else ""  # a part that an upgrade took away: from the beginning
    for name, batches in dropwhile(lambda each: bool(begun) and each[0] != begun, parts.items()):
        for batch in batches(place if name == begun else ""):
            if name != begun or batch.place != place:  # a part that had come to its end says so once more
                yield name, batch
