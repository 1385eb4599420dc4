"""Publish corrections, updates and retractions of reports: one person proposes, another agrees."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from claims.models import Claim, Correction, ProposedCorrection, Report
from claims.models.vocabulary import ClaimAct, ClaimRule, ClaimVerb, CorrectionKind
from workbench.desk import audit, seconding
from workbench.desk.four_eyes import able_to_second
from workbench.desk.models import User
from workbench.desk.refusal import Refusal, checked_text
from workbench.desk.roles import require

LONGEST_CORRECTION = 5_000  # characters; more is a new report


def seconds(*, by: User) -> models.QuerySet[User]:
    """Return the people who may agree to a correction that somebody proposes."""
    return able_to_second(ClaimAct.SECOND, by=by)


def may_correct_alone(*, by: User) -> bool:
    """Say whether an editor may publish a correction alone, with a reason."""
    return seconding.may_act_alone(ClaimRule.CORRECTION, seconds(by=by))


@transaction.atomic
def propose(
    report: Report, *, by: User, kind: CorrectionKind, text: str, replaced_by: Report | None = None
) -> ProposedCorrection:
    """Propose a correction, an update or the retraction of a report; a second person agrees.

    The same proposal again is returned unchanged: people send forms twice. Raises ``Refusal`` (codes
    ``unknown_choice``, ``empty``, ``too_long``, ``null_character``, ``retracted``, ``not_same_claim``, ``pending``,
    ``already_published``) and ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    claim = Claim.objects.hold(report.decision.claim_id, alone=True)
    text = text.strip()
    _check(report, kind, text, replaced_by)
    waiting = _waiting(report, kind)
    if waiting is not None and (waiting.text, waiting.replaced_by, waiting.proposed_by) == (text, replaced_by, by):
        return waiting
    _check_same(report, waiting, kind=kind, text=text, replaced_by=replaced_by)
    row = ProposedCorrection(report=report, kind=kind, text=text, replaced_by=replaced_by)
    return seconding.propose(row, report, by=by, chain=audit.name_of(claim), **_facts(row))


@transaction.atomic
def agree(proposed: ProposedCorrection, *, by: User) -> ProposedCorrection:
    """Agree to a correction that somebody else proposed: the report's page shows it on top from now on.

    Raises ``Refusal`` (codes ``settled``, ``own_proposal``, ``retracted``) and ``NotPermitted``.
    """
    claim = Claim.objects.hold(proposed.report.decision.claim_id, alone=True)
    held = seconding.hold(proposed, by=by, act=ClaimAct.SECOND)
    held = seconding.agree(held, held.report, by=by, chain=audit.name_of(claim), then_made=True, kind=held.kind)
    _check(held.report, CorrectionKind(held.kind), held.text, held.replaced_by)
    return _publish(claim, held, by=by)


@transaction.atomic
def decline(proposed: ProposedCorrection, *, by: User) -> ProposedCorrection:
    """Decline a proposed correction, or take one’s own back. Raises ``Refusal`` (``settled``) and ``NotPermitted``."""
    claim = Claim.objects.hold(proposed.report.decision.claim_id, alone=True)
    held = seconding.hold(proposed, by=by, act=ClaimAct.SECOND)
    return seconding.decline(held, held.report, by=by, chain=audit.name_of(claim), kind=held.kind)


@transaction.atomic
def correct_alone(
    report: Report, *, by: User, kind: CorrectionKind, text: str, waiver: str, replaced_by: Report | None = None
) -> ProposedCorrection:
    """Publish a correction without a second person, for a reason that the report's page gives.

    Raises ``Refusal`` as ``propose`` does, ``others_can`` and those of a reason, and ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    claim = Claim.objects.hold(report.decision.claim_id, alone=True)
    text = text.strip()
    _check(report, kind, text, replaced_by)
    _check_same(report, _waiting(report, kind), kind=kind, text=text, replaced_by=replaced_by)
    reason = seconding.check_alone(ClaimRule.CORRECTION, seconds(by=by), waiver)
    row = ProposedCorrection(report=report, kind=kind, text=text, replaced_by=replaced_by)
    chain, rules = audit.name_of(claim), [ClaimRule.CORRECTION]
    row = seconding.act_alone(row, report, reason, by=by, chain=chain, then_made=True, kind=kind, rules=rules)
    return _publish(claim, row, by=by)


def _publish(claim: Claim, row: ProposedCorrection, *, by: User) -> ProposedCorrection:
    """Add the correction of a proposal that is settled, and log it."""
    row.made = Correction.objects.create(
        report=row.report, kind=row.kind, text=row.text, replaced_by=row.replaced_by, made_by=by
    )
    row.save()
    verb, chain = ClaimVerb.CORRECTED_REPORT, audit.name_of(claim)
    audit.record(by, verb, row.report, chain=chain, correction=row.made.pk, **_facts(row))
    return row


def _facts(row: ProposedCorrection) -> dict[str, Any]:
    replaced_by = row.replaced_by.number if row.replaced_by else None
    return {"kind": row.kind, "text": row.text, "replaced_by": replaced_by}


def _check(report: Report, kind: CorrectionKind, text: str, replaced_by: Report | None) -> None:
    """Raise ``Refusal`` with the first rule that this correction breaks."""
    if kind not in CorrectionKind.values:
        raise Refusal(_("Choose correction, update or retraction."), "unknown_choice", field="kind")
    checked_text(
        text,
        field="text",
        most=LONGEST_CORRECTION,
        empty=_("Write the text of the correction, and give the reason."),
        too_long=_("Write the correction as plain text, in at most %(most)d characters."),
    )
    if report.corrections.filter(kind=CorrectionKind.RETRACTION).exists():
        raise Refusal(_("This report was retracted. Publish a new report instead."), "retracted")
    if replaced_by is None:
        return
    if replaced_by.pk == report.pk or replaced_by.decision.claim_id != report.decision.claim_id:
        problem = _("Only another report on the same claim can replace this one.")
        raise Refusal(problem, "not_same_claim", field="replaced_by")


def _waiting(report: Report, kind: CorrectionKind) -> ProposedCorrection | None:
    rows = ProposedCorrection.objects.waiting().filter(report=report, kind=kind).select_related("proposed_by")
    found: ProposedCorrection | None = rows.first()
    return found


def _check_same(report: Report, waiting: ProposedCorrection | None, **given: Any) -> None:
    """Raise ``Refusal`` where a correction of this kind waits for a second person, or the same one is published."""
    if waiting is not None:
        problem = _("%(person)s has proposed this already. Agree to it or decline it first.")
        raise Refusal(problem % {"person": waiting.proposed_by}, "pending", field="kind")
    if report.corrections.filter(**given).exists():
        raise Refusal(_("This correction is published already, in the same words."), "already_published", field="text")
