"""Badges of claims: status, rating of the verdict, stance of evidence, and corrections of a report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim, Decision, Evidence, Report, succession
from claims.models.vocabulary import AssertionStatus, Rating, Stance, Status, VerdictState
from workbench.pages.badges import BAD, DOUBT, PLAIN, Badge
from workbench.pages.templatetags.words import choice


def of_status(claim: Claim) -> Badge:
    """Return how far the work on a claim has come."""
    return Badge(choice(claim, "status"), f"{PLAIN} is-{claim.status}")


def of_rating(row: Decision) -> Badge:
    """Return the rating of a verdict."""
    return Badge(choice(row, "rating"), f"{PLAIN} is-{row.rating}")


def of_evidence(row: Evidence) -> Badge:
    """Return what people say a passage does to the claim; of a passage that waits for them, that it is suggested."""
    if row.standing == AssertionStatus.CONFIRMED:
        return Badge(choice(row, "stance"), f"{PLAIN} is-{row.stance}")
    label = Stance.UNRELATED.label if row.standing == AssertionStatus.REJECTED else choice(row, "standing")
    return Badge(str(label), f"{PLAIN} is-{row.standing}")


def of_corrections(report: Report) -> Badge | None:
    """Return what happened to a report since it was published, if anything did (see ``ReportQuerySet.for_list``)."""
    row: Any = report
    if row.retracted:
        return Badge(_("Retracted"), BAD)
    if row.corrected:
        return Badge(_("Corrected"), DOUBT)
    return Badge(_("Another language version was corrected")) if row.elsewhere else None


def of_report(report: Report) -> list[Badge]:
    """Return what a list says of a report: corrections, the report it replaces, and what became of its verdict."""
    row: Any = report
    found = [Badge(_("Sample"), DOUBT) if row.is_sample else None, of_corrections(report)]
    if row.successor:
        found.append(Badge(_("Replaced by report %(number)d: %(rating)s") % _named(row.successor), DOUBT))
    else:
        state = succession.state_of(report.decision.claim.status, is_last=not row.overtaken)
        found += [Badge(str(state.label), DOUBT)] if state != VerdictState.STANDS else []
    if row.predecessor:
        found.append(Badge(_("Replaces report %(number)d: %(rating)s") % _named(row.predecessor)))
    return [badge for badge in found if badge]


def _named(other: dict[str, Any]) -> dict[str, Any]:
    """Return number and rating of another report, as an annotation of ``ReportQuerySet.for_list`` gives them."""
    return {"number": other["number"], "rating": Rating(other["rating"]).label}


def reviews_submitted(claim: Claim) -> str:
    """Return how many reviews of this round a claim in review has; nothing for other claims of a list."""
    number = getattr(claim, "reviewed", None)
    if claim.status != Status.IN_REVIEW or number is None:
        return ""
    return ngettext("%(number)s review", "%(number)s reviews", number) % {"number": number}
