"""What a report says of files that people brought and texts that they pasted: who, when, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from claims.models import Claim
from claims.publishing.printed_values import moment
from sources.capturing import bringing
from sources.models import Bringing, Document, Reading
from sources.models.vocabulary import Outcome
from sources.reading.pasting import PASTED
from workbench.desk import hidden_rows
from workbench.desk.byline import PrintedNames

Facts = dict[str, Any]


def of_document(document: Document | None, names: PrintedNames | None = None) -> Facts | None:
    """Return who brought the file that a document is; None for a document that we fetched."""
    if document is None or not document.is_brought:
        return None
    return of(Bringing.objects.filter(capture__document=document).select_related("by"), names)


def of(bringings: Iterable[Bringing], names: PrintedNames | None = None) -> Facts | None:
    """Return who brought a file, and what this person says of it; None for what nobody brought.

    Of several times, the last one at which somebody said where it comes from, and that everybody may know of: a report
    is for everybody, and what was said for a restricted claim is not.
    """
    rows = bringing.for_everybody(sorted(bringings, key=lambda row: row.pk))
    if not rows:
        return None
    told = [row for row in rows if row.said_url or row.said_account or row.seen_at or row.obtained]
    row = (told or rows)[-1]
    return {
        "by": row.given_by if row.by is None else (names or PrintedNames()).of(row.by),
        "brought_at": moment(row.at),
        "file": row.file_name,
        "media_type": row.media_type,
        "said_url": row.said_url,
        "said_account": row.said_account,
        "seen_at": moment(row.seen_at),
        "obtained": row.obtained,
    }


def pasted(reading: Reading, names: PrintedNames) -> Facts:
    """Return who pasted a text, and when; nothing of a page that we fetched, and of a file that somebody brought.

    Nothing either of a text that was pasted for a claim which only named people see: a report is for everybody.
    """
    capture = reading.capture
    if reading.reader != PASTED or capture.attempt.outcome == Outcome.BROUGHT or _is_of_restricted(reading):
        return {}
    return {"pasted": {"by": names.of(capture.document.asked_by), "pasted_at": moment(capture.taken_at)}}


def pasted_document(document: Document | None, names: PrintedNames) -> Facts:
    """Return who pasted the text that a document is, as ``pasted`` does."""
    if document is None or document.is_web:
        return {}
    readings = Reading.objects.filter(capture__document=document, reader=PASTED).defer("text")
    found = readings.select_related("capture__attempt", "capture__document__asked_by").order_by("pk").first()
    return pasted(found, names) if found else {}


def _is_of_restricted(reading: Reading) -> bool:
    """Say whether a text stands in a claim that only named people see, whoever asks."""
    document = reading.capture.document_id
    place = "passage__reading__capture__document"
    uses = Q(appearances__document=document) | Q(**{f"appearances__{place}": document})
    with hidden_rows.everything():
        claims = Claim.objects.with_restriction().filter(is_restricted=True)
        return claims.filter(uses | Q(**{f"evidence__{place}": document})).exists()
