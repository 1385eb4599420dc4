"""The page of a claim, its progress while coverage is gathered, and its log."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims import log_check
from claims.evidence import edit_alerts
from claims.models import Claim, Report
from claims.pages import claim_page
from claims.pages.forms.review import MoveForm
from claims.pages.forms.search import SearchForm
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.pages.http import Request, number
from workbench.pages.log_pages import facts_of
from workbench.pages.paging import paged


@require_safe
def claim(request: Request, pk: int) -> HttpResponse:
    """Show a claim with its appearances, evidence, reviews and verdict."""
    row = load(pk)
    decisions = list(
        row.decisions.select_related("decided_by").prefetch_related(Prefetch("reports", Report.objects.for_list()))
    )
    context = {
        **claim_page.coverage(row),
        **claim_page.weighed(row),
        **claim_page.reviews(row, request.user),
        "claim": row,
        "search_form": SearchForm(),
        "move_form": MoveForm(),
        "pieces": claim_page.pieces(row),
        "moves": claim_page.moves(row, request.user),
        "appearances": claim_page.appearances(row),
        "links": claim_page.links(row),
        **claim_page.asked(row),
        "notices": edit_alerts.notices(row),
        "wordings": row.wordings.standing_firm().select_related("asserted_by"),
        "decision": next((decision for decision in decisions if decision.round == row.round), None),
        "earlier": [decision for decision in decisions if decision.round != row.round],
        **_just_weighed(request, row),
    }
    return render(request, "claims/claim.html", context)


@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """Show what workers found for the claim so far; answer with 204 while the page shows it already."""
    row = load(pk)
    coverage = claim_page.coverage(row)
    if request.GET.get("seen") == coverage["digest"]:
        return HttpResponse(status=204)
    context = {"claim": row, "moves": claim_page.moves(row, request.user), "filling": True, **coverage}
    return render(request, "claims/_filling.html", context)


@require_safe
def claim_log(request: Request, pk: int) -> HttpResponse:
    """Show the log of a claim, and whether its hash chain, reviews and reports match it."""
    row = load(pk)
    chain = audit.name_of(row)
    entries = LogEntry.objects.filter(chain=chain).order_by("-seq")
    context = {"claim": row, "head": audit.head(chain), "faults": log_check.faults(row), **paged(request, entries)}
    context["entries"] = [(entry, facts_of(entry)) for entry in context["page"]]
    return render(request, "claims/claim_log.html", context)


def load(pk: int) -> Claim:
    """Return a claim with the people that every page about it names. Raises ``Http404``."""
    row: Claim = get_object_or_404(Claim.objects.select_related("logged_by", "claimant", "handed_over_by"), pk=pk)
    return row


def _just_weighed(request: Request, row: Claim) -> dict[str, Any]:
    """Return the evidence this person has just weighed, to show it beside the next suggestion."""
    pk = number(request.GET.get("weighed", ""))
    if pk is None:
        return {}
    noted = row.evidence.for_list().filter(pk=pk).first()
    return {"noted": noted, "noted_before": number(request.GET.get("then", "")) or 0}
