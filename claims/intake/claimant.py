"""Set the claimant of a claim: who makes it, once somebody knows."""

from __future__ import annotations

from django.db import transaction

from claims.models import Claim
from claims.models.vocabulary import ClaimAct, ClaimVerb
from sources.models import Source
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require


@transaction.atomic
def set_claimant(claim: Claim, claimant: Source | None, *, by: User) -> Claim:
    """Save who makes a claim, or with None that nobody knows; the log keeps who was named before.

    Raises ``Refusal`` (closed) and ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    claim = Claim.objects.hold_open(claim.pk)
    if claim.claimant_id == (claimant.pk if claimant else None):
        return claim
    before = claim.claimant
    claim.claimant = claimant
    claim.save(update_fields=["claimant"])
    facts = {"before": before.name if before else "", "now": claimant.name if claimant else ""}
    audit.record(by, ClaimVerb.SET_CLAIMANT, claim, **facts)
    return claim
