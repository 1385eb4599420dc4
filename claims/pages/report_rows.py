"""What the list of reports shows of each: plain values, for ``kept_row``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from claims.models import Report
from claims.pages import badges
from workbench.pages.badges import Badge
from workbench.pages.templatetags.words import choice


@dataclass(frozen=True)
class ListedReport:
    """A report of a list; ``claim_language`` is that of the claim, ``language`` that of the report."""

    url: str
    number: int
    claim: str
    claim_language: str
    rating: str
    language: str
    frozen_at: datetime
    frozen_by: str
    badges: tuple[Badge, ...]


def report_row(report: Report) -> ListedReport:
    """Return what a list shows of a report, as ``ReportQuerySet.for_list`` loads it."""
    claim = report.decision.claim
    return ListedReport(
        url=report.get_absolute_url(),
        number=report.number,
        claim=str(claim),
        claim_language=claim.language,
        rating=choice(report.decision, "rating"),
        language=report.language,
        frozen_at=report.frozen_at,
        frozen_by=str(report.frozen_by),
        badges=tuple(badges.of_report(report)),
    )
