"""Forms that add to the record: a claim, another place it was seen, other words for it."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.intake import recording
from claims.models import Claim
from claims.models.vocabulary import ClaimAct, WordingKind
from claims.pages.forms.log_claim import AppearanceForm, ChainForms, ChainFormSet, ClaimForm, WordingForm
from claims.pages.views.claim import load
from sources.capturing.fetching import NotAsked
from sources.capturing.preserving import NotKept
from sources.models import Source
from workbench.desk.roles import require
from workbench.pages.http import Request

MOST_NAMES = 500  # names offered while typing; any other can be written out

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def log_claim(request: Request) -> HttpResponse:
    """Log a claim with where it appeared and to whom it is attributed there."""
    require(request.user, ClaimAct.LOG_CLAIM)
    form, chain = ClaimForm(request.POST or None), ChainFormSet(request.POST or None, prefix="chain")
    if all([form.is_valid(), chain.is_valid()]):
        again = _was_sent_before(form)
        claim = _log(request, form, chain)
        if claim is not None:
            logged = _("The claim is logged. We are now gathering coverage.")
            messages.success(request, _("This claim was already logged.") if again else logged)
            return redirect(claim)
    return _answer(request, "claims/log_claim.html", form, chain)


@require_http_methods(["GET", "HEAD", "POST"])
def add_appearance(request: Request, pk: int) -> HttpResponse:
    """Add another place where the claim was seen."""
    require(request.user, ClaimAct.LOG_CLAIM)
    claim = load(pk)
    form, chain = AppearanceForm(request.POST or None), ChainFormSet(request.POST or None, prefix="chain")
    if all([form.is_valid(), chain.is_valid()]):
        try:
            recording.add_appearance(claim, form.sighting(chain), by=request.user)
        except (recording.NotLogged, NotAsked, NotKept) as refusal:
            _note(form, refusal)
        else:
            messages.success(request, _("The appearance is saved."))
            return redirect(f"{claim.get_absolute_url()}#appearances")
    return _answer(request, "claims/add_appearance.html", form, chain, claim)


@require_http_methods(["GET", "HEAD", "POST"])
def add_wording(request: Request, pk: int) -> HttpResponse:
    """Add other words in which the claim was made."""
    require(request.user, ClaimAct.LOG_CLAIM)
    claim = load(pk)
    form = WordingForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        kind = WordingKind(given["kind"])
        try:
            recording.add_wording(claim, by=request.user, text=given["text"], language=given["language"], kind=kind)
        except recording.NotLogged as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("The wording is saved."))
            return redirect(f"{claim.get_absolute_url()}#wordings")
    return _answer(request, "claims/add_wording.html", form, None, claim)


def _was_sent_before(form: ClaimForm) -> bool:
    key = form.cleaned_data["form_key"]
    return key is not None and Claim.objects.filter(form_key=key).exists()


def _log(request: Request, form: ClaimForm, chain: ChainForms) -> Claim | None:
    """Return the claim as it was logged; None when a rule stands against it, which the form then says."""
    key = form.cleaned_data["form_key"]
    try:
        return recording.log_claim(form.proposition(), form.sighting(chain), by=request.user, form_key=key)
    except (recording.NotLogged, NotAsked, NotKept) as refusal:
        if isinstance(refusal, recording.FormUsed):
            form.data = {**request.POST.dict(), "form_key": str(uuid4())}
        _note(form, refusal)
        return None


def _note(form: Form, refusal: Exception) -> None:
    """Say a refusal at the field it is about."""
    fields = {NotAsked: "url", NotKept: "pasted", recording.NotQuoted: "quote"}
    field = fields.get(type(refusal), "text")
    form.add_error(field if field in form.fields else None, str(refusal))


def _answer(
    request: Request, template: str, form: Form, chain: ChainForms | None, claim: Claim | None = None
) -> HttpResponse:
    names = Source.objects.order_by("folded").values_list("name", flat=True)[:MOST_NAMES]
    wrong = bool(form.errors) or (chain is not None and chain.is_bound and chain.total_error_count() > 0)
    context = {"form": form, "chain": chain, "claim": claim, "names": names, "wrong": wrong}
    return render(request, template, context, status=UNPROCESSABLE if request.method == "POST" else 200)
