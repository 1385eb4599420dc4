"""Review and verdict: the pages to review and decide a claim, and the buttons that change its status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.models import Claim
from claims.models.vocabulary import ClaimAct, Move
from claims.pages import claim_head, claim_page, next_step, review_page
from claims.pages.forms.review import DecisionForm, MoveForm, ReviewForm
from claims.pages.views.claim import load
from claims.publishing import gate
from claims.review import reviewing
from workbench.desk.roles import require
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request, number

MOVES: dict[str, Callable[..., Claim]] = {
    Move.TAKE_BACK: reviewing.take_back,
    Move.SEND_BACK: reviewing.send_back,
    Move.REOPEN: reviewing.reopen,
    Move.RESTORE: reviewing.restore,
    Move.WITHDRAW: reviewing.withdraw,
    Move.TAKE_BACK_CLAIM: reviewing.take_back_claim,
}
MOVED = {
    Move.TAKE_BACK: _("You took the claim back from the reviewers."),
    Move.SEND_BACK: _("You sent the claim back to the desk."),
    Move.REOPEN: _("The claim is in review again. A new round has started."),
    Move.RESTORE: _("The claim is open again."),
    Move.WITHDRAW: _("The claim is withdrawn."),
    Move.TAKE_BACK_CLAIM: _("You took your claim back. It stays in the records as withdrawn."),
}


@require_POST
def open_review(request: Request, pk: int) -> HttpResponse:
    """Send a claim to the reviewers."""
    claim = load(pk)
    done = _("The claim is now with the reviewers. Two people must review it before it is decided.")
    attempt(request, lambda: reviewing.open_review(claim, by=request.user), done=done)
    return redirect(claim)


@require_http_methods(["GET", "HEAD", "POST"])
def submit_review(request: Request, pk: int) -> HttpResponse:
    """Write a review, with the evidence beside the form."""
    require(request.user, ClaimAct.REVIEW)
    claim = load(pk)
    form = ReviewForm(sent(request))

    def activity(**_given: object) -> object:
        return reviewing.submit_review(claim, form.finding(), by=request.user)

    if submit(request, form, activity, done=_("Your review is submitted.")):
        return redirect(f"{claim.get_absolute_url()}#reviews")
    return _page(request, "claims/review.html", claim, form)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    """Give the verdict and choose the evidence it cites, with the reviews beside the form."""
    require(request.user, ClaimAct.DECIDE)
    claim = load(pk)
    form = DecisionForm(sent(request), claim=claim)
    is_alone = review_page.may_decide_alone(claim, request.user)

    def activity(**given: object) -> object:
        columns: dict[str, Any] = {"by": request.user, "cited": list(form.cleaned_data["cited"])}
        columns |= {name: str(given[name]) for name in ("what_would_change_it", "own_holdings")}
        if is_alone:
            return reviewing.decide_alone(claim, form.finding(), waiver=str(given["waiver"]), **columns)
        return reviewing.decide(claim, form.finding(), **columns)

    if submit(
        request,
        form,
        activity,
        done=_("The claim is decided."),
    ):
        return redirect(claim)
    return _page(request, "claims/decide.html", claim, form)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, pk: int) -> HttpResponse:
    """Take a claim back, send it back, reopen, withdraw or restore it; ask for the reason if none was given."""
    claim = load(pk)
    form = MoveForm(sent(request))
    if submit(request, form, lambda to, reason: MOVES[to](claim, by=request.user, reason=reason)):
        messages.success(request, MOVED[form.cleaned_data["to"]])
        return redirect(claim)
    buttons = next_step.move_buttons(claim_page.moves(claim, request.user))
    context = {"claim": claim, "head": claim_head.of(claim), "move_form": form, "move_buttons": buttons}
    return form_page(request, "claims/move.html", form, context)


def _page(request: Request, template: str, claim: Claim, form: ReviewForm | DecisionForm) -> HttpResponse:
    """Show the form of a review or a verdict, or why this person cannot use it now, beside what it is about."""
    data: Any = form.data
    context = {
        "claim": claim,
        "head": claim_head.of(claim),
        "cited_before": {number(pk) for pk in data.getlist("cited")} if form.is_bound else set(),
        "finding": review_page.finding_page(claim, request.user, form),
        "reviews": review_page.reviews(claim, request.user),
        **claim_page.weighed(claim),
        "appearances": claim_page.appearances(request, claim),
        **claim_page.asked(claim),
        "gate": gate.before_verdict(claim, request.user) if isinstance(form, DecisionForm) else [],
    }
    return form_page(request, template, form, context)
