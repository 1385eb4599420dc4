"""Move a claim from open to decided. Nothing else writes a claim's status."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, Decision, Evidence, Review
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct, ClaimVerb, Rating, Said, Standing, Status
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require

# Verdicts that say nothing was found have nothing to cite, but they need a search that was answered.
WITHOUT_EVIDENCE = {Rating.UNSUPPORTED, Rating.NOT_CHECKABLE}


class NotAllowed(Exception):
    """The rules of review forbid this. The message is fit to show to a person."""


@dataclass(frozen=True)
class Finding:
    """What somebody found about a claim, in both aspects, with reasons."""

    rating: Rating
    reasons: str
    said: Said = Said.UNKNOWN


@transaction.atomic
def open_review(claim: Claim, *, by: User) -> Claim:
    """Hand a claim to the reviewers."""
    require(by, ClaimAct.OPEN_REVIEW)
    claim = _hold(claim)
    if claim.status != Status.OPEN:
        raise NotAllowed(_("Only an open claim can be sent to reviewers."))
    return _move(claim, Status.IN_REVIEW, by=by)


@transaction.atomic
def take_back(claim: Claim, *, by: User, reason: str) -> Claim:
    """Take back from the reviewers a claim that one handed to them oneself, while none of them has reviewed it."""
    require(by, ClaimAct.OPEN_REVIEW)
    claim = _hold(claim)
    if claim.status != Status.IN_REVIEW:
        raise NotAllowed(_("This claim is not in review."))
    if claim.handed_over_by_id != by.pk:
        raise NotAllowed(_("Only the person who sent this claim to reviewers can take it back."))
    if claim.reviews.filter(round=claim.round).exists():
        raise NotAllowed(_("A review has already been submitted. Ask an editor to send the claim back."))
    return _move(claim, Status.OPEN, by=by, reason=_given(reason))


@transaction.atomic
def submit_review(claim: Claim, finding: Finding, *, by: User) -> Review:
    """Add a reviewer's finding to a claim in review: one a person and round, never by who logged the claim."""
    require(by, ClaimAct.REVIEW)
    claim = _hold(claim)
    if claim.status != Status.IN_REVIEW:
        raise NotAllowed(_("This claim is not in review."))
    if claim.logged_by_id == by.pk:
        raise NotAllowed(_("You logged this claim, so another person must review it."))
    if claim.reviews.filter(round=claim.round, reviewer=by).exists():
        raise NotAllowed(_("You have already reviewed this claim. You cannot change a submitted review."))
    if by.may(ClaimAct.DECIDE) and claim.reviews.filter(round=claim.round).count() >= FEWEST_REVIEWS:
        raise NotAllowed(
            _(
                "Enough reviews have been submitted and you can read them, so your review would not be blind. Give "
                "the verdict instead."
            )
        )
    if not finding.reasons.strip():
        raise NotAllowed(_("Write your reasons."))
    review = Review.objects.create(
        claim=claim,
        round=claim.round,
        reviewer=by,
        rating=finding.rating,
        said=finding.said,
        reasoning=finding.reasons.strip(),
    )
    audit.record(by, ClaimVerb.REVIEWED, claim, review=review.pk, sha256=review.fingerprint)
    return review


@transaction.atomic
def decide(
    claim: Claim, finding: Finding, *, by: User, cited: Collection[Evidence], what_would_change_it: str = ""
) -> Decision:
    """Close the review of a claim with a verdict that cites confirmed evidence."""
    require(by, ClaimAct.DECIDE)
    claim = _hold(claim)
    cited = list(Evidence.objects.select_for_update(no_key=True).filter(pk__in=[item.pk for item in cited]))
    _check_decision(claim, finding, by=by, cited=cited)
    decision = Decision.objects.create(
        claim=claim,
        round=claim.round,
        rating=finding.rating,
        said=finding.said,
        summary=finding.reasons.strip(),
        as_of=timezone.now(),
        what_would_change_it=what_would_change_it.strip(),
        decided_by=by,
    )
    decision.cited.set(cited)
    audit.record(
        by,
        ClaimVerb.DECIDED,
        claim,
        decision=decision.pk,
        rating=finding.rating,
        cited=sorted(item.pk for item in cited),
    )
    _move(claim, Status.DECIDED, by=by)
    return decision


