"""The queues of a person: the claims that wait for them to review, decide and weigh, and their own open claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Evidence, Review
from claims.models.claim import ClaimQuerySet
from claims.models.vocabulary import FEWEST_REVIEWS, AssertionStatus, ClaimAct, Status
from workbench.desk.amounts import MOST_COUNTED, Amount
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.four_eyes import able
from workbench.desk.models import User

MOST_OF_OTHERS = 1_000  # claims counted of those of all others: each is asked whether it has a suggestion
MOST_SHOWN = 20  # of each queue on the page of all queues; the list of claims has the rest


class ClaimQueue(models.TextChoices):
    REVIEW = "review", _("For you to review")
    DECIDE = "decide", _("For you to decide")
    MINE = "mine", _("Your open claims")
    WEIGH = "weigh", _("Other people’s open claims with suggestions to weigh")


ACT_OF = {
    ClaimQueue.REVIEW: ClaimAct.REVIEW,
    ClaimQueue.DECIDE: ClaimAct.DECIDE,
    ClaimQueue.MINE: ClaimAct.LOG_CLAIM,
    ClaimQueue.WEIGH: ClaimAct.WEIGH,
}


@dataclass(frozen=True)
class ShownQueue:
    """The first claims of a queue and how many there are."""

    name: str
    claims: list[Claim]
    amount: Amount

    @property
    def is_cut(self) -> bool:
        """Whether the queue has more claims than are shown here."""
        return self.amount.number > len(self.claims)


def of(person: User, queue: ClaimQueue, rows: ClaimQuerySet) -> ClaimQuerySet:
    """Return the rows (of ``for_list``) that wait in a person's queue; none where their role has no such queue."""
    return _of(person, queue, rows, **_form(person, queue)) if person.may(ACT_OF[queue]) else rows.none()


def shown(person: User, queue: ClaimQueue) -> ShownQueue:
    """Return the first claims of a person's queue, the newest first, and the number of all."""
    if not person.may(ACT_OF[queue]):
        return ShownQueue(queue.value, [], Amount(0))
    form: dict[str, Any] = {"queue": queue, **_form(person, queue)}
    most = MOST_OF_OTHERS if queue == ClaimQueue.WEIGH else MOST_COUNTED
    first = _waiting(person.pk, number=MOST_SHOWN, **form)
    return ShownQueue(queue.value, first, _waiting.counted(person.pk, most=most, **form))


@CompiledQuery
def _waiting(person: int, *, queue: ClaimQueue, number: int | None = None, **form: bool) -> ClaimQuerySet:
    rows = Claim.objects.for_list().order_by("-logged_at", "-pk")
    return _of(User(pk=person), queue, rows, **form)[:number]


def _of(person: User, queue: ClaimQueue, rows: ClaimQuerySet, **form: bool) -> ClaimQuerySet:
    if queue == ClaimQueue.REVIEW:
        reviews = rows.waiting_for(person)
        return reviews.filter(reviewed__lt=FEWEST_REVIEWS) if form["decides"] else reviews
    if queue == ClaimQueue.DECIDE:
        return _to_decide(person, rows, **form)
    if queue == ClaimQueue.MINE:
        return rows.filter(logged_by=person, status=Status.OPEN)
    # Asked whether there is one: to count those of every open claim takes seconds on a large desk.
    suggestions = Evidence.objects.filter(claim=OuterRef("pk"), standing=AssertionStatus.SUGGESTED)
    to_weigh = Exists(suggestions.filter(passage__reading__is_left_out=False))
    return rows.filter(to_weigh, status=Status.OPEN).exclude(logged_by=person)


def _form(person: User, queue: ClaimQueue) -> dict[str, bool]:
    """Return what decides on the form of the query of a queue."""
    if queue == ClaimQueue.REVIEW:  # with enough reviews, a person who may decide the claim no longer reviews it
        return {"decides": person.may(ClaimAct.DECIDE)}
    if queue == ClaimQueue.DECIDE:
        reviewers = _others.counted(person.pk, most=FEWEST_REVIEWS, act=ClaimAct.REVIEW)
        deciders = _others.counted(person.pk, most=1, act=ClaimAct.DECIDE)
        return {"reviewed": reviewers.number >= FEWEST_REVIEWS, "decided": bool(deciders)}
    return {}


def _to_decide(person: User, rows: ClaimQuerySet, *, reviewed: bool, decided: bool) -> ClaimQuerySet:
    """Return the claims that wait for this person's verdict; where nobody else can give it, also those they know.

    ``reviewed`` and ``decided``: others can do so. With too few reviewers, no claim gets its reviews.
    """
    ready = rows.filter(status=Status.IN_REVIEW)
    if reviewed:
        ready = ready.filter(reviewed__gte=FEWEST_REVIEWS)
    if not decided:
        return ready
    mine = Review.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"), reviewer=person)
    return ready.exclude(logged_by=person).exclude(Exists(mine))


@CompiledQuery
def _others(person: int, *, act: ClaimAct) -> QuerySet[User]:
    return able(act, but=User(pk=person))
