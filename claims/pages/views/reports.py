"""Reports: the public page and downloads, the list, and the forms to publish and correct one."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_http_methods, require_safe

from claims.models import CopyEdit, Decision, ProposedCorrection, ProposedReport, Report, succession
from claims.models.report import ReportQuerySet
from claims.models.succession import Aftermath
from claims.models.vocabulary import ClaimAct, CorrectionKind
from claims.pages import claim_head, publication, publishing_notice
from claims.pages.forms.reports import CorrectionForm, FreezeForm, ReportFilter
from claims.pages.lists import REPORTS
from claims.pages.report_rows import report_row
from claims.publishing import correcting, gate, reporting, waiving
from claims.publishing.exports.page import page
from claims.publishing.exports.registry import FORMATS
from workbench.desk import seconding
from workbench.desk.compiled_queries import CompiledQuery, ListRows
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.desk.word_search import found_in_list
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request
from workbench.pages.lists import listed

LONGEST_NAME = 60  # characters of the claim in a file name

UNAVAILABLE = {"retracted": HTTPStatus.GONE, "sample": HTTPStatus.NOT_FOUND}  # of an export, by code; any other is 503


@require_safe
def reports(request: Request) -> HttpResponse:
    """Show all reports, newest first, filtered by language and words."""
    require(request.user, DeskAct.READ)
    form = ReportFilter(request.GET)
    rows: ListRows = _every.bound()
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if language := asked.get("language"):
        rows = _every.rows().filter(language=language)
    rows = found_in_list(Report, rows, asked.get("words", ""))
    return render(request, "claims/reports.html", listed(request, REPORTS, rows, form, show=report_row))


@login_not_required
@require_safe
def report(request: HttpRequest, number: int) -> HttpResponse:
    """Show a report to anybody, in the language of the report."""
    row = get_object_or_404(Report.objects.select_related("decision__claim"), number=number)
    if not _may_read(request, row):
        return redirect_to_login(request.get_full_path())
    shown = page.render(
        row,
        corrections=row.put_right(),
        newer=row.newer(),
        translations=row.translations(),
        aftermath=succession.aftermath(row),
        reader=request.user if isinstance(request.user, User) else None,
        languages=[code for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))],
    )
    headers = {"Content-Language": row.language, "Vary": "Accept-Language", **_for_robots(row)}
    return HttpResponse(shown, headers=headers)


@login_not_required
@require_safe
def download(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Send an export of a report to anybody."""
    if form not in FORMATS:
        raise Http404
    row = get_object_or_404(Report.objects.select_related("decision__claim"), number=number)
    if not _may_read(request, row):
        return redirect_to_login(request.get_full_path())
    wanted = FORMATS[form]
    try:
        body = wanted.render(row)
    except Refusal as reason:
        context = {"report": row, "reason": reason}
        status = UNAVAILABLE.get(reason.code, HTTPStatus.SERVICE_UNAVAILABLE)
        return render(request, "claims/report_unavailable.html", context, status=status)
    since = succession.aftermath(row)
    headers = {
        "Content-Disposition": disposition(
            row.number, str(row.decision.claim), wanted.ending, _mark(row, since) + wanted.mark
        ),
        "Content-Language": row.language,
        "X-Content-Type-Options": "nosniff",
        # Search engines should lead to the page, which shows corrections, and not to this file (RFC 6596).
        "Link": ", ".join(_links(row, since)),
        **_for_robots(row),
    }
    return HttpResponse(body, content_type=wanted.content_type, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: Request, pk: int) -> HttpResponse:
    """Publish or propose the report of a verdict, with a summary in its language if it is written in another."""
    require(request.user, ClaimAct.REPORT if request.method == "POST" else ClaimAct.SECOND)
    decision = get_object_or_404(Decision.objects.select_related("claim"), pk=pk)
    form = FreezeForm(sent(request), initial={"language": translation.get_language()})
    made = submit(request, form, partial(reporting.publish, decision, by=request.user))
    if isinstance(made, ProposedReport):
        messages.success(request, _("Your proposal waits for a second person."))
        return redirect("claims:freeze", decision.pk)
    if made is not None:
        return redirect(made)
    return freeze_page(request, decision, form)


