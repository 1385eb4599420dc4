"""Put suggestions off for later, take them up again, and take back an answer: each is an act of the log."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.evidence import weighing
from claims.models import Answer, Evidence, Postponement
from claims.models.vocabulary import ClaimVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal


@transaction.atomic
def put_off(evidence: Evidence, *, by: User, seen: str | None = None) -> Evidence:
    """Put a suggestion off: it waits below the others, and nobody has decided. A second time changes nothing.

    Raises ``Refusal`` (codes ``closed``; ``overtaken`` where somebody else has weighed it) and ``NotPermitted``.
    """
    held = weighing.hold(evidence, by=by)
    if not held.is_suggested:
        held.check_seen(seen or "", by=by)
        return held
    _row, new = Postponement.objects.get_or_create(evidence=held, taken_up_at=None, defaults={"put_off_by": by})
    if new:
        audit.record(by, ClaimVerb.PUT_OFF, held.claim, evidence=held.pk)
    return held


@transaction.atomic
def undo(evidence: Evidence, *, by: User, seen: str | None = None) -> Evidence:
    """Take up a suggestion that was put off, or take back an answer: the passage and its copies wait again.

    Only who answered takes an answer back. What they had said is kept (``TakenBack``). What a person added by hand was
    never a suggestion, and is weighed again instead. Raises ``Refusal`` (codes ``closed``, ``not_yours``,
    ``by_hand``, ``rests_on_it``; ``overtaken`` where somebody else has weighed it since) and ``NotPermitted``.
    """
    held = weighing.hold(evidence, by=by)
    if held.is_suggested:
        return _take_up(held, by=by)
    held.check_seen(seen, by=by)
    _check(held, by=by)
    together = held.claim.evidence.select_for_update(no_key=True).filter(
        passage__folded=held.passage.folded, settled_at=held.settled_at, settled_by=by, asserted_by=None
    )
    copies = list(together.exclude(pk=held.pk).order_by("pk"))
    for row in copies:
        _check(row, by=by)
    for row in [held, *copies]:
        weighing.take_back(row, by=by)
    return held


def _take_up(evidence: Evidence, *, by: User) -> Evidence:
    standing = Postponement.objects.standing().filter(evidence=evidence)
    if standing.update(taken_up_by=by, taken_up_at=timezone.now()):
        audit.record(by, ClaimVerb.TOOK_UP, evidence.claim, evidence=evidence.pk)
    return evidence


def _check(evidence: Evidence, *, by: User) -> None:
    if evidence.settled_by_id != by.pk:
        problem = _("Only %(person)s, who weighed this passage, can take the answer back. You can change it.")
        raise Refusal(problem % {"person": evidence.settled_by}, "not_yours")
    if evidence.asserted_by_id is not None:
        raise Refusal(_("You added this passage by hand. Weigh it again instead."), "by_hand")
    if Answer.objects.filter(evidence=evidence).exists() or evidence.citations.exists():
        problem = _("An answer to a question or a verdict rests on this passage. Change it instead.")
        raise Refusal(problem, "rests_on_it")
