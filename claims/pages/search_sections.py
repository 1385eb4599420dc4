"""What the search over everything finds in the work on claims: claims and reports."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Report
from claims.models.report import ReportQuerySet
from claims.pages import badges
from claims.pages.find_claim import CLAIMS
from claims.pages.templatetags import claim_rows
from workbench.desk.declarations import FoundRow, SearchSection
from workbench.desk.vocabulary import DeskAct


def _claims(words: str) -> QuerySet[Claim]:
    found: QuerySet[Claim] = CLAIMS.search(words)
    return found.prefetch_related("decisions")


def _claim(claim: Claim) -> FoundRow:
    decision = claim_rows.verdict(claim)
    verdict = [str(decision.get_rating_display())] if decision else []
    detail = " · ".join([str(CLAIMS.offer(claim).detail), *verdict])
    return FoundRow(claim.get_absolute_url(), str(claim), claim.language, detail)


def _reports(words: str) -> ReportQuerySet:
    return Report.objects.for_list().search(words)


def _report(report: Report) -> FoundRow:
    claim = report.decision.claim
    rating = str(report.decision.get_rating_display())
    detail = " · ".join([str(report), rating, *(badge.label for badge in badges.of_report(report))])
    return FoundRow(report.get_absolute_url(), str(claim), claim.language, detail)


SECTIONS = [
    SearchSection(
        name="claims",
        label=_("Claims"),
        act=DeskAct.READ,
        order=10,
        search=_claims,
        show=_claim,
        list_of_all="claims:claims",
    ),
    SearchSection(
        name="reports",
        label=_("Reports"),
        act=DeskAct.READ,
        order=40,
        search=_reports,
        show=_report,
        list_of_all="claims:reports",
    ),
]
