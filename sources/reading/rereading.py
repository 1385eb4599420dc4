"""Reread captures with a newer reader, which adds readings; extract again texts that were removed (retention)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from sources.formats.html import READER
from sources.models import Capture, Document, Reading, TextRemoval
from sources.models.vocabulary import SourceAct, SourceVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.work_queue import wake

BATCH = 500


def reread() -> int:
    """Make a reading due for every capture whose newest reading is by an older reader; return how many.

    Not for pasted texts, which no reader extracted, nor for captures that repeat an earlier payload, nor where the
    text was removed.
    """
    newest = Reading.objects.filter(capture=OuterRef("pk")).order_by("-pk").values("reader")[:1]
    behind = (
        Capture.objects.filter(revisits=None, document__url__startswith="http", readings__isnull=False)
        .annotate(reader=Subquery(newest))
        .exclude(reader=READER)
        .exclude(Exists(TextRemoval.objects.filter(reading__capture=OuterRef("pk"), restored_at=None)))
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
