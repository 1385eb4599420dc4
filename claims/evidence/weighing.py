"""Confirm or reject what was suggested, and add evidence by hand. Only people do this."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, Evidence
from claims.models.assertion import Assertion, stated
from claims.models.vocabulary import ClaimAct, ClaimVerb, Nearness, Stance, Standing
from sources.models import Passage
from sources.watching import watching
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require

SETTLED_EVIDENCE = {Standing.CONFIRMED: ClaimVerb.CONFIRMED_EVIDENCE, Standing.REJECTED: ClaimVerb.REJECTED_EVIDENCE}
SETTLED_ASSERTION = {Standing.CONFIRMED: ClaimVerb.CONFIRMED_ASSERTION, Standing.REJECTED: ClaimVerb.REJECTED_ASSERTION}


class NotWeighed(Exception):
    """This cannot be confirmed or rejected now. The message is fit to show to a person."""


@transaction.atomic
def confirm(
    evidence: Evidence, *, by: User, stance: Stance, nearness: Nearness | None = None, note: str = ""
) -> Evidence:
    """Say what a suggested passage does to the claim. May be said anew until the claim is decided.

    Who says the same once more changes nothing: it stays with the person who said it first.
    """
    evidence = _hold(evidence, by=by)
    before = (evidence.standing, evidence.stance, evidence.nearness, evidence.note)
    evidence.stance = stance
    evidence.nearness = evidence.nearness if nearness is None else nearness
    evidence.note = note or evidence.note
    if before == (Standing.CONFIRMED, evidence.stance, evidence.nearness, evidence.note):
        return evidence
    _settle(evidence, Standing.CONFIRMED, by=by, stance=stance)
    _watch(evidence.passage, by=by)
    return evidence


@transaction.atomic
def reject(evidence: Evidence, *, by: User) -> Evidence:
    """Say that a passage does not bear on the claim; no machine will suggest it again."""
    evidence = _hold(evidence, by=by)
    return evidence if evidence.standing == Standing.REJECTED else _settle(evidence, Standing.REJECTED, by=by)


@transaction.atomic
def add_evidence(claim: Claim, passage: Passage, *, by: User, stance: Stance, note: str = "") -> Evidence:
    """Add a passage as evidence by hand, or confirm it if a machine suggested it before."""
    require(by, ClaimAct.WEIGH)
    _check_open(_held(claim.pk))
    evidence, new = Evidence.objects.get_or_create(
        claim=claim, passage=passage, defaults={"stance": stance, "note": note, **stated(by)}
    )
    if not new:
        return confirm(evidence, by=by, stance=stance, note=note)
    audit.record(by, ClaimVerb.ADDED_EVIDENCE, claim, evidence=evidence.pk, stance=stance)
    _watch(passage, by=by)
    return evidence


@transaction.atomic
def settle(assertion: Assertion, *, by: User, standing: Standing, claim: Claim) -> Assertion:
    """Confirm or reject any other assertion about a claim: a figure, a link of a chain, an origin.

    What stands so already stays with the person who settled it first. Raises ``NotWeighed`` once the claim is closed,
    as its verdict rests on what stood when it was decided.
    """
    require(by, ClaimAct.WEIGH)
    if standing not in {Standing.CONFIRMED, Standing.REJECTED}:
        raise NotWeighed(_("Choose Confirm or Reject."))
    _check_open(_held(claim.pk))
    held: Assertion = type(assertion)._default_manager.select_for_update().get(pk=assertion.pk)
    if held.standing == standing:
        return held
    held.standing, held.settled_by, held.settled_at = standing, by, timezone.now()
    held.save(update_fields=["standing", "settled_by", "settled_at"])
    audit.record(by, SETTLED_ASSERTION[standing], claim, assertion=audit.name_of(held), extractor=held.extractor)
    return held


def _watch(passage: Passage, *, by: User) -> None:
    """Have the page of a passage watched, now that something rests on it."""
    watching.watch(passage.reading.capture.document, by=by, passage=passage)


def _hold(evidence: Evidence, *, by: User) -> Evidence:
    """Return evidence as it is now, held with its claim until the transaction ends: nobody decides meanwhile."""
    require(by, ClaimAct.WEIGH)
    claim = _held(evidence.claim_id)
    _check_open(claim)
    held: Evidence = Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk)
    held.claim = claim
    return held


def _held(claim: int) -> Claim:
    held: Claim = Claim.objects.select_for_update(no_key=True).get(pk=claim)
    return held


def _check_open(claim: Claim) -> None:
    if claim.is_closed:
        raise NotWeighed(_("This claim is closed. Reopen it to weigh its evidence."))


def _settle(evidence: Evidence, standing: Standing, *, by: User, **facts: str) -> Evidence:
    before = evidence.standing
    evidence.standing, evidence.settled_by, evidence.settled_at = standing, by, timezone.now()
    evidence.save()
    audit.record(by, SETTLED_EVIDENCE[standing], evidence.claim, evidence=evidence.pk, before=before, **facts)
    return evidence