@transaction.atomic
def send_back(claim: Claim, *, by: User, reason: str) -> Claim:
    """Take a claim out of review, with the reason; its reviews stay, and behind them a new round begins."""
    require(by, ClaimAct.DECIDE)
    claim = _hold(claim)
    if claim.status != Status.IN_REVIEW:
        raise NotAllowed(_("This claim is not in review."))
    return _move(claim, Status.OPEN, by=by, reason=_given(reason))


@transaction.atomic
def reopen(claim: Claim, *, by: User, reason: str) -> Claim:
    """Start a new round of review of a decided claim, with the reason."""
    require(by, ClaimAct.DECIDE)
    claim = _hold(claim)
    if claim.status != Status.DECIDED:
        raise NotAllowed(_("Only a decided claim can be reopened for a new round."))
    return _move(claim, Status.IN_REVIEW, by=by, reason=_given(reason))


@transaction.atomic
def withdraw(claim: Claim, *, by: User, reason: str) -> Claim:
    """Give a claim up, with the reason; it stays in the records."""
    require(by, ClaimAct.DECIDE)
    return _move(_hold(claim), Status.WITHDRAWN, by=by, reason=_given(reason))


@transaction.atomic
def restore(claim: Claim, *, by: User, reason: str) -> Claim:
    """Take up again a claim that was withdrawn."""
    require(by, ClaimAct.DECIDE)
    claim = _hold(claim)
    if claim.status != Status.WITHDRAWN:
        raise NotAllowed(_("Only a withdrawn claim can be set back to “Open”."))
    return _move(claim, Status.OPEN, by=by, reason=_given(reason))


def _check_decision(claim: Claim, finding: Finding, *, by: User, cited: Collection[Evidence]) -> None:
    """Raise ``NotAllowed`` with the first rule that stands against deciding now."""
    if claim.status != Status.IN_REVIEW:
        raise NotAllowed(_("This claim is not in review."))
    if claim.logged_by_id == by.pk:
        raise NotAllowed(_("You logged this claim, so another person must decide it."))
    reviews = claim.reviews.filter(round=claim.round).count()
    if reviews < FEWEST_REVIEWS:
        raise NotAllowed(
            _("A verdict needs reviews from %(fewest)d people; %(number)d have been submitted.")
            % {"fewest": FEWEST_REVIEWS, "number": reviews}
        )
    if not finding.reasons.strip():
        raise NotAllowed(_("Write a summary of the verdict."))
    if any(item.claim_id != claim.pk or item.standing != Standing.CONFIRMED for item in cited):
        raise NotAllowed(_("A verdict can cite only evidence confirmed for this claim."))
    if not cited and finding.rating not in WITHOUT_EVIDENCE:
        raise NotAllowed(_("Cite the evidence for this verdict."))
    if not cited and not claim.searches.filter(answered_at__isnull=False).exists():
        raise NotAllowed(
            _("A verdict without evidence needs a search that was answered. No search has been answered yet.")
        )


def _given(reason: str) -> str:
    if not reason.strip():
        raise NotAllowed(_("Give a reason. The log records it."))
    return reason.strip()


def _hold(claim: Claim) -> Claim:
    """Return the claim as it is now, held until the transaction ends."""
    held: Claim = Claim.objects.select_for_update().get(pk=claim.pk)
    return held


def _move(claim: Claim, status: Status, *, by: User, **facts: str) -> Claim:
    """Move a held claim; one that leaves a round behind, with a review in it, begins the next."""
    if not claim.may_become(status):
        raise NotAllowed(
            _("A claim cannot go from “%(before)s” to “%(after)s”.")
            % {"before": claim.get_status_display(), "after": status.label}
        )
    before = Status(claim.status)
    claim.status = status
    reviewed = claim.reviews.filter(round=claim.round).exists()
    if before == Status.DECIDED or (before == Status.IN_REVIEW and status != Status.DECIDED and reviewed):
        claim.round += 1
    if status == Status.IN_REVIEW:
        claim.handed_over_by = by
    claim.save(update_fields=["status", "round", "handed_over_by"])
    if before in {Status.DECIDED, Status.WITHDRAWN}:
        claim.ask()  # nobody followed it while it was closed
    audit.record(by, ClaimVerb.MOVED, claim, before=before, after=status, **facts)
    return claim
