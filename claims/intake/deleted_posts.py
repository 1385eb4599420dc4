"""Note that the post of an appearance was deleted, and since when: the day on which somebody found it gone."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Appearance, Claim
from claims.models.attribution import DELETED_EARLY
from claims.models.vocabulary import AssertionStatus, ClaimAct, ClaimVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


@transaction.atomic
def note_deletion(appearance: Appearance, since: date, *, by: User) -> Appearance:
    """Note since when the post of an appearance is deleted; the day that was noted first stays.

    Raises ``Refusal`` (closed, rejected, ``deleted_early``, ``already_deleted``) and ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    claim = Claim.objects.hold_open(appearance.claim_id)
    appearance = Appearance.objects.select_for_update(no_key=True).get(pk=appearance.pk)
    if appearance.standing == AssertionStatus.REJECTED:
        raise Refusal(_("This appearance was rejected. Choose another one."), "rejected")
    if appearance.deleted_since == since:
        return appearance
    if appearance.deleted_since:
        raise Refusal(_("Somebody already noted since when this post is deleted."), "already_deleted")
    if Appearance.is_deleted_early(since, appearance.appeared_at):
        raise Refusal(str(DELETED_EARLY), "deleted_early", field="deleted_since")
    appearance.deleted_since = since
    appearance.save(update_fields=["deleted_since"])
    audit.record(by, ClaimVerb.NOTED_DELETION, claim, appearance=appearance.pk, since=since.isoformat())
    return appearance
