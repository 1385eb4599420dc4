"""Publish a report: a verdict with everything it rests on, written once and never changed.

Who gave the verdict does not publish it alone: they propose the report, and a second person agrees (``agree``). Where
the desk has nobody else, or its policy lets a reason waive the rule, they publish alone. The report gives the reason.
"""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimAccess, Decision, ProposedReport, Report, claim_searches
from claims.models.vocabulary import ClaimAct, ClaimRule, Status
from claims.publishing import (
    gate,
    outside_facts,
    printed_values,
    printing,
    readiness,
    report_content,
    succession_facts,
    waivers,
)
from workbench.desk import audit, seconding
from workbench.desk.byline import PrintedNames
from workbench.desk.four_eyes import able_to_second
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


def seconds(*, by: User) -> models.QuerySet[User]:
    """Return the people who may agree to a report that somebody proposes."""
    return able_to_second(ClaimAct.SECOND, by=by)


def may_publish_alone(decision: Decision, *, by: User) -> bool:
    """Say whether the person who gave a verdict may publish it alone, with a reason."""
    return decision.decided_by_id == by.pk and seconding.may_act_alone(ClaimRule.PUBLISHER, seconds(by=by))


def publish(
    decision: Decision, *, by: User, language: str, summary: str = "", waiver: str = ""
) -> Report | ProposedReport:
    """Publish a report in the way that is open to this person: at once, as a proposal, or alone with a reason.

    Raises ``Refusal`` and ``NotPermitted`` as ``freeze``, ``propose`` and ``publish_alone`` do.
    """
    if decision.decided_by_id != by.pk:
        return freeze(decision, by=by, language=language, summary=summary)
    if waiver or not seconds(by=by).exists():
        return publish_alone(decision, by=by, language=language, summary=summary, waiver=waiver)
    return propose(decision, by=by, language=language, summary=summary)


@transaction.atomic
def freeze(decision: Decision, *, by: User, language: str, summary: str = "") -> Report:
    """Publish the report of a verdict in a language of the interface; it never changes afterwards.

    A verdict written in another language may get a ``summary`` in the language of the report. The claim and its log
    are locked meanwhile: the report prints the end of the log's hash chain, and holds exactly what was logged up to
    there. The log's next entry holds the report's hash. Raises ``Refusal`` (codes ``unknown_language``,
    ``restricted``, ``not_decided``, ``newer_verdict``, ``same_language``, ``already_published``,
    ``placeholder``, ``pending``, ``own_decision``) and ``NotPermitted``.
    """
    claim = _hold(decision, language, summary.strip(), by=by)
    if decision.decided_by_id == by.pk:
        problem = _("You gave this verdict, so a second person must agree to its report. Propose it to them.")
        raise Refusal(problem, "own_decision")
    return _publish(claim, decision, language, summary.strip(), None, by=by)


@transaction.atomic
def propose(decision: Decision, *, by: User, language: str, summary: str = "") -> ProposedReport:
    """Propose the report of a verdict; a second person agrees. The same proposal again is returned unchanged.

    Raises ``Refusal`` as ``freeze`` does, except ``own_decision``, and ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    claim = Claim.objects.hold(decision.claim_id, alone=True)
    waiting = _waiting(decision, language)
    if waiting is not None and (waiting.summary, waiting.proposed_by) == (summary.strip(), by):
        return waiting
    _check(claim, decision, language, summary.strip())
    gate.require(decision, by=by)
    claim_searches.look_again(claim)
    row = ProposedReport(decision=decision, language=language, summary=summary.strip())
    return seconding.propose(row, decision, by=by, chain=audit.name_of(claim), language=language)


@transaction.atomic
def agree(proposed: ProposedReport, *, by: User) -> ProposedReport:
    """Agree to a report that somebody else proposed: it is published at once.

    Raises ``Refusal`` (codes ``settled``, ``own_proposal``, and those of ``freeze``) and ``NotPermitted``.
    """
    claim = Claim.objects.hold(proposed.decision.claim_id, alone=True)
    held = seconding.hold(proposed, by=by, act=ClaimAct.SECOND)
    chain = audit.name_of(claim)
    held = seconding.agree(held, held.decision, by=by, chain=chain, then_made=True, language=held.language)
    _check(claim, held.decision, held.language, held.summary, answering=held)
    _publish(claim, held.decision, held.language, held.summary, held, by=by)
    return held


def preview(proposed: ProposedReport, *, by: User) -> Report:
    """Return the report that would be published if a person agreed to it now; nothing of it stays.

    Raises ``Refusal`` and ``NotPermitted`` as ``agree`` does.
    """
    with transaction.atomic():
        report: Report = agree(proposed, by=by).made
        transaction.set_rollback(True)
    return report


def draft(decision: Decision, *, by: User, language: str, summary: str = "") -> Report:
    """Return the report of a verdict as it would read now, whatever still forbids to publish it; nothing of it stays.

    Raises ``Refusal`` (codes ``unknown_language``, ``not_decided``, ``newer_verdict``, ``same_language``) and
    ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    with transaction.atomic():
        claim = Claim.objects.hold(decision.claim_id, alone=True)
        _check_words(claim, decision, language, summary.strip())
        report = _publish(claim, decision, language, summary.strip(), None, by=by, is_draft=True)
        transaction.set_rollback(True)
    return report


