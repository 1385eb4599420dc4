"""The queue of a person, which is the desk’s board, and the board with all claims, its search and its filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Claim, CopyEdit, ProposedCorrection, ProposedReport, claim_searches
from claims.models.claim import ClaimQuerySet
from claims.models.vocabulary import ClaimAct
from claims.pages import board_page, for_you, greetings, queues, since_yesterday
from claims.pages.coverage_progress import shown_search
from claims.pages.forms.board import BoardFilter
from claims.pages.lists import CLAIM_SEARCHES, CLAIMS
from claims.pages.queues import ClaimQueue, ShownQueue
from claims.pages.views.claim import load
from sources.models import Search
from workbench.desk import retrying
from workbench.desk.amounts import Amount
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.four_eyes import Proposal
from workbench.desk.models import User
from workbench.desk.word_search import found_in_list
from workbench.pages import four_eyes
from workbench.pages.http import Request
from workbench.pages.lists import listed

# The queues on the page, in the order of what is urgent.
SHOWN = (
    *(ClaimQueue.LATE, ClaimQueue.DECIDE, ClaimQueue.PUBLISH, ClaimQueue.REVIEW, ClaimQueue.MINE, ClaimQueue.WEIGH),
)


ON_FIRST_PAGE = 12  # claims of the board below what waits for a person; its pages and *All claims* have the others


@require_safe
def queue(request: Request) -> HttpResponse:
    """Show the board: what waits for this person, and the claims on which the desk works."""
    found = queues.shown_together(request.user, (*SHOWN, ClaimQueue.DIFFER))
    beside = [claim for queue in SHOWN for claim in found[queue].claims]
    shown = board_page.of(
        *(request, board_page.in_work.bound()),
        here="status=work",
        per_page=ON_FIRST_PAGE,
        beside=beside,
        also=for_you.COLUMNS if beside else (),
    )
    cards = for_you.cards(
        {queue: found[queue] for queue in SHOWN}, {claim.pk for claim in found[ClaimQueue.DIFFER].claims}, shown.filled
    )
    context = {**_waiting(request.user, found), "for_you": cards, "board": shown, "page": shown.page}
    return render(request, "claims/queue.html", context)


@require_safe
def claims(request: Request) -> HttpResponse:
    """Show all claims on the board, the newest first, or those that its filter asks for."""
    form = BoardFilter(request.GET)
    asked = form.asked()
    if asked.keys() <= {"words"} and "sort" not in request.GET:
        rows = found_in_list(Claim, _every.bound(), asked.get("words", ""))
    else:
        rows = board_page.asked_for(request, form)
    shown = board_page.of(request, rows)
    is_filtered = bool(asked)
    texts = {"texts": CLAIMS, "is_filtered": is_filtered, "none": CLAIMS.no_match if is_filtered else CLAIMS.empty}
    context = {"board": shown, "page": shown.page, "form": form, **texts, **board_page.forms(request, shown)}
    return render(request, "claims/claims.html", context)


@require_safe
def searches_of_claim(request: Request, pk: int) -> HttpResponse:
    """Show all searches for coverage of a claim, newest first."""
    claim = load(pk)
    rows = Search.objects.for_list().filter(pk__in=claim.searches.values("pk")).order_by("-asked_at", "-pk")
    context = listed(request, CLAIM_SEARCHES, rows)
    answers = claim_searches.answers(claim, context["page"])
    for search in context["page"]:
        search.shown = shown_search(search, answers.get(search.pk))
    return render(request, "claims/claim_searches.html", {"claim": claim, **context})


def _waiting(person: User, found: Mapping[ClaimQueue, ShownQueue]) -> dict[str, object]:
    """Return what waits for a person besides the claims of their queues, and the numbers of all."""
    trouble = Amount.total(retrying.failing().values())
    some_edits, some_reports, some_corrections = _some_wait.first(person.pk) or (False, False, False)
    amounts = {queue: each.amount for queue, each in found.items()}
    return {
        "since": since_yesterday.happened(),
        "hello": greetings.hello(person),
        "counts": greetings.counts(amounts, trouble),
        "copy_edits": _copy_edits(person) if some_edits else [],
        "proposed_reports": _proposals(person, ProposedReport) if some_reports else [],
        "proposed_corrections": _proposals(person, ProposedCorrection) if some_corrections else [],
        "desk_proposals": four_eyes.waiting_for(person),
    }


def _copy_edits(person: User) -> list[CopyEdit]:
    """Return the copy-edits of others to which this person may agree."""
    return _waiting_edits(person.pk) if person.may(ClaimAct.AGREE_TO_EDIT) else []


def _proposals(person: User, kind: type[Proposal]) -> list[Proposal]:
    """Return the proposals of others to which this person may agree."""
    return _waiting_proposals(person.pk, kind=kind) if person.may(ClaimAct.SECOND) else []


@CompiledQuery
def _every() -> ClaimQuerySet:
    rows: ClaimQuerySet = Claim.objects.for_list().order_by("-logged_at", "-pk")
    return rows


@CompiledQuery
def _some_wait(person: int) -> QuerySet[Any]:
    """Whether copy-edits, reports and corrections wait for a person: seldom, and one query tells it of all three."""
    reader = User(pk=person)
    every: tuple[Any, ...] = (CopyEdit.objects.all(), ProposedReport.objects.open(), ProposedCorrection.objects.open())
    some = {f"some_{place}": Exists(rows.waiting_for(reader)) for place, rows in enumerate(every)}
    return User.objects.filter(pk=person).order_by().annotate(**some).values_list(*some)


@CompiledQuery
def _waiting_edits(person: int) -> QuerySet[CopyEdit]:
    rows: QuerySet[CopyEdit] = CopyEdit.objects.for_page().waiting_for(User(pk=person))
    return rows[: queues.MOST_SHOWN]


@CompiledQuery
def _waiting_proposals(person: int, *, kind: type[Proposal]) -> QuerySet[Proposal]:
    found: Any = kind.objects.for_page()
    rows: QuerySet[Proposal] = found.open().waiting_for(User(pk=person))
    return rows[: queues.MOST_SHOWN]
