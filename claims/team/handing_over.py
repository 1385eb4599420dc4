"""Hand over everything that a person has in hand, in one act, to one or several people.

What they have in hand: the claims that they own, those that they logged and nobody owns, those where a question or a
request for comment of theirs waits and nobody owns them, and the invitations to review.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimPlan, CommentRequest, Question, Review, ReviewInvitation
from claims.models.claim import ClaimQuerySet
from claims.models.vocabulary import CLOSED, ClaimVerb, Status
from claims.team import inviting, planning
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct


@dataclass(frozen=True)
class InHand:
    """What a person has in hand, as far as whoever looks may see it."""

    owned: list[Claim]
    logged: list[Claim]
    asked: list[Claim]
    invited: list[Claim]

    @property
    def claims(self) -> list[Claim]:
        """The claims that need another owner."""
        return [*self.owned, *self.logged, *self.asked]

    def __bool__(self) -> bool:
        return bool(self.claims or self.invited)


@dataclass(frozen=True)
class HandedOver:
    """What another person has now, and what nobody of those named can have."""

    done: int
    left: list[Claim]


def in_hand(person: User) -> InHand:
    """Return what a person has in hand."""
    owned = ClaimPlan.objects.standing().filter(claim=OuterRef("pk"), owner__isnull=False)
    mine = owned.filter(owner=person)
    work = Claim.objects.order_by("pk")
    unfinished = Q(status__in=set(Status) - CLOSED) | Q(status=Status.DECIDED, decisions__reports=None)
    free = work.filter(~Exists(owned)).exclude(status__in=CLOSED)
    logged = free.filter(logged_by=person)
    waits = Question.objects.filter(claim=OuterRef("pk"), asked_by=person, answers=None)
    sent = CommentRequest.objects.filter(claim=OuterRef("pk"), sent_by=person, answered_at=None)
    asked = free.filter(Exists(waits) | Exists(sent)).exclude(logged_by=person)
    return InHand(
        list(work.filter(Exists(mine)).filter(unfinished).distinct()), list(logged), list(asked), list(_invited(person))
    )


def _invited(person: User) -> ClaimQuerySet:
    """Return the claims that a person was asked to review and has not reviewed in this round."""
    asked = ReviewInvitation.objects.standing().filter(claim=OuterRef("pk"), person=person)
    done = Review.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"), reviewer=person)
    rows: ClaimQuerySet = Claim.objects.filter(Exists(asked), ~Exists(done)).exclude(status__in=CLOSED).order_by("pk")
    return rows


def _counts_already(claim: Claim, person: User) -> bool:
    """Say whether a person was asked to review a claim, or did so in this round: they add no reviewer to it."""
    asked = ReviewInvitation.objects.standing().filter(claim=claim, person=person)
    return asked.exists() or Review.objects.filter(claim=claim, round=claim.round, reviewer=person).exists()


@transaction.atomic
def hand_over(person: User, to: Sequence[User], *, by: User) -> HandedOver:
    """Hand over what a person has in hand to others, in turn; each gets only what their role and access allow.

    A person hands over their own work; an administrator that of somebody else. Raises ``NotPermitted`` and ``Refusal``
    (codes ``nobody``, ``same_person``, ``nothing``).
    """
    if by.pk != person.pk:
        require(by, DeskAct.MANAGE_PEOPLE)
    if not to:
        raise Refusal(_("Choose who takes over."), "nobody", field="to")
    if person in to:
        problem = _("%(person)s is the person who hands over. Choose others.") % {"person": person}
        raise Refusal(problem, "same_person", field="to")
    has = in_hand(person)
    if not has:
        raise Refusal(_("There is nothing to hand over."), "nothing")

    def own(claim: Claim, taker: User) -> None:
        planning.plan(claim, {"owner": taker}, by=by, handed_over=True)

    def review(claim: Claim, taker: User) -> None:
        if _counts_already(claim, taker):
            problem = _("%(person)s cannot review this claim.") % {"person": taker}
            raise Refusal(problem, "not_reviewer", field="to")
        inviting.invite(claim, taker, by=by, handed_over=True)
        inviting.take_back(claim, person, by=by, handed_over=True)

    left = [*_share(has.claims, to, own), *_share(has.invited, to, review)]
    audit.record(by, ClaimVerb.HANDED_OVER, person, to=[audit.name_of(taker) for taker in to])
    return HandedOver(len(has.claims) + len(has.invited) - len(left), left)


def _share(claims: Sequence[Claim], to: Sequence[User], give: Callable[[Claim, User], None]) -> list[Claim]:
    """Give each claim to the next person who can take it; return those that none of them can."""
    turns, left = cycle(range(len(to))), list[Claim]()
    for claim in claims:
        first = next(turns)
        order = [*to[first:], *to[:first]]
        if not any(_given(claim, taker, give) for taker in order):
            left.append(claim)
    return left


def _given(claim: Claim, taker: User, give: Callable[[Claim, User], None]) -> bool:
    try:
        give(claim, taker)
    except Refusal:
        return False
    return True
