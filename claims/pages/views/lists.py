"""The queue of a person, and the list of all claims with its search and filters."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Claim, CopyEdit, ProposedCorrection, ProposedReport
from claims.models.claim import ClaimQuerySet
from claims.models.vocabulary import ClaimAct
from claims.pages import queues
from claims.pages.forms.search import ClaimFilter
from claims.pages.lists import CLAIM_SEARCHES, CLAIMS
from claims.pages.queues import ClaimQueue
from claims.pages.views.claim import load
from sources.models import Search
from workbench.desk import retrying
from workbench.desk.amounts import Amount
from workbench.desk.four_eyes import Proposal, ProposalQuerySet
from workbench.desk.models import User
from workbench.pages import four_eyes
from workbench.pages.http import Request
from workbench.pages.lists import listed


@require_safe
def queue(request: Request) -> HttpResponse:
    """Show this person's queue: claims to review, to decide and to weigh, and their own open claims."""
    return render(request, "claims/queue.html", _waiting(request.user))


@require_safe
def claims(request: Request) -> HttpResponse:
    """Show all claims, newest first, filtered by queue, status, language and words."""
    form = ClaimFilter(request.GET)
    rows = _filtered(_rows(), form, request.user).prefetch_related("decisions")
    return render(request, "claims/claims.html", listed(request, CLAIMS, rows, form))


@require_safe
def claim_searches(request: Request, pk: int) -> HttpResponse:
    """Show all searches for coverage of a claim, newest first."""
    claim = load(pk)
    rows = Search.objects.for_list().filter(pk__in=claim.searches.values("pk")).order_by("-asked_at", "-pk")
    return render(request, "claims/claim_searches.html", {"claim": claim, **listed(request, CLAIM_SEARCHES, rows)})


def _rows() -> ClaimQuerySet:
    rows: ClaimQuerySet = Claim.objects.for_list().order_by("-logged_at", "-pk")
    return rows


def _waiting(person: User) -> dict[str, object]:
    rows = _rows()
    return {
        "to_review": queues.shown(person, ClaimQueue.REVIEW, rows),
        "to_decide": queues.shown(person, ClaimQueue.DECIDE, rows),
        "mine": queues.shown(person, ClaimQueue.MINE, rows),
        "to_weigh": queues.shown(person, ClaimQueue.WEIGH, rows),
        "copy_edits": _copy_edits(person),
        "proposed_reports": _proposals(person, ProposedReport.objects.for_page().open()),
        "proposed_corrections": _proposals(person, ProposedCorrection.objects.for_page().open()),
        "desk_proposals": four_eyes.waiting_for(person),
        "trouble": Amount.total(retrying.failing().values()),
        "newest": [] if person.may(ClaimAct.WEIGH) else rows.prefetch_related("decisions")[: queues.MOST_SHOWN],
    }


def _copy_edits(person: User) -> list[CopyEdit]:
    """Return the copy-edits of others to which this person may agree."""
    if not person.may(ClaimAct.AGREE_TO_EDIT):
        return []
    return list(CopyEdit.objects.for_page().waiting_for(person)[: queues.MOST_SHOWN])


def _proposals(person: User, rows: ProposalQuerySet) -> list[Proposal]:
    """Return the proposals of others to which this person may agree."""
    return list(rows.waiting_for(person)[: queues.MOST_SHOWN]) if person.may(ClaimAct.SECOND) else []


def _filtered(rows: ClaimQuerySet, form: ClaimFilter, person: User) -> ClaimQuerySet:
    if not form.is_valid():
        return rows
    asked = form.cleaned_data
    if asked["queue"]:
        rows = queues.of(person, ClaimQueue(asked["queue"]), rows)
    if asked["status"]:
        rows = rows.filter(status=asked["status"])
    if asked["language"]:
        rows = rows.filter(language=asked["language"])
    return rows.search(asked["words"])
