"""Send a claim to reviewers, review it, give the verdict, reopen or withdraw it. Nothing else writes its status."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, Decision, Evidence, Review, claim_searches, search_reach
from claims.models.vocabulary import AssertionStatus, ClaimRule, ClaimVerb, Move, Rating, Said, Status
from claims.review import rules
from workbench.desk import audit, seconding
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.vocabulary import DeskVerb

# A verdict that nothing was found has no evidence to cite, but it needs an answered search through other articles.
WITHOUT_EVIDENCE = {Rating.UNSUPPORTED, Rating.NOT_CHECKABLE}


@dataclass(frozen=True)
class Finding:
    """What somebody found about a claim, in both aspects, with reasons."""

    rating: Rating
    reasons: str
    said: Said = Said.UNKNOWN


@dataclass(frozen=True)
class _Words:
    """What an editor writes beside the summary of a verdict."""

    what_would_change_it: str = ""
    own_holdings: str = ""


@transaction.atomic
def open_review(claim: Claim, *, by: User) -> Claim:
    """Send a claim to the reviewers. Raises ``Refusal`` (code ``not_open``) and ``NotPermitted``."""
    return _change_status(rules.hold(claim, Move.OPEN_REVIEW, by=by), Status.IN_REVIEW, by=by)


@transaction.atomic
def take_back(claim: Claim, *, by: User, reason: str) -> Claim:
    """Take a claim back from the reviewers before the first review; only the person who sent it may.

    Raises ``Refusal`` (codes ``not_in_review``, ``not_sender``, ``review_submitted``, ``empty``) and ``NotPermitted``.
    """
    return _change_status(rules.hold(claim, Move.TAKE_BACK, by=by), Status.OPEN, by=by, reason=_given(reason))


@transaction.atomic
def submit_review(claim: Claim, finding: Finding, *, by: User) -> Review:
    """Add a person's blind review: one per person and round, and never by the person who logged the claim.

    Raises ``Refusal`` (codes ``not_in_review``, ``own_claim``, ``already_reviewed``, ``not_blind``, ``empty``) and
    ``NotPermitted``.
    """
    claim = rules.hold(claim, Move.REVIEW, by=by)
    if not finding.reasons.strip():
        raise Refusal(_("Write your reasons."), "empty", field="reasons")
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
    claim: Claim,
    finding: Finding,
    *,
    by: User,
    cited: Collection[Evidence],
    what_would_change_it: str = "",
    own_holdings: str = "",
) -> Decision:
    """Give the verdict on a claim in review, with the confirmed evidence it cites.

    “No evidence found” needs a source outside the desk that answered, or the reason why there is none:
    ``own_holdings``. Reports print it. Raises ``Refusal`` (codes ``not_in_review``, ``own_claim``, ``reviewed``,
    ``too_few_reviews``, ``empty``, ``not_confirmed``, ``nothing_cited``, ``not_searched``, ``own_holdings``) and
    ``NotPermitted``.
    """
    claim = rules.hold(claim, Move.DECIDE, by=by)
    words = _Words(what_would_change_it, own_holdings)
    return _decide(claim, finding, by=by, cited=cited, words=words)


@transaction.atomic
def decide_alone(
    claim: Claim,
    finding: Finding,
    *,
    by: User,
    cited: Collection[Evidence],
    waiver: str,
    what_would_change_it: str = "",
    own_holdings: str = "",
) -> Decision:
    """Give the verdict although a rule of four eyes forbids it: the desk has nobody else, or its policy allows it.

    The log and every report on the verdict give the reason. Raises ``Refusal`` as ``decide`` does, with the codes
    ``no_waiver_needed`` and ``others_can`` in place of the rules that are waived, and ``NotPermitted``.
    """
    claim = rules.hold(claim, Move.DECIDE_ALONE, by=by)
    return _decide(
        claim,
        finding,
        by=by,
        cited=cited,
        words=_Words(what_would_change_it, own_holdings),
        waived=rules.broken(claim, by),
        waiver=seconding.checked_reason(waiver),
    )


@transaction.atomic
def send_back(claim: Claim, *, by: User, reason: str) -> Claim:
    """Take a claim out of review. Its reviews stay, and the next review begins a new round.

    Raises ``Refusal`` (codes ``not_in_review``, ``empty``) and ``NotPermitted``.
    """
    return _change_status(rules.hold(claim, Move.SEND_BACK, by=by), Status.OPEN, by=by, reason=_given(reason))


@transaction.atomic
def reopen(claim: Claim, *, by: User, reason: str) -> Claim:
    """Start a new round of review of a decided claim.

    Raises ``Refusal`` (codes ``not_decided``, ``empty``) and ``NotPermitted``.
    """
    return _change_status(rules.hold(claim, Move.REOPEN, by=by), Status.IN_REVIEW, by=by, reason=_given(reason))


@transaction.atomic
def withdraw(claim: Claim, *, by: User, reason: str) -> Claim:
    """Withdraw a claim: work on it ends without a verdict, and it stays in the records.

    Raises ``Refusal`` (codes ``no_such_move``, ``empty``) and ``NotPermitted``.
    """
    return _change_status(rules.hold(claim, Move.WITHDRAW, by=by), Status.WITHDRAWN, by=by, reason=_given(reason))


@transaction.atomic
def take_back_claim(claim: Claim, *, by: User, reason: str) -> Claim:
    """Withdraw a claim that one logged oneself, until the first review; it stays in the records and in lists.

    Raises ``Refusal`` (codes ``closed``, ``not_yours``, ``review_submitted``, ``empty``) and ``NotPermitted``.
    """
    held = rules.hold(claim, Move.TAKE_BACK_CLAIM, by=by)
    return _change_status(held, Status.WITHDRAWN, by=by, verb=ClaimVerb.TOOK_BACK_CLAIM, reason=_given(reason))


@transaction.atomic
def restore(claim: Claim, *, by: User, reason: str) -> Claim:
    """Reopen a claim that was withdrawn.

    Raises ``Refusal`` (codes ``not_withdrawn``, ``empty``) and ``NotPermitted``.
    """
    return _change_status(rules.hold(claim, Move.RESTORE, by=by), Status.OPEN, by=by, reason=_given(reason))


def _decide(
    claim: Claim,
    finding: Finding,
    *,
    by: User,
    cited: Collection[Evidence],
    words: _Words,
    waived: Sequence[ClaimRule] = (),
    waiver: str = "",
) -> Decision:
    cited = list(Evidence.objects.select_for_update(no_key=True).filter(pk__in=[item.pk for item in cited]))
    _check_verdict(claim, finding, cited)
    own_holdings = _why_own_holdings(claim, finding, words.own_holdings)
    decision = Decision.objects.create(
        claim=claim,
        round=claim.round,
        rating=finding.rating,
        said=finding.said,
        summary=finding.reasons.strip(),
        as_of=timezone.now(),
        what_would_change_it=words.what_would_change_it.strip(),
        own_holdings=own_holdings,
        decided_by=by,
        waived=[rule.value for rule in waived],
        waiver=waiver,
    )
    decision.cited.set(cited)
    if waived:
        audit.record(by, DeskVerb.ACTED_ALONE, claim, decision=decision.pk, rules=decision.waived, reason=waiver)
    keys = sorted(item.pk for item in cited)
    audit.record(by, ClaimVerb.DECIDED, claim, decision=decision.pk, rating=finding.rating, cited=keys)
    _change_status(claim, Status.DECIDED, by=by)
    claim_searches.look_again(claim)
    return decision


def _check_verdict(claim: Claim, finding: Finding, cited: Collection[Evidence]) -> None:
    """Raise ``Refusal`` with the first rule that this verdict breaks."""
    if not finding.reasons.strip():
        raise Refusal(_("Write a summary of the verdict."), "empty", field="reasons")
    if any(item.claim_id != claim.pk or item.standing != AssertionStatus.CONFIRMED for item in cited):
        problem = _("A verdict can cite only evidence confirmed for this claim.")
        raise Refusal(problem, "not_confirmed", field="cited")
    if not cited and finding.rating not in WITHOUT_EVIDENCE:
        raise Refusal(_("Cite the evidence for this verdict."), "nothing_cited", field="cited")
    if not cited and not claim_searches.looked_elsewhere(claim):
        problem = _(
            "A verdict without evidence needs an answered search. It must have looked through other articles than "
            "those in which the claim appeared."
        )
        raise Refusal(problem, "not_searched")


def _why_own_holdings(claim: Claim, finding: Finding, reason: str) -> str:
    """Return why no source outside the desk answered; empty where one did. Raises ``Refusal`` where it is missing."""
    if search_reach.asked_outside(claim):
        return ""
    if finding.rating == Rating.UNSUPPORTED and not reason.strip():
        problem = _(
            "“No evidence found” needs at least one source outside the desk that answered a search. Or write why none "
            "did."
        )
        raise Refusal(problem, "own_holdings", field="own_holdings")
    return reason.strip()


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refusal(_("Give a reason. The log records it."), "empty", field="reason")
    return reason.strip()


def _change_status(claim: Claim, status: Status, *, by: User, verb: ClaimVerb = ClaimVerb.MOVED, **facts: str) -> Claim:
    """Change the status of a locked claim. A round with a review in it ends when the claim leaves it."""
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
    audit.record(by, verb, claim, before=before, after=status, **facts)
    return claim
