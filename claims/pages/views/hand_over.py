"""Pages on which people hand over what they have in hand, and administrators do so for somebody who leaves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from claims.models.vocabulary import ClaimAct
from claims.pages.forms.hand_over import HandOverForm
from claims.team import handing_over
from claims.team.handing_over import HandedOver
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: Request) -> HttpResponse:
    """Hand over one’s own work."""
    require(request.user, ClaimAct.LOG_CLAIM)
    return _page(request, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_of(request: Request, pk: int) -> HttpResponse:
    """Hand over the work of somebody else, who leaves the desk."""
    require(request.user, DeskAct.MANAGE_PEOPLE)
    return _page(request, get_object_or_404(User, pk=pk))


def _page(request: Request, person: User) -> HttpResponse:
    form = HandOverForm(sent(request), person)

    def activity(to: Any) -> HandedOver:
        return handing_over.hand_over(person, list(to), by=request.user)

    made = submit(request, form, activity)
    if made is not None:
        _tell(request, made)
        return redirect(request.path)
    context = {"person": person, "is_own": person == request.user, "in_hand": handing_over.in_hand(person)}
    return form_page(request, "claims/hand_over.html", form, context)


def _tell(request: Request, made: HandedOver) -> None:
    if made.done:
        text = ngettext("%(number)d item is handed over.", "%(number)d items are handed over.", made.done)
        messages.success(request, text % {"number": made.done})
    if made.left:
        problem = _("Nobody you chose can take these. They stay where they are: %(claims)s.")
        messages.warning(request, problem % {"claims": ", ".join(f"#{claim.pk}" for claim in made.left)})
