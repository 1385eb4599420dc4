"""Buttons to weigh evidence, and to confirm or reject other suggestions."""

from __future__ import annotations

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.evidence import weighing
from claims.models import Claim, Evidence
from claims.models.assertion import Assertion
from claims.models.vocabulary import AssertionStatus, ClaimAct, Stance
from claims.pages.forms.weigh import SettleForm, WeighForm
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.pages.forms import attempt
from workbench.pages.http import Request

# Kinds of assertions that are only confirmed or rejected; evidence is weighed, with a stance.
SETTLED = {"figure", "wording", "appearance", "attribution", "claimlink"}


@require_POST
def weigh(request: Request, pk: int) -> HttpResponse:
    """Save what a passage does to the claim, and go to the next suggestion."""
    require(request.user, ClaimAct.WEIGH)
    evidence = get_object_or_404(Evidence.objects.select_related("claim"), pk=pk)
    form = WeighForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose Supports, Refutes, Discusses or Unrelated. Nothing was changed."))
        return redirect(evidence.claim)
    stance = Stance(form.cleaned_data["stance"])
    weighed = attempt(request, lambda: _weigh(evidence, stance, by=request.user))
    return redirect(_next(evidence, form.cleaned_data["then"]) if weighed else evidence.claim)


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
    standing = AssertionStatus(form.cleaned_data["standing"])
    settled = attempt(request, lambda: weighing.settle(assertion, by=request.user, standing=standing, claim=claim))
    return redirect(f"{claim.get_absolute_url()}#{kind}-{pk}" if settled else claim)


def _weigh(evidence: Evidence, stance: Stance, *, by: User) -> Evidence:
    if stance == Stance.UNRELATED:
        return weighing.reject(evidence, by=by)
    return weighing.confirm(evidence, by=by, stance=stance)


def _next(evidence: Evidence, then: int | None) -> str:
    """Return the address of the next suggestion, or of the list if none is left; of the evidence if it was changed."""
    page = evidence.claim.get_absolute_url()
    if then is None:
        return f"{page}#evidence-{evidence.pk}"
    waits = evidence.claim.evidence.suggested().filter(pk=then).exists()
    query = urlencode({"weighed": evidence.pk, "then": then if waits else 0})
    return f"{page}?{query}#{f'evidence-{then}' if waits else 'suggestions'}"


def _claim_of(assertion: Assertion) -> Claim:
    """Return the claim that an assertion is about."""
    for path in ("claim", "appearance.claim", "figure.claim"):
        row: object = assertion
        for name in path.split("."):
            row = getattr(row, name, None)
        if isinstance(row, Claim):
            return row
    raise Http404
