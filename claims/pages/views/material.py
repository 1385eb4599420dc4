"""New material: bring a text once, mark sentences in it, and log a claim for each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from claims.intake import marking
from claims.models import Claim
from claims.models.vocabulary import ClaimAct
from claims.pages import marked_claims
from claims.pages.forms.material import ChangeDescriptionForm, MarkedFormSet, MaterialForm
from claims.pages.marked_claims import Marking
from sources.capturing import fetching
from sources.capturing.bringing import StatedOrigin
from sources.models import Document
from sources.models.vocabulary import SourceAct
from sources.pages.bring_form import came_before, came_up, documents_of
from sources.pages.upload_handler import takes_files
from sources.reading import pasting
from sources.reading.newest import is_awaited, newest_text
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, show_refusal, submit
from workbench.pages.http import UNPROCESSABLE, Request


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def material(request: Request) -> HttpResponse:
    """Bring a text: by its address, as a file, or pasted; then lead to the page on which claims are marked in it."""
    require(request.user, ClaimAct.LOG_CLAIM)
    require(request.user, SourceAct.GATHER)
    form = MaterialForm(sent(request), request.FILES or None)
    found = came_before(request.user, sent(request) or request.GET)
    if request.method == "POST" and form.is_valid():
        found = came_up(request, StatedOrigin(url=form.cleaned_data["said_url"]))
        if any(each.document is None for each in found):
            form.add_error("files", _("Not every file was kept. Below you see what is wrong with each."))

    def activity(url: str, pasted: str, **_given: object) -> Document:
        brought = documents_of(found)
        if sum(map(bool, (url, pasted.strip(), brought))) != 1 or len(brought) > 1:
            raise Refusal(_("Give one thing: an address, one file, or a text."), "one_thing", field="url")
        if url:
            return fetching.ask(url, by=request.user)
        row = brought[0] if brought else _pasted(pasted, form, request)
        return marking.describe(row, by=request.user, **form.said)

    document = submit(request, form, activity) if not form.errors else None
    if document is not None:
        return redirect("claims:mark_claims", document.pk)
    return form_page(request, "claims/material.html", form, {"found": found})


@require_http_methods(["GET", "HEAD", "POST"])
def mark_claims(request: Request, document: int) -> HttpResponse:
    """Show a text with its sentences to mark, and the claims that are marked; log them together."""
    require(request.user, ClaimAct.LOG_CLAIM)
    row = get_object_or_404(Document.objects.select_related("source"), pk=document)
    try:
        marking.check_open(row, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    marks = Marking(row, newest_text(row), request.user)
    data = sent(request) or request.POST
    if request.method == "POST" and "log" in request.POST and marks.reading is not None:
        return _log(request, marks)
    rows = marked_claims.changed(marks, marked_claims.rows_of(data), request.POST)
    forms = MarkedFormSet(initial=rows, prefix=marked_claims.PREFIX)
    return _page(request, marks, forms)


@require_http_methods(["GET", "HEAD", "POST"])
def describe_document(request: Request, document: int) -> HttpResponse:
    """Say who published a text that was pasted or brought, its title, its address and its date, also later."""
    require(request.user, SourceAct.GATHER)
    row = get_object_or_404(Document.objects.select_related("source"), pk=document)
    form = ChangeDescriptionForm(sent(request), document=row)

    def activity(**_given: object) -> Document:
        return marking.describe(row, by=request.user, check=form.check_described, **form.said)

    if submit(request, form, activity, done=_("Saved. The log keeps what was there before.")):
        return redirect("claims:mark_claims", row.pk)
    return form_page(request, "claims/describe_document.html", form, {"document": row})


def _pasted(pasted: str, form: MaterialForm, request: Request) -> Document:
    reading = pasting.keep_pasted(pasted, by=request.user, url=form.cleaned_data["said_url"])
    found: Document = reading.capture.document
    return found


def _log(request: Request, marks: Marking) -> HttpResponse:
    """Log what is marked, and show the page again with the claims that this made; with what is wrong instead."""
    forms = MarkedFormSet(request.POST, prefix=marked_claims.PREFIX)
    if not forms.is_valid():
        return _page(request, marks, forms, status=UNPROCESSABLE)
    given = [form.marked(marks.text, marks.language) for form in forms]
    try:
        claims: list[Claim] = marking.log_marked(marks.document, given, by=request.user)
    except Refusal as refusal:
        place = int(refusal.field.removeprefix("claim-")) if refusal.field.startswith("claim-") else -1
        if place < 0:
            messages.error(request, str(refusal))
            return _page(request, marks, forms, status=UNPROCESSABLE)
        if refusal.code == "logged_before":
            forms = marked_claims.with_alike(marks, request.POST, place)
        show_refusal(forms.forms[place], Refusal(str(refusal), refusal.code, field="text"))
        return _page(request, marks, forms, status=UNPROCESSABLE)
    number = len(claims)
    done = ngettext(
        "%(number)d claim is logged. We are now gathering coverage.",
        "%(number)d claims are logged. We are now gathering coverage.",
        number,
    )
    messages.success(request, done % {"number": number})
    return redirect("claims:mark_claims", marks.document.pk)


def _page(request: Request, marks: Marking, forms: MarkedFormSet, status: int = 200) -> HttpResponse:  # type: ignore[valid-type]
    context = {"document": marks.document, "forms": forms, **marked_claims.page(marks, forms)}
    context["is_awaited"] = marks.reading is None and is_awaited(marks.document)
    return render(request, "claims/mark_claims.html", context, status=status)
