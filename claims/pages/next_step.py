"""The next step with a claim for one person: what to say, and the one button that leads on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct, Status
from claims.pages.review_page import Reviews
from claims.review import staff
from workbench.desk import seconding
from workbench.desk.models import User


@dataclass(frozen=True)
class NextStep:
    """What the page says about the next step, and its button; ``posts`` when the button acts right away.

    ``note`` says why this person may not do it, and who may. ``alone`` leads to doing alone what takes two people.
    """

    text: str
    sender: User | None = None
    note: str = ""
    url: str = ""
    label: str = ""
    posts: bool = False
    alone: str = ""


@dataclass(frozen=True)
class MoveButton:
    """A button that changes the status of a claim, for a reason that the person writes."""

    value: str
    label: str
    tone: str = ""


def of(claim: Claim, person: User, moves: Mapping[str, bool], reviews: Reviews) -> NextStep | None:
    """Return the next step of this person, or None when there is none."""
    if moves["open_review"]:
        return NextStep(
            text=_("When you have weighed the evidence, send the claim to reviewers."),
            url=reverse("claims:open_review", args=[claim.pk]),
            label=_("Send to reviewers"),
            posts=True,
        )
    return _in_review(claim, person, moves, reviews) if claim.status == Status.IN_REVIEW else None


def move_buttons(moves: Mapping[str, bool]) -> list[MoveButton]:
    """Return the buttons of the moves that need a reason and that this person may make now."""
    buttons = [
        MoveButton("take_back", _("Take back from reviewers")),
        MoveButton("send_back", _("Send back to the desk")),
        MoveButton("reopen", _("Reopen for a new round of review")),
        MoveButton("restore", _("Reopen the claim")),
        MoveButton("withdraw", _("Withdraw the claim"), "danger"),
        MoveButton("take_back_claim", _("Take your claim back"), "danger"),
    ]
    return [button for button in buttons if moves.get(button.value)]


def _in_review(claim: Claim, person: User, moves: Mapping[str, bool], reviews: Reviews) -> NextStep:
    decide = reverse("claims:decide", args=[claim.pk])
    step = NextStep(text=_reviews_so_far(reviews), sender=claim.handed_over_by)
    if moves["decide"]:
        return replace(step, url=decide, label=_("Decide"))
    step = replace(step, note=_note(claim, person, reviews), alone=decide if moves["decide_alone"] else "")
    if moves["review"] and not reviews.mine:
        return replace(step, url=reverse("claims:submit_review", args=[claim.pk]), label=_("Write your review"))
    return step


def _note(claim: Claim, person: User, reviews: Reviews) -> str:
    """Return why this person does not decide the claim now, and who may."""
    deciders = staff.deciders(claim, reviews.by, but=person)
    names = seconding.names(deciders)
    who = _("Who can decide it: %(people)s.") % {"people": names} if names else _("Nobody else here can decide it.")
    if person.may(ClaimAct.REVIEW) and claim.logged_by_id == person.pk:
        return " ".join([_("You logged this claim, so other people review and decide it."), who])
    if person.may(ClaimAct.DECIDE) and person.pk in reviews.by:
        return " ".join([_("You reviewed this claim. Somebody else decides it."), who])
    if person.may(ClaimAct.DECIDE) and not reviews.enough:
        return " ".join([_("If you review this claim, you cannot decide it."), who])
    return who if reviews.enough else ""


def _reviews_so_far(reviews: Reviews) -> str:
    so_far = ngettext(
        "%(number)d review has been submitted; a verdict needs %(fewest)d.",
        "%(number)d reviews have been submitted; a verdict needs %(fewest)d.",
        reviews.number,
    ) % {"number": reviews.number, "fewest": FEWEST_REVIEWS}
    mine = _("You have submitted yours.")
    return f"{so_far} {mine}" if reviews.mine else so_far
