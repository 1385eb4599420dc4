"""Reread captures with a newer reader: this adds readings, and changes none."""

from __future__ import annotations

from django.db import transaction
from django.db.models import OuterRef, Subquery

from sources.formats.html import READER
from sources.models import Capture, Reading
from workbench.desk.work_queue import wake

BATCH = 500


def reread() -> int:
    """Make a reading due for every capture whose newest reading is by an older reader; return how many.

    Not for pasted texts, which no reader extracted, nor for captures that repeat an earlier payload.
    """
    newest = Reading.objects.filter(capture=OuterRef("pk")).order_by("-pk").values("reader")[:1]
    behind = (
        Capture.objects.filter(revisits=None, document__url__startswith="http", readings__isnull=False)
        .annotate(reader=Subquery(newest))
        .exclude(reader=READER)
        .distinct()
    )
    keys = list(behind.values_list("pk", flat=True))
    with transaction.atomic():
        for start in range(0, len(keys), BATCH):
            rows = [Reading(capture_id=key, reader=READER) for key in keys[start : start + BATCH]]
            Reading.objects.bulk_create(rows, ignore_conflicts=True)
        if keys:
            wake(Reading)
    return len(keys)
