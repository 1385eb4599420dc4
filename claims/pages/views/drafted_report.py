"""Before a report is published: its preview in page and PDF, and the button that sets a rule of the method aside."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.models import Decision, Report
from claims.models.vocabulary import ClaimAct, MethodRule
from claims.pages import preview_pictures
from claims.pages.forms.reports import FreezeForm, WaiverForm
from claims.pages.views.reports import freeze_page
from claims.publishing import reporting, waiving
from claims.publishing.exports.page import page
from claims.publishing.exports.pdf import pdf
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, show_refusal, submit
from workbench.pages.http import Request

# A draft is for the person who asked for it, now: no cache keeps it, and no search engine lists it.
DRAFT = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}


@require_http_methods(["GET", "HEAD", "POST"])
def preview_draft(request: Request, pk: int, form: str) -> HttpResponse:
    """Show the report of a verdict as readers would see it, to whoever may publish or propose it; nothing is kept.

    Where that is refused, the form comes back with what was written in it.
    """
    require(request.user, ClaimAct.REPORT)
    decision = get_object_or_404(Decision.objects.select_related("claim"), pk=pk)
    back = reverse("claims:freeze", args=[decision.pk])
    given = FreezeForm(request.POST if request.method == "POST" else request.GET)
    given.is_valid()
    asked = {
        "language": given.cleaned_data.get("language") or translation.get_language(),
        "summary": given.cleaned_data.get("summary", ""),
    }
    try:
        report = reporting.draft(decision, by=request.user, **asked)
        return shown_draft(report, form, request, back)
    except Refusal as refusal:
        if request.method == "POST":
            show_refusal(given, refusal)
            return freeze_page(request, decision, given)
        messages.error(request, str(refusal))
        return redirect(back)


def shown_draft(report: Report, form: str, request: Request, back: str) -> HttpResponse:
    """Return a draft as a page or a PDF. Raises ``Refusal`` where this server makes no PDFs."""
    if form == "pdf":
        return HttpResponse(pdf.render(report, is_draft=True), content_type="application/pdf", headers=DRAFT)
    shown = page.render(report, reader=request.user, preview_of=back, pictures=preview_pictures.of(report))
    return HttpResponse(shown, headers=DRAFT)


@require_http_methods(["GET", "HEAD", "POST"])
def waive_rule(request: Request, pk: int) -> HttpResponse:
    """Set a rule of the method aside for a verdict, with a reason; a reason that is refused comes back to be mended."""
    require(request.user, ClaimAct.REPORT)
    decision = get_object_or_404(Decision.objects.select_related("claim"), pk=pk)
    form = WaiverForm(sent(request))
    done = _("Saved. The report prints your reason.")
    if submit(request, form, partial(waiving.waive, decision, by=request.user), done=done):
        return redirect(reverse("claims:freeze", args=[decision.pk]) + "#gate")
    context = {"decision": decision, "claim": decision.claim, "rule": _rule(form)}
    return form_page(request, "claims/waive_rule.html", form, context)


def _rule(form: WaiverForm) -> str:
    """Return the sentence of the rule that a form is about; nothing where it names none."""
    given = form.data.get("rule", "")
    return str(MethodRule(given).label) if given in MethodRule.values else ""
