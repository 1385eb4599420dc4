"""Proposed reports and corrections: the buttons to agree to one, to decline it, or to take one's own back."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.models import ProposedCorrection, ProposedReport
from claims.pages.views.drafted_report import shown_draft
from claims.publishing import correcting, reporting
from workbench.pages.forms import attempt
from workbench.pages.http import Request


@require_POST
def agree_to_report(request: Request, pk: int) -> HttpResponse:
    """Agree to a report that somebody else proposed; it is published at once."""
    row: ProposedReport = get_object_or_404(ProposedReport.objects.for_page(), pk=pk)
    agreed = attempt(request, partial(reporting.agree, row, by=request.user), done=_("The report is published."))
    return redirect(agreed.made) if agreed else redirect("claims:freeze", row.decision_id)


@require_safe
def preview_report(request: Request, pk: int, form: str) -> HttpResponse:
    """Show a proposed report as it would be published now, to who may agree to it."""
    row: ProposedReport = get_object_or_404(ProposedReport.objects.for_page(), pk=pk)
    report = attempt(request, partial(reporting.preview, row, by=request.user))
    back = f"{reverse('claims:freeze', args=[row.decision_id])}#proposal-{row.pk}"
    made = attempt(request, partial(shown_draft, report, form, request, back)) if report else None
    return redirect("claims:freeze", row.decision_id) if made is None else made


@require_POST
def decline_report(request: Request, pk: int) -> HttpResponse:
    """Decline a proposed report, or take one's own proposal back."""
    row: ProposedReport = get_object_or_404(ProposedReport.objects.for_page(), pk=pk)
    attempt(request, partial(reporting.decline, row, by=request.user), done=_("The proposal is closed."))
    return redirect(row.decision.claim)


@require_POST
def agree_to_correction(request: Request, pk: int) -> HttpResponse:
    """Agree to a correction that somebody else proposed; the report's page shows it at once."""
    row: ProposedCorrection = get_object_or_404(ProposedCorrection.objects.for_page(), pk=pk)
    done = _("The correction is published.")
    agreed = attempt(request, partial(correcting.agree, row, by=request.user), done=done)
    return redirect(row.report) if agreed else redirect("claims:correct", row.report.number)


@require_POST
def decline_correction(request: Request, pk: int) -> HttpResponse:
    """Decline a proposed correction, or take one's own proposal back."""
    row: ProposedCorrection = get_object_or_404(ProposedCorrection.objects.for_page(), pk=pk)
    attempt(request, partial(correcting.decline, row, by=request.user), done=_("The proposal is closed."))
    return redirect(row.report.decision.claim)
