"""The page on which a person corrects a claim that they logged, until somebody else has worked on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.models import Claim
from claims.models.vocabulary import ClaimAct, Move
from claims.pages.forms.own_claim import CorrectClaimForm
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
    return form_page(request, "claims/correct_claim.html", form, {"claim": claim, "refusal": refusal})
