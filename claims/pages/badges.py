"""Badges of claims: status, rating of the verdict, stance of evidence, and corrections of a report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim, Decision, Evidence, Report
from claims.models.vocabulary import AssertionStatus, Stance, Status
from workbench.pages.badges import BAD, DOUBT, PLAIN, Badge


def of_status(claim: Claim) -> Badge:
    """Return how far the work on a claim has come."""
    return Badge(claim.get_status_display(), f"{PLAIN} is-{claim.status}")


def of_rating(row: Decision) -> Badge:
    """Return the rating of a verdict."""
    return Badge(row.get_rating_display(), f"{PLAIN} is-{row.rating}")


def of_evidence(row: Evidence) -> Badge:
    """Return what people say a passage does to the claim; of a passage that waits for them, that it is suggested."""
    if row.standing == AssertionStatus.CONFIRMED:
        return Badge(row.get_stance_display(), f"{PLAIN} is-{row.stance}")
    label = Stance.UNRELATED.label if row.standing == AssertionStatus.REJECTED else row.get_standing_display()
    return Badge(str(label), f"{PLAIN} is-{row.standing}")


def of_corrections(report: Report) -> Badge | None:
    """Return what happened to a report since it was published, if anything did (see ``ReportQuerySet.for_list``)."""
    row: Any = report
    if row.retracted:
        return Badge(_("Retracted"), BAD)
    if row.corrected:
        return Badge(_("Corrected"), DOUBT)
    return Badge(_("Another language version was corrected")) if row.elsewhere else None


def reviews_submitted(claim: Claim) -> str:
    """Return how many reviews of this round a claim in review has; nothing for other claims of a list."""
    number = getattr(claim, "reviewed", None)
    if claim.status != Status.IN_REVIEW or number is None:
        return ""
    return ngettext("%(number)s review", "%(number)s reviews", number) % {"number": number}
