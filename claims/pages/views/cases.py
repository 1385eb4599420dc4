"""Cases: their list, the page of one with its claims, sources and tags, and its dossier."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.models import CaseItem, Claim, DeskCase
from claims.models.desk_case import in_case
from claims.models.vocabulary import ClaimAct
from claims.pages import board_page, dossier
from claims.pages.forms.desk_case import ChangeCaseForm, OpenCaseForm, PutInCaseForm
from claims.pages.lists import CASES
from claims.team import case_keeping
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request, number
from workbench.pages.lists import listed


@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: Request) -> HttpResponse:
    """Show all cases, the newest first, and open one."""
    require(request.user, ClaimAct.PLAN if request.method == "POST" else DeskAct.READ)
    form = OpenCaseForm(sent(request))
    made = submit(request, form, partial(case_keeping.open_case, by=request.user))
    if made:
        return redirect(made)
    rows = DeskCase.objects.select_related("opened_by").order_by("-opened_at", "-pk")
    return form_page(request, "claims/desk_cases.html", form, {**listed(request, CASES, rows), "form": form})


@require_safe
def case(request: Request, pk: int) -> HttpResponse:
    """Show a case: what it is about, its claims on the board, its sources and tags."""
    row = _load(request, pk)
    rows = Claim.objects.for_list().filter(in_case(row.pk)).order_by("-logged_at", "-pk")
    shown = board_page.of(request, rows, here=f"case={row.pk}")
    context = {"case": row, "board": shown, "page": shown.page, "put_form": PutInCaseForm(), **_items(row)}
    return render(request, "claims/desk_case.html", {**context, "reports": dossier.reports(row).count()})


@require_http_methods(["GET", "HEAD", "POST"])
def change_case(request: Request, pk: int) -> HttpResponse:
    """Change the name of a case and what it is about, close it or open it again."""
    require(request.user, ClaimAct.PLAN)
    row = _load(request, pk)
    form = ChangeCaseForm(sent(request), initial=ChangeCaseForm.of(row))

    def check(held: DeskCase) -> None:
        form.check(ChangeCaseForm.of(held))

    activity = partial(case_keeping.change_case, row, by=request.user, check=check)
    if submit(request, form, activity, done=_("Saved.")):
        return redirect(row)
    return form_page(request, "claims/change_case.html", form, {"case": row})


@require_http_methods(["GET", "HEAD", "POST"])
def put_in_case(request: Request, pk: int) -> HttpResponse:
    """Add a claim, a source or a tag to a case."""
    require(request.user, ClaimAct.PLAN)
    row = _load(request, pk)
    form = PutInCaseForm(sent(request))

    def activity(claim: Any, source: Any, tag: str) -> DeskCase:
        if claim:
            case_keeping.put_claim(row, claim, by=request.user)
        if source:
            case_keeping.put_source(row, source, by=request.user)
        if tag:
            case_keeping.put_tag(row, tag, by=request.user)
        return row

    if submit(request, form, activity, done=_("Added.")):
        return redirect(row)
    return form_page(request, "claims/put_in_case.html", form, {"case": row})


@require_POST
def take_out_of_case(request: Request, pk: int) -> HttpResponse:
    """Take a claim, a source or a tag out of a case."""
    require(request.user, ClaimAct.PLAN)
    row = _load(request, pk)
    items = CaseItem.objects.standing().filter(case=row)
    item = get_object_or_404(items, pk=number(request.POST.get("item", "")) or 0)
    attempt(request, partial(case_keeping.take_out, item, by=request.user), done=_("Removed."))
    return redirect(row)


@require_safe
def show_dossier(request: Request, pk: int) -> HttpResponse:
    """Show the published reports of a case, to read and to print."""
    row = _load(request, pk)
    found = dossier.reports(row)[: dossier.MOST_REPORTS]
    return render(request, "claims/dossier.html", {"case": row, "reports": found, **_items(row)})


@require_safe
def dossier_file(request: Request, pk: int) -> HttpResponse:
    """Send the dossier of a case as a ZIP file."""
    row = _load(request, pk)
    headers = {
        "Content-Disposition": f'attachment; filename="dossier-{row.pk}.zip"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(dossier.archive(row), content_type="application/zip", headers=headers)


def _load(request: Request, pk: int) -> DeskCase:
    require(request.user, DeskAct.READ)
    return get_object_or_404(DeskCase.objects.select_related("opened_by"), pk=pk)


def _items(row: DeskCase) -> dict[str, Any]:
    """Return what was put in a case, as far as the reader sees it: claims by name, sources and tags."""
    items = list(CaseItem.objects.standing().filter(case=row).select_related("claim", "source", "by"))
    sources = [item for item in items if item.source_id]
    return {
        "claim_items": [item for item in items if item.claim_id],
        "sources": sources,
        "closed_sources": dossier.closed_sources() if sources else set(),
        "tags": [item for item in items if item.tag],
    }
