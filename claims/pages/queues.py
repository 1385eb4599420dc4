"""The queues of a person: the claims that wait for them to review, decide and weigh, and their own open claims."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Evidence, Review
from claims.models.claim import ClaimQuerySet
from claims.models.vocabulary import FEWEST_REVIEWS, AssertionStatus, ClaimAct, Status
from workbench.desk.amounts import MOST_COUNTED, Amount, counted
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
    if not person.may(ACT_OF[queue]):
        return rows.none()
    if queue == ClaimQueue.REVIEW:
        reviews = rows.waiting_for(person)
        # With enough reviews, a person who may decide the claim no longer reviews it.
        return reviews.filter(reviewed__lt=FEWEST_REVIEWS) if person.may(ClaimAct.DECIDE) else reviews
    if queue == ClaimQueue.DECIDE:
        return _to_decide(person, rows)
    if queue == ClaimQueue.MINE:
        return rows.filter(logged_by=person, status=Status.OPEN)
    # Asked whether there is one: to count those of every open claim takes seconds on a large desk.
    suggestions = Evidence.objects.filter(claim=OuterRef("pk"), standing=AssertionStatus.SUGGESTED)
    to_weigh = Exists(suggestions.filter(passage__reading__is_left_out=False))
    return rows.filter(to_weigh, status=Status.OPEN).exclude(logged_by=person)


def _to_decide(person: User, rows: ClaimQuerySet) -> ClaimQuerySet:
    """Return the claims that wait for this person's verdict; where nobody else can give it, also those they know."""
    ready = rows.filter(status=Status.IN_REVIEW)
    if able(ClaimAct.REVIEW, but=person).count() >= FEWEST_REVIEWS:  # with fewer, no claim gets its reviews
        ready = ready.filter(reviewed__gte=FEWEST_REVIEWS)
    if not able(ClaimAct.DECIDE, but=person).exists():
        return ready
    mine = Review.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"), reviewer=person)
    return ready.exclude(logged_by=person).exclude(Exists(mine))


def shown(person: User, queue: ClaimQueue, rows: ClaimQuerySet) -> ShownQueue:
    """Return the first claims of a person's queue, and the number of all."""
    waiting = of(person, queue, rows)
    most = MOST_OF_OTHERS if queue == ClaimQueue.WEIGH else MOST_COUNTED
    return ShownQueue(queue.value, list(waiting[:MOST_SHOWN]), counted(waiting, most))
