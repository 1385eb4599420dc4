"""What others did lately with the rows of a page: shown where a form was refused, so that its person sees why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone

from workbench.desk import audit, declarations
from workbench.desk.models import LogEntry, User
from workbench.desk.vocabulary import DeskAct

LATELY = timedelta(hours=12)  # a shift: the longest that a form stays open, as for the words of an ended session
MOST_ACTS = 5
MOST_ROWS = 100


def by_others(person: object, rows: Iterable[object]) -> list[LogEntry]:
    """Return what others did lately with these rows and lists of rows: acts that end what people may do come first.

    Who may not read the whole log reads what their page shows to everybody who sees the row (``open_logs``), and what
    others did with their own account.
    """
    if not isinstance(person, User):
        return []
    names = sorted({audit.name_of(row) for row in _flat(rows) if isinstance(row, models.Model) and row.pk is not None})
    if not names:
        return []
    since = timezone.now() - LATELY
    about = Q(chain__in=names[:MOST_ROWS]) | Q(subject__in=names[:MOST_ROWS])
    entries = LogEntry.objects.filter(about, actor__isnull=False, recorded_at__gte=since).exclude(actor=person)
    entries = entries if person.may(DeskAct.READ_LOG) else entries.filter(_open_to(person))
    closing = [verb for verbs in declarations.open_logs().values() for verb in verbs]
    place = Case(When(verb__in=closing, then=0), default=1)
    return list(entries.select_related("actor").order_by(place, "-recorded_at", "-pk")[:MOST_ACTS])


def _open_to(person: User) -> Q:
    """Return which entries of the log somebody reads without the right to read the whole log."""
    shown = Q(chain=audit.name_of(person))
    for model in declarations.open_logs():
        shown |= Q(chain__startswith=f"{model} ")
    return shown


def _flat(rows: Iterable[object]) -> Iterator[object]:
    """Return rows, and those of lists among them."""
    for row in rows:
        yield from row if isinstance(row, list) else [row]
