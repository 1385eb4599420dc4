"""Forms to log a claim, and to add appearances and other wordings to it."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.intake import duplicates, recording
from claims.intake.duplicates import Duplicate
from claims.models import Appearance, Claim, Wording
from claims.models.vocabulary import ClaimAct, WordingKind
from claims.pages import prefill
from claims.pages.forms.log_claim import (
    AppearanceForm,
    ChainForms,
    ChainFormSet,
    ClaimForm,
    SightingForm,
    WordingForm,
)
from claims.pages.views.claim import load
from sources.capturing.bringing import Brought
from sources.pages.bring_form import came_before, came_up, documents_of
from sources.pages.upload_handler import takes_files
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, show_instead, submit
from workbench.pages.http import Request


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def log_claim(request: Request) -> HttpResponse:
    """Log a claim with its first appearance and attribution chain; first show the claims that are like it."""
    require(request.user, ClaimAct.LOG_CLAIM)
    seen = prefill.of(request.GET)
    if seen and request.method != "POST":
        request.draft = None  # an older draft does not cover what the person sends now
    initial = seen.initial() if seen else None
    form, chain = ClaimForm(sent(request), request.FILES or None, initial=initial), _chain(request)
    found = _files(request, form)
    again = _was_sent_before(form)

    def activity(**given: object) -> Claim:
        key, asked, seen = form.cleaned_data["form_key"], form.proposition(), form.cleaned_data["seen_claims"]
        duplicates.check(asked.text, asked.language, seen=seen, form_key=key)
        sighting, alone = form.sighting(chain, documents_of(found)), form.cleaned_data["restricted"]
        return recording.log_claim(asked, sighting, by=request.user, form_key=key, restricted=alone)

    claim = submit(request, form, activity) if chain.is_valid() else None
    if claim is not None:
        logged = _("The claim is logged. We are now gathering coverage.")
        messages.success(request, _("This claim was already logged.") if again else logged)
        return redirect("claims:access", claim.pk) if form.cleaned_data["restricted"] else redirect(claim)
    if form.has_error("text", "form_used"):
        form.data = {**request.POST.dict(), "form_key": str(uuid4())}
    shown = {"alike": _alike(form), "found": found, "seen": None if form.is_bound else seen}
    return _page(request, "claims/log_claim.html", form, chain, **shown)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def add_appearance(request: Request, pk: int) -> HttpResponse:
    """Add an appearance of the claim, with its attribution chain."""
    require(request.user, ClaimAct.LOG_CLAIM)
    claim = load(pk)
    form, chain = AppearanceForm(sent(request), request.FILES or None), _chain(request)
    found = _files(request, form)

    def activity(**given: object) -> Appearance:
        return recording.add_appearance(claim, form.sighting(chain, documents_of(found)), by=request.user)

    saved = submit(request, form, activity, done=_("The appearance is saved.")) if chain.is_valid() else None
    if saved is not None:
        return redirect(f"{claim.get_absolute_url()}#appearances")
    return _page(request, "claims/add_appearance.html", form, chain, claim=claim, found=found)


@require_http_methods(["GET", "HEAD", "POST"])
def add_wording(request: Request, pk: int) -> HttpResponse:
    """Add another wording of the claim."""
    require(request.user, ClaimAct.LOG_CLAIM)
    claim = load(pk)
    form = WordingForm(sent(request))

    def activity(text: str, language: str, kind: str) -> Wording:
        return recording.add_wording(claim, by=request.user, text=text, language=language, kind=WordingKind(kind))

    if submit(request, form, activity, done=_("The wording is saved.")):
        return redirect(f"{claim.get_absolute_url()}#wordings")
    return form_page(request, "claims/add_wording.html", form, {"claim": claim, "title": _("Add a wording")})


def _chain(request: Request) -> ChainForms:
    return ChainFormSet(sent(request), prefix="chain")


def _files(request: Request, form: SightingForm) -> list[Brought]:
    """Keep the files of a form, whatever else is wrong with it; the form says so where one was refused."""
    if request.method != "POST":
        return came_before(request.user, sent(request) or request.GET)
    found = came_up(request)
    if any(each.document is None for each in found):
        form.add_error("files", _("Not every file was kept. Below you see what is wrong with each."))
    return found


def _alike(form: ClaimForm) -> list[Duplicate]:
    """Return the claims like the one that was refused for them; the form notes that the person has now seen them."""
    if not form.is_bound or not form.has_error("__all__", "logged_before"):
        return []
    given = form.cleaned_data
    found = duplicates.like(given["text"], given["language"], form_key=given["form_key"])
    show_instead(form, "seen_claims", " ".join(str(each.claim.pk) for each in found))
    return found


def _was_sent_before(form: ClaimForm) -> bool:
    key = form.cleaned_data["form_key"] if form.is_valid() else None
    return key is not None and Claim.objects.filter(form_key=key).exists()


def _page(request: Request, template: str, form: SightingForm, chain: ChainForms, **shown: object) -> HttpResponse:
    wrong = chain.is_bound and (bool(form.errors) or chain.total_error_count() > 0)
    return form_page(request, template, form, {"chain": chain, "wrong": wrong, **shown})
