"""The page of a claim, its progress while coverage is gathered, and its log."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims import log_check
from claims.evidence import progress as evidence_progress
from claims.models import Claim
from claims.pages import (
    claim_head,
    claim_page,
    claim_queries,
    discussion_page,
    edit_notices,
    next_step,
    publishing_notice,
    review_page,
)
from claims.pages.claim_page import Noted
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
    moves, reviews = claim_page.moves(row, request.user), review_page.reviews(row, request.user)
    verdicts = claim_page.verdicts(row, request.user)
    context = {
        **claim_page.coverage(row, _just_weighed(request, row)),
        **claim_page.weighed_pages(request, row),
        **verdicts,
        "publishing": publishing_notice.of(verdicts["decision"], request.user) if verdicts["publishable"] else None,
        "claim": row,
        "head": claim_head.of(row),
        "next_step": next_step.of(row, request.user, moves, reviews),
        "reviews": reviews,
        "search_form": SearchForm(),
        "move_form": MoveForm(),
        "move_buttons": next_step.move_buttons(moves),
        "moves": moves,
        "appearances": claim_page.appearances(request, row),
        "links": claim_page.links(request, row),
        **claim_page.asked(row),
        **discussion_page.of_claim(row, request.user),
        "notices": edit_notices.of(row),
        "wordings": claim_page.wordings(request, row),
        "versions": claim_queries.versions(pk),
    }
    return render(request, "claims/claim.html", context)


@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """Show what workers found for the claim so far; while the page shows it already, answer 204 after one query."""
    seen = request.GET.get("seen", "")
    if seen and seen == evidence_progress.digest(pk):
        return HttpResponse(status=204)
    row = load(pk)
    coverage = claim_page.coverage(row)
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
    row: Claim | None = claim_queries.with_people.first(pk)
    if row is None:
        raise Http404
    return row


def _just_weighed(request: Request, row: Claim) -> Noted | None:
    """Return the evidence this person weighed a moment ago, to say so beside the next suggestion."""
    pk, then = number(request.GET.get("weighed", "")), number(request.GET.get("then", ""))
    return claim_page.noted(row, pk, then or 0)
