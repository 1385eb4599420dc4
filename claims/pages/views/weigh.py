"""Buttons to weigh evidence, and to confirm or reject other suggestions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.evidence import undoing, weighing
from claims.models import Claim, Evidence
from claims.models.assertion import Assertion
from claims.models.vocabulary import AssertionStatus, ClaimAct, Nearness, Stance
from claims.pages import claim_page
from claims.pages.forms.weigh import LaterForm, SettleForm, WeighForm
from claims.pages.weigh_filter import WeighFilter
from sources.language.sentences import Span
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.pages.http import UNPROCESSABLE, Request

# Kinds of assertions that are only confirmed or rejected; evidence is weighed, with a stance.
SETTLED = {"figure", "wording", "appearance", "attribution", "claimlink", "earliercheck"}


@require_POST
def weigh(request: Request, pk: int) -> HttpResponse:
    """Save what a passage does to the claim, and go to the next suggestion."""
    require(request.user, ClaimAct.WEIGH)
    evidence = get_object_or_404(Evidence.objects.select_related("claim", "passage"), pk=pk)
    form = WeighForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose Supports, Refutes, Discusses or Unrelated. Nothing was changed."))
        return redirect(evidence.claim)
    stance, then = Stance(form.cleaned_data["stance"]), form.cleaned_data["then"]
    try:
        _weigh(evidence, stance, form, by=request.user)
    except Refusal as refusal:
        if refusal.code == "overtaken":
            return _weigh_again(request, pk, stance, then)
        messages.error(request, str(refusal))
        return redirect(evidence.claim)
    return redirect(_next(evidence, then, WeighFilter.of(request.POST)))


@require_POST
def put_off(request: Request, pk: int) -> HttpResponse:
    """Put a suggestion off for later, and go to the next one."""
    return _postpone(request, pk, undoing.put_off)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take back an answer, or take up what was put off: the passage waits again, and the page is at it."""
    return _postpone(request, pk, undoing.undo)


def _postpone(request: Request, pk: int, activity: Callable[..., Evidence]) -> HttpResponse:
    require(request.user, ClaimAct.WEIGH)
    evidence = get_object_or_404(Evidence.objects.select_related("claim"), pk=pk)
    form = LaterForm(request.POST)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {"then": None, "seen": ""}
    try:
        activity(evidence, by=request.user, seen=given["seen"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(evidence)
    return redirect(_next(evidence, given["then"] or evidence.pk, WeighFilter.of(request.POST)))


@require_POST
def settle(request: Request, kind: str, pk: int) -> HttpResponse:
    """Confirm or reject a figure, a link of a chain or any other assertion."""
    require(request.user, ClaimAct.WEIGH)
    if kind not in SETTLED:
        raise Http404
    assertion: Assertion = get_object_or_404(apps.get_model("claims", kind), pk=pk)
    claim = _claim_of(assertion)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose Confirm or Reject. Nothing was changed."))
        return redirect(claim)
    standing, seen = AssertionStatus(form.cleaned_data["standing"]), form.cleaned_data["seen"]
    try:
        weighing.settle(assertion, by=request.user, standing=standing, claim=claim, seen=seen)
    except Refusal as refusal:
        if refusal.code == "overtaken":
            return _settle_again(request, assertion, standing, claim, kind)
        messages.error(request, str(refusal))
        return redirect(claim)
    return redirect(f"{claim.get_absolute_url()}#{kind}-{pk}")


def _weigh(evidence: Evidence, stance: Stance, form: WeighForm, *, by: User) -> Evidence:
    chosen, at = form.words, evidence.passage.start
    return weighing.answer(
        evidence,
        stance,
        by=by,
        copies=form.copied,
        nearness=Nearness.PRIMARY if form.cleaned_data["primary"] else None,
        words=Span(at + chosen[0], at + chosen[1]) if chosen else None,
        seen=form.cleaned_data["seen"],
    )


def _weigh_again(request: Request, pk: int, stance: Stance, then: int | None) -> HttpResponse:
    """Show what somebody else said about a passage meanwhile, with the four answers."""
    evidence = Evidence.objects.for_list().select_related("claim").get(pk=pk)
    context = {
        "claim": evidence.claim,
        "shown": claim_page.shown_evidence(evidence),
        "answer": stance.label,
        "then": then,
        "kept": WeighFilter.of(request.POST),
    }
    return render(request, "claims/weigh_again.html", context, status=UNPROCESSABLE)


def _settle_again(
    request: Request, assertion: Assertion, standing: AssertionStatus, claim: Claim, kind: str
) -> HttpResponse:
    """Show how somebody else decided on a suggestion meanwhile, with both answers."""
    assertion.refresh_from_db()
    moves = claim_page.moves(claim, request.user)
    context = {"claim": claim, "assertion": assertion, "kind": kind, "answer": standing.label, "moves": moves}
    return render(request, "claims/settle_again.html", context, status=UNPROCESSABLE)


def _next(evidence: Evidence, then: int | None, kept: WeighFilter) -> str:
    """Return the address of the next suggestion, or of the list if none is left; of the evidence if it was changed."""
    page = evidence.claim.get_absolute_url()
    if then is None:
        return evidence.get_absolute_url()
    waits = evidence.claim.evidence.suggested().filter(pk=then).exists()
    query: dict[str, str | int] = {"weighed": evidence.pk, **({"passage": then} if waits else {}), **kept.fields}
    return f"{page}?{urlencode(query)}#{f'evidence-{then}' if waits else 'suggestions'}"


def _claim_of(assertion: Assertion) -> Claim:
    """Return the claim that an assertion is about."""
    for path in ("claim", "appearance.claim", "figure.claim"):
        row: object = assertion
        for name in path.split("."):
            row = getattr(row, name, None)
        if isinstance(row, Claim):
            return row
    raise Http404
