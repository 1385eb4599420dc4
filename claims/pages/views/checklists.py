"""Tick the lines of the checklist for a claim."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.models import ChecklistItem
from claims.models.vocabulary import ClaimAct
from claims.pages.views.claim import load
from claims.team import ticking
from workbench.desk.roles import require
from workbench.pages.forms import attempt
from workbench.pages.http import Request, number


@require_POST
def tick(request: Request, pk: int) -> HttpResponse:
    """Tick a line for a claim, or take the tick off."""
    require(request.user, ClaimAct.LOG_CLAIM)
    claim = load(pk)
    item = get_object_or_404(ChecklistItem, pk=number(request.POST.get("item", "")) or 0)
    if request.POST.get("tick") == "off":
        attempt(request, partial(ticking.untick, claim, item, by=request.user))
    else:
        attempt(request, partial(ticking.tick, claim, item, by=request.user), done=_("Ticked."))
    return redirect(f"{claim.get_absolute_url()}#checklist")
