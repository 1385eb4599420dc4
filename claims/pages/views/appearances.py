"""The button that makes an appearance the first known one of its claim."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.intake import first_known
from claims.models import Appearance
from claims.models.vocabulary import ClaimAct
from workbench.desk.roles import require
from workbench.pages.forms import attempt
from workbench.pages.http import Request


@require_POST
def mark_first_known(request: Request, pk: int) -> HttpResponse:
    """Make an appearance the first known one, in place of any other."""
    require(request.user, ClaimAct.LOG_CLAIM)
    appearance = get_object_or_404(Appearance.objects.select_related("claim"), pk=pk)
    activity = partial(first_known.mark_first_known, appearance, by=request.user)
    attempt(request, activity, done=_("This is now the first known appearance."))
    return redirect(f"{appearance.claim.get_absolute_url()}#appearances")