@transaction.atomic
def decline(proposed: ProposedReport, *, by: User) -> ProposedReport:
    """Decline a proposed report, or take one’s own back. Raises ``Refusal`` (``settled``) and ``NotPermitted``."""
    claim = Claim.objects.hold(proposed.decision.claim_id, alone=True)
    held = seconding.hold(proposed, by=by, act=ClaimAct.SECOND)
    return seconding.decline(held, held.decision, by=by, chain=audit.name_of(claim), language=held.language)


@transaction.atomic
def publish_alone(decision: Decision, *, by: User, language: str, summary: str = "", waiver: str) -> Report:
    """Publish the report of one's own verdict without a second person, for a reason that the report gives.

    Raises ``Refusal`` as ``freeze`` does, ``no_waiver_needed``, ``others_can`` and those of a reason, and
    ``NotPermitted``.
    """
    claim = _hold(decision, language, summary.strip(), by=by)
    if decision.decided_by_id != by.pk:
        raise Refusal(_("You can publish this report without a waiver."), "no_waiver_needed", field="waiver")
    reason = seconding.check_alone(ClaimRule.PUBLISHER, seconds(by=by), waiver)
    row = ProposedReport(decision=decision, language=language, summary=summary.strip())
    facts = {"language": language, "rules": [ClaimRule.PUBLISHER]}
    row = seconding.act_alone(row, decision, reason, by=by, chain=audit.name_of(claim), then_made=True, **facts)
    return _publish(claim, decision, language, summary.strip(), row, by=by)


def _hold(decision: Decision, language: str, summary: str, *, by: User) -> Claim:
    """Lock the claim of a verdict whose report this person may publish now, and return it."""
    require(by, ClaimAct.REPORT)
    claim = Claim.objects.hold(decision.claim_id, alone=True)
    _check(claim, decision, language, summary)
    return claim


def _publish(
    claim: Claim,
    decision: Decision,
    language: str,
    summary: str,
    proposed: ProposedReport | None,
    *,
    by: User,
    is_draft: bool = False,
) -> Report:
    if not is_draft:
        readiness.require(readiness.people_of(decision, by, *([proposed.proposed_by] if proposed else [])))
        gate.require(decision, by=by)
    with translation.override(language):
        names = PrintedNames()
        content = report_content.of(claim, decision, language, summary=summary, names=names)
        replaces = succession_facts.of(decision, language)
        content |= {"replaces": replaces} if replaces else {}
        content["four_eyes"] = waivers.of(decision, proposed, by=by, names=names)
        content |= outside_facts.of(claim, decision, names)
        waived = gate.facts(decision, names)
        content |= {"gate": waived} if waived else {}
        content["report"] = {"frozen_by": names.of(by)}
    then = partial(_save_made, proposed) if proposed else None
    return printing.publish(claim, decision, language, content, by=by, then=then)


def _save_made(proposed: ProposedReport, report: Report) -> None:
    proposed.made = report
    proposed.save()


def _check(
    claim: Claim, decision: Decision, language: str, summary: str, *, answering: ProposedReport | None = None
) -> None:
    """Raise ``Refusal`` with the first rule that forbids this report now."""
    _check_words(claim, decision, language, summary)
    if ClaimAccess.objects.is_restricted(claim):
        problem = _("Only named people see this claim. Lift the restriction before you publish: a report is public.")
        raise Refusal(problem, "restricted")
    _check_others(decision, language, answering)


def _check_words(claim: Claim, decision: Decision, language: str, summary: str) -> None:
    """Raise ``Refusal`` where there is no such report: by its language, its summary, or the state of the claim."""
    if language not in dict(settings.LANGUAGES):
        problem = _("We cannot publish a report in the language “%(code)s”.") % {"code": language}
        raise Refusal(problem, "unknown_language", field="language")
    if claim.status != Status.DECIDED:
        raise Refusal(_("This claim is not decided yet: there is nothing to publish."), "not_decided")
    if decision.round != claim.round:
        problem = _("The claim has been reviewed again since this verdict. Publish the newest verdict.")
        raise Refusal(problem, "newer_verdict")
    if summary and printed_values.written(decision.summary)["language"] == language:
        problem = _(
            "The verdict is already written in this language, so its summary cannot be changed. Leave this field empty."
        )
        raise Refusal(problem, "same_language", field="summary")


def _check_others(decision: Decision, language: str, answering: ProposedReport | None) -> None:
    """Raise ``Refusal`` where a report of this verdict stands in this language, or another proposal waits for one."""
    # After a retraction the verdict may be published again, corrected.
    before = Report.objects.standing().filter(decision=decision, language=language, is_sample=settings.SAMPLE).first()
    if before is not None:
        problem = _("Report %(number)d already presents this verdict in this language.") % {"number": before.number}
        raise Refusal(problem, "already_published", field="language")
    waiting = _waiting(decision, language)
    if waiting is not None and waiting != answering:
        problem = _("%(person)s has proposed this report. Agree to it or decline it first.")
        raise Refusal(problem % {"person": waiting.proposed_by}, "pending", field="language")


def _waiting(decision: Decision, language: str) -> ProposedReport | None:
    rows = ProposedReport.objects.waiting().filter(decision=decision, language=language).select_related("proposed_by")
    found: ProposedReport | None = rows.first()
    return found
