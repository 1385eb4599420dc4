"""The reviews a person may read, and the state of the forms on which a claim is reviewed and decided."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

from claims.models import Claim, Decision, Review
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct, Move, Status
from claims.pages import claim_head
from claims.pages.forms.review import DecisionForm, ReviewForm
from claims.review import rules
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

    @property
    def enough(self) -> bool:
        """Whether this round has the reviews that a verdict needs."""
        return self.number >= FEWEST_REVIEWS


@dataclass(frozen=True)
class FindingPage:
    """Whether the form is drawn, what to say beside it, and the verdict that came first while the person wrote."""

    drawn: bool
    notice: str = ""
    overtaken_by: Decision | None = None


def reviews(claim: Claim, reader: User) -> Reviews:
    """Return the reviews of a claim for this reader."""
    visible = claim.reviews.visible_to(reader).select_related("reviewer").order_by("-round", "submitted_at")
    shown = [ShownReview(row, 0 if row.round == claim.round else row.round) for row in visible]
    of_round = claim.reviews.filter(round=claim.round)
    number, mine = of_round.count(), of_round.filter(reviewer=reader).exists()
    waits = claim.status == Status.IN_REVIEW and number and not mine and not shown
    return Reviews(shown, number, mine, _hidden(claim, reader, number) if waits else "")


def finding_page(claim: Claim, person: User, form: ReviewForm | DecisionForm) -> FindingPage:
    """Return what the page of a review or a verdict shows. A form that was sent is drawn again, with what was typed.

    So is the form of a verdict that still lacks reviews: the editor may begin to write it.
    """
    refusal = rules.hindrance(Move.DECIDE if isinstance(form, DecisionForm) else Move.REVIEW, claim, person)
    overtaken = form.is_bound and claim.status == Status.DECIDED
    refused = form.is_bound and form.non_field_errors()  # the list of errors gives the reason
    return FindingPage(
        drawn=form.is_bound or refusal is None or refusal.code == "too_few_reviews",
        notice="" if refused or refusal is None else str(refusal),
        overtaken_by=claim_head.verdict_of(claim) if overtaken else None,
    )


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
