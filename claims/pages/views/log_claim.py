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
from claims.pages.forms.log_claim import (
    AppearanceForm,
    ChainForms,
    ChainFormSet,
    ClaimForm,
    SightingForm,
    WordingForm,
)
from claims.pages.views.claim import load
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, show_instead, submit
from workbench.pages.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def log_claim(request: Request) -> HttpResponse:
    """Log a claim with its first appearance and attribution chain; first show the claims that are like it."""
    require(request.user, ClaimAct.LOG_CLAIM)
    form, chain = ClaimForm(sent(request)), ChainFormSet(sent(request), prefix="chain")
    again = _was_sent_before(form)

    def activity(**given: object) -> Claim:
        key, asked, seen = form.cleaned_data["form_key"], form.proposition(), form.cleaned_data["seen_claims"]
        duplicates.check(asked.text, asked.language, seen=seen, form_key=key)
        alone = form.cleaned_data["restricted"]
        return recording.log_claim(asked, form.sighting(chain), by=request.user, form_key=key, restricted=alone)

    claim = submit(request, form, activity) if chain.is_valid() else None
    if claim is not None:
        logged = _("The claim is logged. We are now gathering coverage.")
        messages.success(request, _("This claim was already logged.") if again else logged)
        return redirect("claims:access", claim.pk) if form.cleaned_data["restricted"] else redirect(claim)
    if form.has_error("text", "form_used"):
        form.data = {**request.POST.dict(), "form_key": str(uuid4())}
    return _page(request, "claims/log_claim.html", form, chain, alike=_alike(form))


@require_http_methods(["GET", "HEAD", "POST"])
def add_appearance(request: Request, pk: int) -> HttpResponse:
    """Add an appearance of the claim, with its attribution chain."""
    require(request.user, ClaimAct.LOG_CLAIM)
    claim = load(pk)
    form, chain = AppearanceForm(sent(request)), ChainFormSet(sent(request), prefix="chain")

    def activity(**given: object) -> Appearance:
        return recording.add_appearance(claim, form.sighting(chain), by=request.user)

    saved = submit(request, form, activity, done=_("The appearance is saved.")) if chain.is_valid() else None
    if saved is not None:
        return redirect(f"{claim.get_absolute_url()}#appearances")
    return _page(request, "claims/add_appearance.html", form, chain, claim=claim)


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
    return form_page(request, "claims/add_wording.html", form, {"claim": claim})


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
