"""Which appearances stood on pages that the desk cannot find, for a report.

Where the desk never captured a page, it found none at the address; where it did, the page is no longer there.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from claims.models import Appearance
from sources.models import Capture, Document
from sources.models.vocabulary import COVERAGE, JUDGED, LOST
from sources.web.addresses import Refused, read

Facts = dict[str, Any]

PAGES = {*COVERAGE, *JUDGED}  # how a fetch ended that showed a page, be it one in front of the article


def with_captures(rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Return appearances that know whether a page of their document was captured."""
    pages = Capture.objects.filter(document=OuterRef("document"), attempt__outcome__in=PAGES)
    return rows.annotate(has_page=Exists(pages))


def of_appearance(row: Appearance, document: Document | None) -> Facts:
    """Return whether the desk found no page at the address of an appearance, or one that is no longer there.

    The second is not told where a person noted that it was deleted: the report says so.
    """
    is_lost = document is not None and document.last_outcome in LOST and _is_its_own(row, document)
    was_there = row.passage_id is not None or getattr(row, "has_page", False)
    return {"is_gone": is_lost and not was_there, "is_gone_since": is_lost and was_there and not row.deleted_since}


def _is_its_own(row: Appearance, document: Document) -> bool:
    """Return whether the address that a report prints for an appearance is the one at which we fetch its document."""
    try:
        return not row.url or read(row.url.strip()).key == document.url
    except Refused:
        return False
