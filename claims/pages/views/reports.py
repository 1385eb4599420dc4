"""Reports: published for everybody, frozen and corrected by editors."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from claims.models import Decision, Report
from claims.models.vocabulary import ClaimAct, CorrectionKind
from claims.pages.forms.reports import CorrectionForm, FreezeForm, ReportFilter
from claims.publishing import correcting, reporting
from claims.publishing.exports.format import NotExported
from claims.publishing.exports.page import page
from claims.publishing.exports.registry import FORMATS
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.http import UNPROCESSABLE, Request
from workbench.pages.paging import paged

LONGEST_NAME = 60  # characters of the claim in the name of a file


@require_safe
def reports(request: Request) -> HttpResponse:
    """Show all reports, newest first, by language and words of the claim."""
    require(request.user, DeskAct.READ)
    form = ReportFilter(request.GET)
    return render(request, "claims/reports.html", {"form": form, **paged(request, _filtered(form))})


@login_not_required
@require_safe
def report(request: HttpRequest, number: int) -> HttpResponse:
    """Show a report to anybody, in the language it was written in."""
    row = get_object_or_404(Report.objects.select_related("decision__claim"), number=number)
    shown = page.render(
        row,
        corrections=row.put_right(),
        newer=row.newer(),
        translations=row.translations(),
        reader=request.user if isinstance(request.user, User) else None,
    )
    return HttpResponse(shown, headers={"Content-Language": row.language})


@login_not_required
@require_safe
def download(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Hand a report to anybody as a file."""
    if form not in FORMATS:
        raise Http404
    row = get_object_or_404(Report.objects.select_related("decision__claim"), number=number)
    wanted = FORMATS[form]
    try:
        body = wanted.render(row)
    except NotExported as reason:
        context = {"report": row, "reason": reason}
        return render(request, "claims/report_unavailable.html", context, status=reason.http_status)
    headers = {
        "Content-Disposition": disposition(row.number, str(row.decision.claim), wanted.ending),
        "Content-Language": row.language,
        "X-Content-Type-Options": "nosniff",
        # The page, where corrections stand, is what search engines should lead to, and not a frozen copy (RFC 6596).
        "Link": f'<{settings.DESK_URL}{row.get_absolute_url()}>; rel="canonical"',
    }
    return HttpResponse(body, content_type=wanted.content_type, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: Request, pk: int) -> HttpResponse:
    """Make the report of a decision, with a summary in its language where the decision is written in another."""
    require(request.user, ClaimAct.REPORT)
    decision = get_object_or_404(Decision.objects.select_related("claim"), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = FreezeForm(sent, initial={"language": translation.get_language()})
    if form.is_valid():
        try:
            return redirect(reporting.freeze(decision, by=request.user, **form.cleaned_data))
        except reporting.NotFrozen as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "decision": decision, "claim": decision.claim}
    return render(request, "claims/freeze.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, number: int) -> HttpResponse:
    """Write a correction, an update or the retraction of a report."""
    require(request.user, ClaimAct.REPORT)
    row = get_object_or_404(Report.objects.select_related("decision__claim"), number=number)
    form = CorrectionForm(request.POST if request.method == "POST" else None, report=row)
    if form.is_valid():
        try:
            correcting.correct(row, by=request.user, **form.cleaned_data)
        except correcting.NotCorrected as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(row)
    corrections = row.corrections.select_related("made_by")
    retracted = any(each.kind == CorrectionKind.RETRACTION for each in corrections)
    context = {"form": form, "report": row, "corrections": corrections, "retracted": retracted}
    return render(request, "claims/report_correct.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def disposition(number: int, title: str, ending: str) -> str:
    """Return a header that names a file, plain for old clients and with the claim for others (RFC 6266, RFC 8187).

    Of the claim only letters and digits get into the name: no separator, and no character that turns its ending round.
    """
    letters = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in title[:LONGEST_NAME])
    words = re.sub(r"\s+", "-", letters.strip())
    plain = f"report-{number}"
    full = quote(f"{plain}-{words}" if words else plain, safe="")
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{full}.{ending}"


def _filtered(form: ReportFilter) -> QuerySet[Report]:
    rows = Report.objects.for_list()
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if asked.get("language"):
        rows = rows.filter(language=asked["language"])
    for word in asked.get("words", "").split():
        claim = Q(decision__claim__text__icontains=word) | Q(decision__claim__short_text__icontains=word)
        rows = rows.filter(claim | Q(decision__summary__icontains=word))
    return rows
