"""The rules of review: blind reviews, two reviewers, never one's own claim; who may do what now, and why not.

Reviews are blind, a verdict needs two of them, and nobody decides a claim that they logged or reviewed. Where the desk
lacks people, or its policy says so, an editor decides alone and gives a reason. Pages offer what ``allowed`` returns,
and the activities check the same rules. Which reviews a person may read is a question to the table:
``Review.objects.visible_to``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimLink, Review
from claims.models.claim import closed
from claims.models.team_vocabulary import PLANNING
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct, ClaimRule, ClaimVerb, Move, Status
from claims.review import staff
from sources.models.vocabulary import SourceAct
from workbench.desk import audit, hidden_rows, seconding
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.four_eyes import FourEyesPolicy
from workbench.desk.models import LogEntry, User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import Act, require


@dataclass(frozen=True)
class Case:
    """A claim and the person who would do something with it: what the rules look at."""

    claim: Claim
    person: User

    @cached_property
    def by_round(self) -> list[tuple[int, int]]:
        """Round and reviewer of each review since the newest verdict."""
        return _rounds(self.claim.pk)

    @property
    def reviewers(self) -> list[int]:
        """Keys of the people who have reviewed the claim in its present round."""
        return [reviewer for number, reviewer in self.by_round if number == self.claim.round]

    @property
    def have_judged(self) -> set[int]:
        """Keys of the people who have reviewed the claim in any round since the newest verdict."""
        return {reviewer for _number, reviewer in self.by_round}

    @cached_property
    def is_built_on(self) -> bool:
        """Whether somebody else worked on the claim: its log has every act, and links are in that of another claim."""
        with hidden_rows.everything():  # what others did counts, whatever of it this person may read
            by_others = _entries_of_others.first(audit.name_of(self.claim), self.person.pk)
        return bool(by_others or _links_of_others.first(self.claim.pk, self.person.pk))

    @cached_property
    def broken(self) -> list[ClaimRule]:
        """The rules of four eyes that a verdict of this person would break now."""
        return [rule for rule, check in TWO_PEOPLE.items() if check(self) is not None]


@CompiledQuery
def _rounds(claim: int) -> QuerySet[Any]:
    return Review.objects.filter(claim=claim).since_verdict().values_list("round", "reviewer")


@CompiledQuery
def _entries_of_others(chain: str, person: int) -> QuerySet[Any]:
    """Acts of other people: each is work that rests on the words of the claim, unless it only plans the work.

    An answer by a personal link is one: the machine notes it, for somebody without an account.
    """
    by_people = Q(actor__isnull=False) & ~Q(verb__in=sorted(PLANNING)) & ~Q(actor=person)
    rows = LogEntry.objects.filter(by_people | Q(verb=ClaimVerb.ANSWERED_BY_LINK), chain=chain)
    return rows.order_by().values("pk")


@CompiledQuery
def _links_of_others(claim: int, person: int) -> QuerySet[Any]:
    linked = ClaimLink.objects.standing_firm().filter(other=claim, asserted_by__isnull=False)
    return linked.exclude(asserted_by=person).order_by().values("pk")


Rule = Callable[[Case], Refusal | None]


def allowed(claim: Claim, person: User) -> frozenset[Move]:
    """Return the moves that this person may make with this claim now."""
    return allowed_in(Case(claim, person))


def allowed_in(case: Case) -> frozenset[Move]:
    """Return the moves that a person may make with a claim now; what a page asks more of the case is known then."""
    return frozenset(move for move in Move if case.person.may(ACTS[move]) and _hindrance(move, case) is None)


def hindrance(move: Move, claim: Claim, person: User) -> Refusal | None:
    """Return why this person may not make a move now, whatever their role; None where no rule forbids it."""
    return _hindrance(move, Case(claim, person))


def broken(claim: Claim, person: User) -> list[ClaimRule]:
    """Return the rules of four eyes that a verdict of this person would break now."""
    return Case(claim, person).broken


def hold(claim: Claim, move: Move, *, by: User) -> Claim:
    """Lock a claim and return it, if this person may make this move now. Raises ``NotPermitted`` and ``Refusal``."""
    require(by, ACTS[move])
    held = Claim.objects.hold(claim.pk, alone=True)
    refusal = hindrance(move, held, by)
    if refusal is not None:
        raise refusal
    return held


def _hindrance(move: Move, case: Case) -> Refusal | None:
    return next((refusal for rule in RULES[move] if (refusal := rule(case)) is not None), None)


def _is_not_closed(case: Case) -> Refusal | None:
    return closed() if case.claim.is_closed else None


def _is_open(case: Case) -> Refusal | None:
    if case.claim.status == Status.OPEN:
        return None
    return Refusal(_("Only an open claim can be sent to reviewers."), "not_open")


def _is_in_review(case: Case) -> Refusal | None:
    if case.claim.status == Status.IN_REVIEW:
        return None
    return Refusal(_("This claim is not in review."), "not_in_review")


def _is_decided(case: Case) -> Refusal | None:
    if case.claim.status == Status.DECIDED:
        return None
    return Refusal(_("Only a decided claim can be reopened for a new round."), "not_decided")


def _is_withdrawn(case: Case) -> Refusal | None:
    if case.claim.status == Status.WITHDRAWN:
        return None
    return Refusal(_("Only a withdrawn claim can be set back to “Open”."), "not_withdrawn")


def _can_be_withdrawn(case: Case) -> Refusal | None:
    if case.claim.may_become(Status.WITHDRAWN):
        return None
    names = {"before": case.claim.get_status_display(), "after": Status.WITHDRAWN.label}
    return Refusal(_("A claim cannot go from “%(before)s” to “%(after)s”.") % names, "no_such_move")


def _is_of_another_person(case: Case) -> Refusal | None:
    if case.claim.logged_by_id != case.person.pk:
        return None
    return Refusal(_("You logged this claim, so other people review and decide it."), "own_claim")


def _has_not_reviewed(case: Case) -> Refusal | None:
    if case.person.pk not in case.reviewers:
        return None
    problem = _("You have already reviewed this claim. You cannot change a submitted review.")
    return Refusal(problem, "already_reviewed")


def _reviews_blind(case: Case) -> Refusal | None:
    if not case.person.may(ClaimAct.DECIDE) or len(case.reviewers) < FEWEST_REVIEWS:
        return None
    problem = _(
        "Enough reviews have been submitted and you can read them, so your review would not be blind. Give the verdict "
        "instead."
    )
    return Refusal(problem, "not_blind")


def _did_not_review(case: Case) -> Refusal | None:
    """Sending a claim back begins a new round, and makes nobody who reviewed it a stranger to it."""
    if case.person.pk not in case.have_judged:
        return None
    return Refusal(_("You reviewed this claim. Somebody else decides it."), "reviewed")


def _has_enough_reviews(case: Case) -> Refusal | None:
    number = len(case.reviewers)
    if number >= FEWEST_REVIEWS:
        return None
    problem = _("A verdict needs reviews from %(fewest)d people; %(number)d have been submitted.")
    return Refusal(problem % {"fewest": FEWEST_REVIEWS, "number": number}, "too_few_reviews")


def _breaks_a_rule(case: Case) -> Refusal | None:
    if case.broken:
        return None
    return Refusal(_("You can decide this claim without a waiver."), "no_waiver_needed", field="waiver")


def _nobody_else_can(case: Case) -> Refusal | None:
    """The policy lets a reason waive each rule that is broken, or the desk has nobody else for it."""
    strict = set(case.broken) - FourEyesPolicy.objects.by_reason()
    if strict & {ClaimRule.LOGGER, ClaimRule.REVIEWER}:
        there = seconding.names(staff.deciders(case.claim, case.have_judged, but=case.person))
        if there:
            problem = _("Somebody else can decide this claim: %(people)s.") % {"people": there}
            return Refusal(problem, "others_can", field="waiver")
    if ClaimRule.REVIEWS in strict and not staff.lacks_reviewers(case.claim, case.reviewers, but=case.person):
        there = seconding.names(staff.reviewers_left(case.claim, case.reviewers, but=case.person))
        problem = _("This claim still needs a review. Ask %(people)s.") % {"people": there}
        return Refusal(problem, "others_can", field="waiver")
    return None


def _sent_it_to_reviewers(case: Case) -> Refusal | None:
    if case.claim.handed_over_by_id == case.person.pk:
        return None
    return Refusal(_("Only the person who sent this claim to reviewers can take it back."), "not_sender")


def _is_not_reviewed(case: Case) -> Refusal | None:
    if not case.reviewers:
        return None
    return Refusal(
        _("A review has already been submitted. Ask an editor to send the claim back to the desk."), "review_submitted"
    )


def _is_still_open(case: Case) -> Refusal | None:
    if case.claim.status == Status.OPEN:
        return None
    return Refusal(_("Only an open claim can be corrected or taken back by the person who logged it."), "not_open")


def _is_of_this_person(case: Case) -> Refusal | None:
    if case.claim.logged_by_id == case.person.pk:
        return None
    return Refusal(_("Only the person who logged this claim can correct it or take it back."), "not_yours")


def _nobody_reviewed_it(case: Case) -> Refusal | None:
    if not case.have_judged:
        return None
    return Refusal(_("A review has already been submitted. Ask an editor to withdraw the claim."), "review_submitted")


def _nobody_else_worked_on_it(case: Case) -> Refusal | None:
    """The log of a claim has every act of a person with it: one of somebody else is work that rests on its words."""
    if not case.is_built_on:
        return None
    problem = _(
        "Somebody else has worked on this claim, so its words stay. Add a wording, or ask an editor to withdraw it."
    )
    return Refusal(problem, "built_on")


# The rules of four eyes for a verdict. An editor may break them with a reason where nobody else can do it.
TWO_PEOPLE: dict[ClaimRule, Rule] = {
    ClaimRule.LOGGER: _is_of_another_person,
    ClaimRule.REVIEWER: _did_not_review,
    ClaimRule.REVIEWS: _has_enough_reviews,
}
# The act that each move requires, and the rules for the move, checked in this order.
ACTS: dict[Move, Act] = {
    Move.ADD: ClaimAct.LOG_CLAIM,
    Move.SEARCH: SourceAct.GATHER,
    Move.WEIGH: ClaimAct.WEIGH,
    Move.OPEN_REVIEW: ClaimAct.OPEN_REVIEW,
    Move.REVIEW: ClaimAct.REVIEW,
    Move.DECIDE: ClaimAct.DECIDE,
    Move.DECIDE_ALONE: ClaimAct.DECIDE,
    Move.TAKE_BACK: ClaimAct.OPEN_REVIEW,
    Move.SEND_BACK: ClaimAct.DECIDE,
    Move.REOPEN: ClaimAct.DECIDE,
    Move.RESTORE: ClaimAct.DECIDE,
    Move.WITHDRAW: ClaimAct.DECIDE,
    Move.CORRECT_CLAIM: ClaimAct.LOG_CLAIM,
    Move.TAKE_BACK_CLAIM: ClaimAct.LOG_CLAIM,
}
RULES: dict[Move, tuple[Rule, ...]] = {
    Move.ADD: (_is_not_closed,),
    Move.SEARCH: (_is_not_closed,),
    Move.WEIGH: (_is_not_closed,),
    Move.OPEN_REVIEW: (_is_open,),
    Move.REVIEW: (_is_in_review, _is_of_another_person, _has_not_reviewed, _reviews_blind),
    Move.DECIDE: (_is_in_review, *TWO_PEOPLE.values()),
    Move.DECIDE_ALONE: (_is_in_review, _breaks_a_rule, _nobody_else_can),
    Move.TAKE_BACK: (_is_in_review, _sent_it_to_reviewers, _is_not_reviewed),
    Move.SEND_BACK: (_is_in_review,),
    Move.REOPEN: (_is_decided,),
    Move.RESTORE: (_is_withdrawn,),
    Move.WITHDRAW: (_can_be_withdrawn,),
    Move.CORRECT_CLAIM: (_is_of_this_person, _is_still_open, _nobody_else_worked_on_it),
    Move.TAKE_BACK_CLAIM: (_is_of_this_person, _is_not_closed, _nobody_reviewed_it),
}
