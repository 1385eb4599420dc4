"""The page of a claim, its progress while coverage is gathered, and its log."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims import log_check
from claims.evidence import progress as evidence_progress
from claims.models import Claim, Decision
from claims.models.vocabulary import AssertionStatus
from claims.pages import (
    claim_head,
    claim_page,
    claim_queries,
    discussion_page,
    edit_notices,
    next_step,
    publishing_notice,
    review_page,
    workspace,
)
from claims.pages.forms.review import MoveForm
from claims.pages.forms.search import SearchForm
from claims.pages.weigh_filter import WeighFilter
from claims.pages.workspace import Workspace
from claims.review import rules
from sources.language.sentences import Span
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.pages.fact_words import told_of
from workbench.pages.http import Request, found_or_404, number
from workbench.pages.paging import page_of

TABS = ("claim", "weigh", "weighed", "activity")  # parts of the page, which a phone shows one at a time


@require_safe
def claim(request: Request, pk: int) -> HttpResponse:
    """Show a claim with its appearances, evidence, reviews and verdict."""
    row = load(pk)
    case = rules.Case(row, request.user)
    moves = claim_page.moves_in(case)
    if request.htmx.target == "card":
        return render(request, "claims/_card.html", {"claim": row, "moves": moves, **_at_passage(request, row)})
    reviews = review_page.reviews(row, request.user, case)
    seen = evidence_progress.digest(pk)  # first: what comes in while we load the rest is then shown by the next poll
    outline = claim_queries.outline(pk)
    at = _at_passage(request, row, some_wait=any(each[0] == AssertionStatus.SUGGESTED for each in outline))
    has = claim_queries.holds(pk)
    verdicts, coverage = claim_page.verdicts(row, request.user, has), claim_page.coverage(row, at["workspace"])
    figures = [figure for figure in coverage["figures"] if figure.standing != AssertionStatus.REJECTED]
    context = {
        **at,
        **coverage,
        "digest": seen,
        "tab": _tab(request, moves, at["workspace"], verdicts["decision"]),
        "counted": workspace.counted(outline),
        "same_text": claim_queries.of_same_texts(pk, most=workspace.MOST_CLAIMS),
        "noted": workspace.noted(row, number(request.GET.get("weighed", "")), request.user),
        **claim_page.weighed_pages(request, row, {each[:2] for each in outline}),
        **verdicts,
        "publishing": publishing_notice.of(verdicts["decision"], request.user) if verdicts["publishable"] else None,
        "claim": row,
        "head": claim_head.built(row, verdicts["decision"], figures),
        "next_step": next_step.of(row, request.user, moves, reviews),
        "reviews": reviews,
        "search_form": SearchForm(),
        "move_form": MoveForm(),
        "move_buttons": next_step.move_buttons(moves),
        "moves": moves,
        "appearances": claim_page.appearances(request, row),
        **claim_page.lists(request, row, has),
        **discussion_page.of_claim(case, has_notes=has["notes"]),
        "notices": edit_notices.of(row),
    }
    return render(request, "claims/claim.html", context)


@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """Show what workers found for the claim so far; while the page shows it already, answer 204 after one query."""
    seen = request.GET.get("seen", "")
    if seen and seen == evidence_progress.digest(pk):
        return HttpResponse(status=204)
    row = load(pk)
    shown = workspace.of(row, number(request.GET.get("passage", "")), kept=WeighFilter.of(request.GET))
    context = {"claim": row, "moves": claim_page.moves(row, request.user), "filling": True}
    context |= {**claim_page.coverage(row, shown), "digest": evidence_progress.digest(pk)}
    return render(request, "claims/_filling.html", context)


@require_safe
def claim_log(request: Request, pk: int) -> HttpResponse:
    """Show the log of a claim, and whether its hash chain, reviews and reports match it."""
    row = load(pk)
    chain = audit.name_of(row)
    entries = LogEntry.objects.filter(chain=chain).order_by("-seq")
    page = page_of(request, entries)
    context = {"claim": row, "head": audit.head(chain), "faults": log_check.faults(row), "page": page}
    context["rows"], facts = told_of(page)
    context["entries"] = list(zip(page, facts, strict=True))
    return render(request, "claims/claim_log.html", context)


def load(pk: int) -> Claim:
    """Return a claim with the people that every page about it names. Raises ``Http404``."""
    row: Claim = found_or_404(claim_queries.with_people.first(pk))
    return row


def _at_passage(request: Request, row: Claim, *, some_wait: bool | None = None) -> dict[str, Any]:
    """Return what waits, and the document at the passage that the address names."""
    wanted = number(request.GET.get("passage", ""))
    start, end = (number(request.GET.get(name, "")) for name in ("from", "to"))
    chosen = Span(start, end) if start is not None and end is not None else None
    shown = workspace.of(row, wanted, kept=WeighFilter.of(request.GET), some_wait=some_wait)
    return {"workspace": shown, "card": workspace.card(row, shown, wanted, chosen), "wanted": wanted}


def _tab(request: Request, moves: dict[str, bool], shown: Workspace, verdict: Decision | None) -> str:
    """Return the part of the page that a phone shows: the one of the address, or what the person comes for.

    A verdict and the way to its report stand in the part of what was done.
    """
    asked = request.GET.get("tab", "")
    if asked in TABS:
        return asked
    if shown.kept or "passage" in request.GET or "weighed" in request.GET or (moves["weigh"] and shown.passages):
        return "weigh"
    return "activity" if verdict else "claim"
