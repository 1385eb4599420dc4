"""Pages on which a person corrects a claim that they logged, until somebody else has worked on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims import appearance_mending
from claims.models import Appearance, Claim
from claims.models.vocabulary import ClaimAct, Move
from claims.pages.forms.log_claim import ChainFormSet
from claims.pages.forms.own_claim import CorrectAppearanceForm, CorrectClaimForm
from claims.pages.views.claim import load
from claims.review import mending, rules
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def correct_claim(request: Request, pk: int) -> HttpResponse:
    """Correct the words of a claim; the old ones stay on its page and in its log."""
    require(request.user, ClaimAct.LOG_CLAIM)
    claim = load(pk)
    form = CorrectClaimForm(sent(request), initial=CorrectClaimForm.of(claim))

    def activity(reason: str, **_given: object) -> Claim:
        return mending.correct_claim(claim, form.words(), by=request.user, reason=reason)

    if submit(request, form, activity, done=_("The claim is corrected. We compare it with coverage again.")):
        return redirect(claim)
    refusal = None if form.is_bound else rules.hindrance(Move.CORRECT_CLAIM, claim, request.user)
    context = {"claim": claim, "title": _("Correct your claim"), "refusal": refusal}
    return form_page(request, "claims/correct_claim.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_appearance(request: Request, pk: int) -> HttpResponse:
    """Correct where a claim appeared: quote, chain, date and address; what was there stays on the page."""
    require(request.user, ClaimAct.LOG_CLAIM)
    row = get_object_or_404(Appearance.objects.confirmed().select_related("claim", "document"), pk=pk)
    data = sent(request)
    form = CorrectAppearanceForm(data, initial=CorrectAppearanceForm.of(row))
    chain = ChainFormSet(data, prefix="chain", initial=None if data else CorrectAppearanceForm.chain_of(row))

    def activity(reason: str, **_given: object) -> Appearance:
        return appearance_mending.correct(row, form.sighting(chain, ()), by=request.user, reason=reason)

    is_whole = not chain.is_bound or chain.is_valid()
    saved = submit(request, form, activity, done=_("The appearance is corrected.")) if is_whole else None
    if saved is not None:
        return redirect(f"{row.claim.get_absolute_url()}#appearances")
    refusal = None if form.is_bound else rules.hindrance(Move.CORRECT_CLAIM, row.claim, request.user)
    wrong = chain.is_bound and (bool(form.errors) or chain.total_error_count() > 0)
    context = {"claim": load(row.claim_id), "title": _("Correct the appearance"), "at": "#appearances"}
    context |= {"chain": chain, "refusal": refusal, "wrong": wrong, "appearance": row}
    return form_page(request, "claims/correct_appearance.html", form, context)
