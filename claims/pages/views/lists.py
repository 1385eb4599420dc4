"""The queue of a person, and the list of all claims with its search and filters."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
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
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.four_eyes import Proposal
from workbench.desk.models import User
from workbench.pages import four_eyes
from workbench.pages.http import Request
from workbench.pages.lists import listed
from workbench.pages.templatetags.form_fields import is_blank


@require_safe
def queue(request: Request) -> HttpResponse:
    """Show this person's queue: claims to review, to decide and to weigh, and their own open claims."""
    return render(request, "claims/queue.html", _waiting(request.user))


@require_safe
def claims(request: Request) -> HttpResponse:
    """Show all claims, newest first, filtered by queue, status, language and words."""
    form = ClaimFilter(request.GET)
    rows = _with_verdicts.bound() if is_blank(form) else _filtered(_with_verdicts.rows(), form, request.user)
    return render(request, "claims/claims.html", listed(request, CLAIMS, rows, form))


@require_safe
def claim_searches(request: Request, pk: int) -> HttpResponse:
    """Show all searches for coverage of a claim, newest first."""
    claim = load(pk)
    rows = Search.objects.for_list().filter(pk__in=claim.searches.values("pk")).order_by("-asked_at", "-pk")
    return render(request, "claims/claim_searches.html", {"claim": claim, **listed(request, CLAIM_SEARCHES, rows)})


def _waiting(person: User) -> dict[str, object]:
    return {
        "to_review": queues.shown(person, ClaimQueue.REVIEW),
        "to_decide": queues.shown(person, ClaimQueue.DECIDE),
        "mine": queues.shown(person, ClaimQueue.MINE),
        "to_weigh": queues.shown(person, ClaimQueue.WEIGH),
        "copy_edits": _copy_edits(person),
        "proposed_reports": _proposals(person, ProposedReport),
        "proposed_corrections": _proposals(person, ProposedCorrection),
        "desk_proposals": four_eyes.waiting_for(person),
        "trouble": Amount.total(retrying.failing().values()),
        "newest": [] if person.may(ClaimAct.WEIGH) else _with_verdicts(most=queues.MOST_SHOWN),
    }


def _copy_edits(person: User) -> list[CopyEdit]:
    """Return the copy-edits of others to which this person may agree."""
    return _waiting_edits(person.pk) if person.may(ClaimAct.AGREE_TO_EDIT) else []


def _proposals(person: User, kind: type[Proposal]) -> list[Proposal]:
    """Return the proposals of others to which this person may agree."""
    return _waiting_proposals(person.pk, kind=kind) if person.may(ClaimAct.SECOND) else []


@CompiledQuery
def _with_verdicts() -> ClaimQuerySet:
    rows: ClaimQuerySet = Claim.objects.for_list().order_by("-logged_at", "-pk").prefetch_related("decisions")
    return rows


@CompiledQuery
def _waiting_edits(person: int) -> QuerySet[CopyEdit]:
    rows: QuerySet[CopyEdit] = CopyEdit.objects.for_page().waiting_for(User(pk=person))
    return rows[: queues.MOST_SHOWN]


@CompiledQuery
def _waiting_proposals(person: int, *, kind: type[Proposal]) -> QuerySet[Proposal]:
    found: Any = kind.objects.for_page()
    rows: QuerySet[Proposal] = found.open().waiting_for(User(pk=person))
    return rows[: queues.MOST_SHOWN]


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
