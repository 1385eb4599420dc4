"""Reread captures with a newer reader, which adds readings; extract again texts that were removed (retention)."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from sources.formats.article import READER
from sources.formats.files import reader_names
from sources.models import Capture, Document, Reading, TextRemoval
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.work_queue import wake

BATCH = 500


def reread() -> int:
    """Make a reading due for every capture whose newest reading is by an older reader; return how many.

    Also for captures whose kind no reader read so far. Not for pasted texts, which no reader extracted, nor for
    captures that repeat an earlier payload, nor where the text was removed.
    """
    readers = reader_names.current()
    by_readers = reduce(or_, (Q(reader__startswith=f"{family}@") for family in readers))  # and not by people
    newest = Reading.objects.filter(by_readers, capture=OuterRef("pk")).order_by("-pk")
    behind = (
        Capture.objects.filter(revisits=None, readings__isnull=False)
        .filter(Q(document__url__startswith="http") | Q(attempt__outcome=Outcome.BROUGHT))
        .annotate(reader=Subquery(newest.values("reader")[:1]), ended=Subquery(newest.values("outcome")[:1]))
        .filter(reader__isnull=False)
        .exclude(Q(reader__in=readers.values()) & ~Q(reader=READER, ended=Outcome.NOT_TEXT))
        .exclude(Exists(TextRemoval.objects.filter(reading__capture=OuterRef("pk"), restored_at=None)))
        .distinct()
    )
    due = [Reading(capture_id=key, reader=_newer(reader)) for key, reader in behind.values_list("pk", "reader")]
    with transaction.atomic():
        for start in range(0, len(due), BATCH):
            Reading.objects.bulk_create(due[start : start + BATCH], ignore_conflicts=True)
        if due:
            wake(Reading)
    return len(due)


def _newer(reader: str) -> str:
    """Return the reader that reads again what this one read; the bytes decide in the end."""
    return reader_names.NONE if reader == READER else reader_names.current().get(reader_names.family(reader), READER)


@transaction.atomic
def put_back(document: Document, *, by: User) -> Reading:
    """Have the newest removed text of a document extracted again from the archive; return its reading, due now.

    Where another reader made it, the present one makes a reading of its own. Raises ``Refusal`` where no text was
    removed, and ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    newest = TextRemoval.objects.newest_of(document)
    if newest is None:
        raise Refusal(_("No text of this document was removed."), "nothing")
    newest.reading.ask()
    audit.record(by, SourceVerb.ASKED_FOR_TEXT, document, sha256=newest.sha256)
    return newest.reading
