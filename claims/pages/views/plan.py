"""The form with which the desk plans its work on a claim."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.models import Claim
from claims.models.vocabulary import ClaimAct
from claims.pages import claim_team
from claims.pages.forms.plan import PlanForm
from claims.pages.views.claim import load
from claims.team import arranging
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def change_plan(request: Request, pk: int) -> HttpResponse:
    """Set owner, due date, priority, tags, case and reviewers of a claim: what the person changed in the form."""
    require(request.user, ClaimAct.PLAN)
    claim = load(pk)
    team = claim_team.of(claim)
    form = PlanForm(sent(request), claim, team)

    def activity(**_given: Any) -> Claim:
        return arranging.arrange(claim, form.arrangement(), by=request.user)

    if submit(request, form, activity, done=_("Saved.")):
        return redirect(f"{claim.get_absolute_url()}#team")
    return form_page(request, "claims/plan.html", form, {"claim": claim, "team": team})
