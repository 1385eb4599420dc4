"""What the page of a claim says about edits to cited pages, and about cited pages that are gone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.evidence import edit_alerts
from claims.models import Claim
from sources.models import Change, Document, Touch


@dataclass(frozen=True)
class ShownTouch:
    """What an edit did to a cited passage, and how the passage reads now, where it reads otherwise."""

    row: Touch
    now_reads: str


@dataclass(frozen=True)
class EditNotices:
    """The edits and losses under one heading."""

    title: str
    touches: list[ShownTouch]
    edited: list[Change]
    lost: list[Document]


def of(claim: Claim) -> EditNotices | None:
    """Return what happened to the pages that a claim cites, or None when nothing did."""
    found = edit_alerts.notices(claim)
    if not found:
        return None
    return EditNotices(
        title=_("A cited page was edited") if found.touches or found.edited else _("A cited page is gone"),
        touches=[ShownTouch(row, row.new if row.new != row.old else "") for row in found.touches],
        edited=found.edited,
        lost=found.lost,
    )
