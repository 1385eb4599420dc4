"""Chips: the small stamps that say in a word how a claim, a verdict, a piece of evidence or a report stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim, Decision, Evidence, Report
from claims.models.vocabulary import AssertionStatus, Stance, Status


@dataclass(frozen=True)
class Chip:
    """A word on a page, and the class that colors it (pieces.css)."""

    tone: str
    label: str


def of_status(claim: Claim) -> Chip:
    """Return how far the work on a claim has come."""
    return Chip(f"is-{claim.status}", claim.get_status_display())


def of_rating(row: Decision) -> Chip:
    """Return the rating of a verdict."""
    return Chip(f"is-{row.rating}", row.get_rating_display())


def of_evidence(row: Evidence) -> Chip:
    """Return what people say a passage does to the claim; of a passage that waits for them, that it is suggested."""
    if row.standing == AssertionStatus.CONFIRMED:
        return Chip(f"is-{row.stance}", row.get_stance_display())
    label = Stance.UNRELATED.label if row.standing == AssertionStatus.REJECTED else row.get_standing_display()
    return Chip(f"is-{row.standing}", str(label))


def of_corrections(report: Report) -> Chip | None:
    """Return what happened to a report since it was published, if anything did (see ``ReportQuerySet.for_list``)."""
    row: Any = report
    if row.retracted:
        return Chip("bad", _("Retracted"))
    if row.corrected:
        return Chip("doubt", _("Corrected"))
    return Chip("", _("Another language version was corrected")) if row.elsewhere else None


def reviews_submitted(claim: Claim) -> str:
    """Return how many reviews of this round a claim in review has; nothing for other claims of a list."""
    number = getattr(claim, "reviewed", None)
    if claim.status != Status.IN_REVIEW or number is None:
        return ""
    return ngettext("%(number)s review", "%(number)s reviews", number) % {"number": number}
