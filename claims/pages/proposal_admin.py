"""In the Django admin: proposed reports and corrections, where a second person can agree; rules set aside."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.models import ProposedCorrection, ProposedReport, RuleWaiver
from claims.models.vocabulary import ClaimAct
from claims.publishing import correcting, reporting
from workbench.pages.admin_site import RecordAdmin, words
from workbench.pages.proposal_admin import PEOPLE, ProposalAdmin


class ProposedReportAdmin(ProposalAdmin):
    """Reports that wait for a second person, and those that one person published alone."""

    second = ClaimAct.SECOND
    agreeing, declining = reporting.agree, reporting.decline
    words_of_others = {"summary": "language", **ProposalAdmin.words_of_others}
    list_display = [
        words("decision__claim", "decision__claim__language", label=_("claim")),
        "language",
        "made",
        *PEOPLE,
    ]
    list_filter = ["language", *ProposalAdmin.list_filter]
    list_select_related = ["decision__claim", "made", *ProposalAdmin.list_select_related]
    search_fields = ["decision__claim"]


class ProposedCorrectionAdmin(ProposalAdmin):
    """Corrections that wait for a second person, and those that one person published alone."""

    second = ClaimAct.SECOND
    agreeing, declining = correcting.agree, correcting.decline
    words_of_others = {"text": "report__language", **ProposalAdmin.words_of_others}
    list_display = [
        "report",
        "kind",
        words("text", "report__language", label=_("text of the correction")),
        *PEOPLE,
    ]
    list_filter = ["kind", *ProposalAdmin.list_filter]
    list_select_related = ["report", *ProposalAdmin.list_select_related]
    search_fields = ["report__decision__claim"]


class RuleWaiverAdmin(RecordAdmin):
    """Rules of the method that were set aside; the page before publication is where people do that."""

    words_of_others = {"reason": ""}
    list_display = ["decision", "rule", "by", "at"]
    list_filter = ["rule", "at"]
    list_select_related = ["decision__claim", "by"]
    search_fields = ["decision__claim"]


ADMINS: dict[Any, Any] = {
    ProposedReport: ProposedReportAdmin,
    ProposedCorrection: ProposedCorrectionAdmin,
    RuleWaiver: RuleWaiverAdmin,
}
