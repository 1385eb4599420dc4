"""Mark the first known appearance of a claim: where it was first seen in public."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Appearance, Claim
from claims.models.vocabulary import AssertionStatus, ClaimAct, ClaimVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


@transaction.atomic
def mark_first_known(appearance: Appearance, *, by: User) -> Appearance:
    """Make an appearance the first known one of its claim, in place of any other; the log keeps which it was before.

    Raises ``Refusal`` (closed, rejected) and ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    claim = Claim.objects.hold_open(appearance.claim_id)
    appearance = Appearance.objects.select_for_update(no_key=True).get(pk=appearance.pk)
    if appearance.standing == AssertionStatus.REJECTED:
        raise Refusal(_("This appearance was rejected. Choose another one."), "rejected")
    if appearance.first_known:
        return appearance
    before = claim.appearances.filter(first_known=True).values_list("pk", flat=True).first()
    claim.appearances.filter(first_known=True).update(first_known=False)
    appearance.first_known = True
    appearance.save(update_fields=["first_known"])
    audit.record(by, ClaimVerb.MARKED_FIRST_KNOWN, claim, before=before, now=appearance.pk)
    return appearance