def freeze_page(request: Request, decision: Decision, form: FreezeForm) -> HttpResponse:
    """Show the page on which the report of a verdict is checked, previewed and published."""
    rules = gate.of(decision, request.user)
    context = {
        "decision": decision,
        "gate": rules,
        "may_waive": request.user.may(ClaimAct.REPORT) and waiving.is_open(decision),
        "claim": decision.claim,
        "head": claim_head.of(decision.claim),
        "publication": publication.of(decision, request.user),
        "summary": CopyEdit.objects.summary_of(decision),
        "publishing": publishing_notice.of(decision, request.user, rules),
        "retracted": decision.reports.exclude(pk__in=Report.objects.standing().values("pk")).first(),
    }
    return form_page(request, "claims/freeze.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, number: int) -> HttpResponse:
    """Propose a correction, an update or the retraction of a report; or publish it alone, with a reason."""
    require(request.user, ClaimAct.REPORT if request.method == "POST" else ClaimAct.SECOND)
    row = get_object_or_404(Report.objects.select_related("decision__claim"), number=number)
    form = CorrectionForm(sent(request), report=row)
    made = submit(request, form, partial(_correct, row, request.user))
    if made is not None and made.waits:
        messages.success(request, _("Your proposal waits for a second person."))
        return redirect("claims:correct", row.number)
    if made is not None:
        return redirect(row)
    return form_page(request, "claims/report_correct.html", form, _of_corrections(row, request.user))


def _of_corrections(row: Report, person: User) -> dict[str, Any]:
    corrections = row.corrections.select_related("made_by", "proposal")
    names = seconding.names(correcting.seconds(by=person))
    told = _("A correction takes two people. It is published when a second person agrees: %(people)s.")
    alone = _("A correction takes two people, and nobody else here can agree to it.")
    return {
        "report": row,
        "claim": row.decision.claim,
        "corrections": corrections,
        "retracted": any(each.kind == CorrectionKind.RETRACTION for each in corrections),
        "proposals": row.proposed_corrections.for_page().waiting(),
        "second_person": told % {"people": names} if names else alone,
        "is_alone": correcting.may_correct_alone(by=person),
        "must_be_alone": not names,
    }


def _correct(row: Report, person: User, *, waiver: str, **given: Any) -> ProposedCorrection:
    """Propose a correction; publish it alone where nobody else can agree, or where a reason is given for that."""
    if waiver or not correcting.seconds(by=person).exists():
        return correcting.correct_alone(row, by=person, waiver=waiver, **given)
    return correcting.propose(row, by=person, **given)


def disposition(number: int, title: str, ending: str, mark: str = "") -> str:
    """Return the header that names a download: plainly for old clients, with the claim for others (RFC 6266, RFC 8187).

    Only letters and digits of the claim get into the name: no separator, and no character that reverses its ending.
    """
    letters = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in title[:LONGEST_NAME])
    words = re.sub(r"\s+", "-", letters.strip())
    plain = f"report-{number}"
    full = quote(f"{plain}-{words}" if words else plain, safe="")
    return f"attachment; filename=\"{plain}{mark}.{ending}\"; filename*=UTF-8''{full}{mark}.{ending}"


def _may_read(request: HttpRequest, report: Report) -> bool:
    """Say whether a request may have a report: anybody a published one, only people of this desk a sample."""
    return not report.is_sample or request.user.is_authenticated


def _for_robots(report: Report) -> dict[str, str]:
    return {"X-Robots-Tag": "noindex"} if report.is_sample else {}


def _mark(report: Report, since: Aftermath) -> str:
    """Return what the name of a file says of the report: the file itself never changes."""
    sample = "-sample" if report.is_sample else ""
    if since.successor:
        return f"{sample}-replaced-by-report-{since.successor.number}"
    if since.stands and (newest := report.put_right().order_by("-made_at").first()):
        return f"{sample}-corrected-{newest.made_at:%Y-%m-%d}"
    return sample if since.stands else f"{sample}-{since.state.replace('_', '-')}"


def _links(report: Report, since: Aftermath) -> list[str]:
    """Return the links of a download: its page, and the report of the verdict that replaced it (RFC 5829)."""
    newer = [(since.successor, "successor-version")] if since.successor else []
    linked = [(report, "canonical"), *newer]
    return [f'<{settings.DESK_URL}{row.get_absolute_url()}>; rel="{rel}"' for row, rel in linked]


@CompiledQuery
def _every() -> ReportQuerySet:
    rows: ReportQuerySet = Report.objects.for_list()
    return rows
