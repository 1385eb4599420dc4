"""The queue of a person, and the list of all claims with its search and filters."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct, Status
from claims.pages.forms.search import ClaimFilter
from claims.pages.lists import CLAIM_SEARCHES, CLAIMS
from claims.pages.views.claim import load
from workbench.desk import retrying
from workbench.desk.models import User
from workbench.pages.http import Request
from workbench.pages.lists import listed

MOST_WAITING = 20  # of each kind; the rest is in the list of claims


@require_safe
def queue(request: Request) -> HttpResponse:
    """Show this person's queue: claims to review, to decide and to weigh, and their own open claims."""
    return render(request, "claims/queue.html", _waiting(request.user))


@require_safe
def claims(request: Request) -> HttpResponse:
    """Show all claims, newest first, filtered by status, language and words."""
    form = ClaimFilter(request.GET)
    rows = _filtered(_rows(), form).prefetch_related("decisions")
    return render(request, "claims/claims.html", listed(request, CLAIMS, rows, form))


@require_safe
def claim_searches(request: Request, pk: int) -> HttpResponse:
    """Show all searches for coverage of a claim, newest first."""
    claim = load(pk)
    rows = claim.searches.order_by("-asked_at", "-pk")
    return render(request, "claims/claim_searches.html", {"claim": claim, **listed(request, CLAIM_SEARCHES, rows)})


def _rows() -> ClaimQuerySet:
    rows: ClaimQuerySet = Claim.objects.for_list().order_by("-logged_at", "-pk")
    return rows


def _waiting(person: User) -> dict[str, object]:
    rows = _rows()
    mine = rows.filter(logged_by=person, status=Status.OPEN)
    reviews = rows.waiting_for(person) if person.may(ClaimAct.REVIEW) else rows.none()
    if person.may(ClaimAct.DECIDE):
        reviews = reviews.filter(reviewed__lt=FEWEST_REVIEWS)  # then they decide it and no longer review it
    decidable = rows.filter(status=Status.IN_REVIEW, reviewed__gte=FEWEST_REVIEWS).exclude(logged_by=person)
    others = rows.filter(status=Status.OPEN, suggestions__gt=0).exclude(logged_by=person)
    return {
        "to_review": reviews[:MOST_WAITING],
        "to_decide": decidable[:MOST_WAITING] if person.may(ClaimAct.DECIDE) else [],
        "mine": mine[:MOST_WAITING] if person.may(ClaimAct.LOG_CLAIM) else [],
        "to_weigh": others[:MOST_WAITING] if person.may(ClaimAct.WEIGH) else [],
        "trouble": sum(kind._default_manager.in_trouble().count() for kind in retrying.kinds().values()),
        "newest": [] if person.may(ClaimAct.WEIGH) else rows[:MOST_WAITING],
    }


def _filtered(rows: ClaimQuerySet, form: ClaimFilter) -> ClaimQuerySet:
    if not form.is_valid():
        return rows
    asked = form.cleaned_data
    if asked["status"]:
        rows = rows.filter(status=asked["status"])
    if asked["language"]:
        rows = rows.filter(language=asked["language"])
    return rows.search(asked["words"])
