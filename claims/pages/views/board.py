"""What is done with the board: a change to all claims that were chosen, a CSV file, and saved views."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from claims.models import BoardView, Claim, DeskCase
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import ClaimAct
from claims.pages import board_export, board_page
from claims.pages.forms.board import BoardFilter, BulkForm, ViewForm
from claims.team import arranging, view_saving
from claims.team.arranging import Arrangement
from workbench.desk.models import User
from workbench.desk.punctuation import labelled
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.forms import attempt, form_page, submit
from workbench.pages.http import Request, number

MOST_AT_ONCE = 200  # claims that one form changes
MOST_TOLD = 5  # claims of which a message says why they were not changed


@require_safe
def export(request: Request) -> HttpResponse:
    """Send the claims that the board shows, on all its pages, as a CSV file."""
    require(request.user, DeskAct.READ)
    rows = board_page.asked_for(request, BoardFilter(request.GET))
    return _file(rows[: board_export.MOST_EXPORTED])


@require_POST
def change_many(request: Request) -> HttpResponse:
    """Do the same with all claims that were chosen: set owner, due date, priority, tags and case; or export them."""
    keys = [key for each in request.POST.getlist("claim")[:MOST_AT_ONCE] if (key := number(each)) is not None]
    chosen = Claim.objects.for_list().filter(pk__in=keys).order_by("pk")
    if request.POST.get("act") == "export":
        require(request.user, DeskAct.READ)
        return _file(chosen)
    require(request.user, ClaimAct.PLAN)
    form = BulkForm(request.POST)
    claims = list(chosen)
    if form.is_valid() and not claims:
        form.add_error(None, _("Choose claims first: tick the box in front of each."))
    elif form.is_valid() and not any(form.cleaned_data.values()):
        form.add_error(None, _("Choose what to change."))
    if form.is_valid():
        _change_each(request, claims, _wanted(form))
        return redirect(_back(request))
    return form_page(request, "claims/change_many.html", form, {"claims": claims, "back": _back(request)})


@require_POST
def save_view(request: Request) -> HttpResponse:
    """Save the board as it is shown under a name."""
    require(request.user, DeskAct.READ)
    form = ViewForm(request.POST)
    view = submit(request, form, partial(view_saving.save_view, by=request.user), done=_("The view is saved."))
    return redirect(view) if view else form_page(request, "claims/save_view.html", form)


@require_POST
def remove_view(request: Request, pk: int) -> HttpResponse:
    """Remove a view of one’s own."""
    view = get_object_or_404(BoardView, pk=pk, owner=request.user)
    attempt(request, partial(view_saving.remove_view, view, by=request.user), done=_("Removed."))
    return redirect("claims:claims")


def _change_each(request: Request, claims: Iterable[Claim], wanted: Arrangement) -> None:
    """Change claims one by one, so that one that refuses leaves the others; say how many, and why not the rest."""
    done, refused = 0, list[str]()
    for claim in claims:
        try:
            arranging.arrange(claim, wanted, by=request.user)
            done += 1
        except Refusal as refusal:
            refused.append(labelled(claim, str(refusal)))
    for problem in refused[:MOST_TOLD]:
        messages.error(request, problem)
    if len(refused) > MOST_TOLD:
        messages.error(request, _("and %(number)d more.") % {"number": len(refused) - MOST_TOLD})
    if done:
        text = ngettext("%(number)d claim is changed.", "%(number)d claims are changed.", done)
        messages.success(request, text % {"number": done})


def _wanted(form: BulkForm) -> Arrangement:
    """Return what to do with each claim."""
    given = form.cleaned_data
    plan: dict[str, Any] = {}
    if given["owner"]:
        plan["owner"] = (
            None if given["owner"] == "nobody" else User.objects.filter(pk=number(given["owner"]) or 0).first()
        )
    if given["due_on"]:
        plan["due_on"] = given["due_on"]
    if given["priority"]:
        plan["priority"] = Priority(given["priority"])
    case = get_object_or_404(DeskCase, pk=number(given["case"])) if given["case"] else None
    return Arrangement(plan=plan, tag=form.tag_names, case=case)


def _file(claims: Iterable[Claim]) -> HttpResponse:
    name = f"claims-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(board_export.render(claims), content_type="text/csv; charset=utf-8", headers=headers)


def _back(request: Request) -> str:
    """Return where the form stood: an address of this site alone."""
    back = request.POST.get("back", "")
    is_safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_safe else reverse("claims:claims")
