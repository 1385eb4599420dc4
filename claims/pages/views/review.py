"""Pages on which a claim is reviewed and decided, and the buttons that move it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims.models import Claim
from claims.models.vocabulary import ClaimAct
from claims.pages import claim_page
from claims.pages.forms.review import DecisionForm, MoveForm, ReviewForm
from claims.pages.views.claim import load
from claims.review import reviewing
from workbench.desk.roles import require
from workbench.pages.http import UNPROCESSABLE, Request, number

MOVES: dict[str, Callable[..., Claim]] = {
    "take_back": reviewing.take_back,
    "send_back": reviewing.send_back,
    "reopen": reviewing.reopen,
    "withdraw": reviewing.withdraw,
    "restore": reviewing.restore,
}
MOVED = {
    "take_back": gettext_lazy("You took the claim back from the reviewers."),
    "send_back": gettext_lazy("You sent the claim back to the desk."),
    "reopen": gettext_lazy("The claim is in review again. A new round has started."),
    "withdraw": gettext_lazy("The claim is withdrawn."),
    "restore": gettext_lazy("The claim is open again."),
}


@require_POST
def open_review(request: Request, pk: int) -> HttpResponse:
    """Hand a claim to the reviewers."""
    claim = load(pk)
    try:
        reviewing.open_review(claim, by=request.user)
    except reviewing.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The claim is now with the reviewers. Two people must review it before it is decided.")
        )
    return redirect(claim)


@require_http_methods(["GET", "HEAD", "POST"])
def submit_review(request: Request, pk: int) -> HttpResponse:
    """Write a review, with the evidence beside it."""
    require(request.user, ClaimAct.REVIEW)
    claim = load(pk)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            reviewing.submit_review(claim, form.finding(), by=request.user)
        except reviewing.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your review is submitted."))
            return redirect(f"{claim.get_absolute_url()}#reviews")
    return _answer(request, "claims/review.html", claim, form)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    """Write the decision, with the evidence it cites and the reviews beside it."""
    require(request.user, ClaimAct.DECIDE)
    claim = load(pk)
    form = DecisionForm(request.POST or None, claim=claim)
    if form.is_valid():
        given = form.cleaned_data
        cited, change = list(given["cited"]), given["what_would_change_it"]
        try:
            reviewing.decide(claim, form.finding(), by=request.user, cited=cited, what_would_change_it=change)
        except reviewing.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The claim is decided. Its report can now be published."))
            return redirect(claim)
    return _answer(request, "claims/decide.html", claim, form)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, pk: int) -> HttpResponse:
    """Take a claim back, send it back, reopen, withdraw or restore it; without a reason, ask for one."""
    claim = load(pk)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        to = form.cleaned_data["to"]
        try:
            MOVES[to](claim, by=request.user, reason=form.cleaned_data["reason"])
        except reviewing.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, MOVED[to])
            return redirect(claim)
    context = {"claim": claim, "move_form": form, "moves": claim_page.moves(claim, request.user)}
    return render(request, "claims/move.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def _answer(request: Request, template: str, claim: Claim, form: ReviewForm | DecisionForm) -> HttpResponse:
    context = {
        "form": form,
        "claim": claim,
        "cited_before": {number(pk) for pk in request.POST.getlist("cited")},
        "moves": claim_page.moves(claim, request.user),
        **claim_page.weighed(claim),
        **claim_page.reviews(claim, request.user),
        "appearances": claim_page.appearances(claim),
        **claim_page.asked(claim),
    }
    return render(request, template, context, status=UNPROCESSABLE if request.method == "POST" else 200)
