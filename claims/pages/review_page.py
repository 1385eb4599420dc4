"""The reviews a person may read, and the state of the forms on which a claim is reviewed and decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim, Decision, Review, search_reach
from claims.models.review import differing
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct, ClaimRule, Move, Status
from claims.pages import claim_head
from claims.pages.forms.review import DecisionForm, ReviewForm
from claims.review import rules
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.models import User


@dataclass(frozen=True)
class ShownReview:
    """A review; ``round`` is 0 for one of the present round, which needs no number."""

    row: Review
    round: int


@dataclass(frozen=True)
class Reviews:
    """The reviews that a person may read, how many this round has, and the text in place of those still hidden."""

    shown: list[ShownReview]
    number: int
    mine: bool
    hidden: str
    by: Sequence[int] = ()  # keys of the people who have reviewed the claim since its newest verdict

    @property
    def enough(self) -> bool:
        """Whether this round has the reviews that a verdict needs."""
        return self.number >= FEWEST_REVIEWS

    @property
    def differing(self) -> str:
        """A sentence where the reviews of this round that the person may read differ; nothing where they agree."""
        return differing(shown.row for shown in self.shown if not shown.round)


@dataclass(frozen=True)
class FindingPage:
    """Whether the form is drawn, what to say beside it, and the verdict that came first while the person wrote.

    ``alone`` are the rules of four eyes that the verdict would break, where this person may decide alone. ``own_only``
    is true where no source outside the desk has answered.
    """

    drawn: bool
    notice: str = ""
    alone: Sequence[ClaimRule] = ()
    overtaken_by: Decision | None = None
    own_only: bool = False


def reviews(claim: Claim, reader: User, case: rules.Case | None = None) -> Reviews:
    """Return the reviews of a claim for this reader; ``case`` is theirs, where the page has looked at it already."""
    visible = _visible(claim.pk, reader.pk, role=(reader.role, reader.is_superuser, reader.is_active))
    shown = [ShownReview(row, 0 if row.round == claim.round else row.round) for row in visible]
    rounds = (case or rules.Case(claim, reader)).by_round
    by = [reviewer for _number, reviewer in rounds]
    now = [reviewer for number, reviewer in rounds if number == claim.round]
    number, mine = len(now), reader.pk in now
    waits = claim.status == Status.IN_REVIEW and number and not mine and not shown
    return Reviews(shown, number, mine, _hidden(claim, reader, number) if waits else "", by)


@CompiledQuery
def _visible(claim: int, reader: int, *, role: tuple[str, bool, bool]) -> QuerySet[Review]:
    name, is_superuser, is_active = role
    person = User(pk=reader, role=name, is_superuser=is_superuser, is_active=is_active)
    rows = Review.objects.filter(claim=claim).visible_to(person)
    return rows.select_related("reviewer").order_by("-round", "submitted_at")


def finding_page(claim: Claim, person: User, form: ReviewForm | DecisionForm) -> FindingPage:
    """Return what the page of a review or a verdict shows. A form that was sent is drawn again, with what was typed.

    So is the form of a verdict that still lacks reviews: the editor may begin to write it.
    """
    of_verdict = isinstance(form, DecisionForm)
    refusal = rules.hindrance(Move.DECIDE if of_verdict else Move.REVIEW, claim, person)
    alone = rules.broken(claim, person) if of_verdict and may_decide_alone(claim, person) else ()
    overtaken = form.is_bound and claim.status == Status.DECIDED
    refused = form.is_bound and form.non_field_errors()  # the list of errors gives the reason
    told = "" if refused or refusal is None else str(refusal)
    if not of_verdict and refusal is None and person.may(ClaimAct.DECIDE):
        told = _("If you review this claim, you cannot decide it.")
    return FindingPage(
        drawn=bool(form.is_bound or refusal is None or alone or refusal.code == "too_few_reviews"),
        notice=told,
        alone=alone,
        overtaken_by=claim_head.verdict_of(claim) if overtaken else None,
        own_only=of_verdict and not search_reach.asked_outside(claim),
    )


def may_decide_alone(claim: Claim, person: User) -> bool:
    """Say whether this person may decide the claim alone now, with a reason."""
    return person.may(ClaimAct.DECIDE) and rules.hindrance(Move.DECIDE_ALONE, claim, person) is None


def _hidden(claim: Claim, reader: User, number: int) -> str:
    """Return what a person reads instead of reviews that are still hidden from them."""
    if reader.may(ClaimAct.REVIEW) and claim.logged_by_id != reader.pk:
        text = ngettext(
            "%(number)d review has been submitted. You will see it after you submit yours: reviewers do not read "
            "each other’s reviews first.",
            "%(number)d reviews have been submitted. You will see them after you submit yours: reviewers do not read "
            "each other’s reviews first.",
            number,
        )
    else:
        text = ngettext(
            "%(number)d review has been submitted. It will be shown once the claim is decided.",
            "%(number)d reviews have been submitted. They will be shown once the claim is decided.",
            number,
        )
    return text % {"number": number}
