"""What others did lately with the rows of a page: shown where a form was refused, so that its person sees why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from workbench.desk import audit
from workbench.desk.models import LogEntry, User

LATELY = timedelta(hours=12)  # a shift: the longest that a form stays open, as for the words of an ended session
MOST_ACTS = 3
MOST_ROWS = 100


def by_others(person: object, rows: Iterable[object]) -> list[LogEntry]:
    """Return the newest acts of others with these rows and lists of rows, as far as the person may read the log."""
    if not isinstance(person, User):
        return []
    names = sorted({audit.name_of(row) for row in _flat(rows) if isinstance(row, models.Model) and row.pk is not None})
    if not names:
        return []
    since = timezone.now() - LATELY
    about = Q(chain__in=names[:MOST_ROWS]) | Q(subject__in=names[:MOST_ROWS])
    entries = LogEntry.objects.filter(about, actor__isnull=False, recorded_at__gte=since).exclude(actor=person)
    return list(entries.select_related("actor").order_by("-recorded_at", "-pk")[:MOST_ACTS])


def _flat(rows: Iterable[object]) -> Iterator[object]:
    """Return rows, and those of lists among them."""
    for row in rows:
        yield from row if isinstance(row, list) else [row]
