"""Buttons at an appearance: make it the first known one of its claim; note that its post was deleted."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.intake import deleted_posts, first_known
from claims.models import Appearance
from claims.models.vocabulary import ClaimAct
from claims.pages.forms.log_claim import DeletionForm
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


@require_POST
def note_deletion(request: Request, pk: int) -> HttpResponse:
    """Note since when the post of an appearance is deleted."""
    require(request.user, ClaimAct.LOG_CLAIM)
    appearance = get_object_or_404(Appearance.objects.select_related("claim"), pk=pk)
    form = DeletionForm(request.POST)
    if form.is_valid():
        activity = partial(deleted_posts.note_deletion, appearance, form.cleaned_data["since"], by=request.user)
        attempt(request, activity, done=_("The deletion is noted."))
    else:
        messages.error(request, " ".join(map(str, form.errors["since"])))
    return redirect(f"{appearance.claim.get_absolute_url()}#appearances")
