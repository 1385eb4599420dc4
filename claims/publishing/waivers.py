"""What a report says about four eyes: the policy, who proposed it and who agreed, and the rules that were waived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Decision, ProposedReport
from claims.models.vocabulary import FEWEST_REVIEWS, MET_BY_WORDS, ClaimRule
from claims.publishing import printed_values
from workbench.desk.byline import PrintedNames
from workbench.desk.four_eyes import FourEyesPolicy
from workbench.desk.models import User
from workbench.desk.vocabulary import ProposalState

Facts = dict[str, Any]


def of(decision: Decision, proposed: ProposedReport | None, *, by: User, names: PrintedNames) -> Facts:
    """Return what the report of a verdict says about four eyes, in the language that is active.

    ``proposed`` is the proposal that a second person agreed to, or the act of one person alone; None where somebody who
    did not give the verdict publishes it.
    """
    return {
        "policy": _policy(FourEyesPolicy.objects.in_force()),
        "proposed_by": names.of(proposed.proposed_by if proposed else by),
        "agreed_by": names.of(by) if proposed and proposed.state == ProposalState.AGREED else "",
        "decider_reviewed": decision.claim.reviews.filter(reviewer=decision.decided_by_id).exists(),
        "waivers": [*_of_verdict(decision, names), *_of_publication(proposed, names)],
    }


def alone_in_one_line(content: Facts) -> str:
    """Return what one person did alone for a report, each act with who did it and why, for one cell of a table.

    In older reports the rules of the method that were set aside stand there too: their files stay as they were.
    """
    older = [each for each in _aside(content) if "aside" not in each]
    waivers = [*content.get("four_eyes", {}).get("waivers", []), *older]
    return " ".join(f"{each['told']} {each['waived_by']}: “{each['reason']['text']}”" for each in waivers)


def in_one_line(content: Facts) -> str:
    """Return what one person did alone for a report, and the rules of the method that were set aside for it."""
    return " ".join(filter(None, [alone_in_one_line(content), aside_in_one_line(content)]))


def aside_in_one_line(content: Facts) -> str:
    """Return the rules of the method that were set aside for a report, each with by whom and why, in its language."""
    return " ".join(each["aside"] for each in _aside(content) if "aside" in each)


def _aside(content: Facts) -> list[Facts]:
    aside, _met = by_how(content.get("gate", []))
    return aside


def by_how(rules: Sequence[Facts]) -> tuple[list[Facts], list[Facts]]:
    """Return of the rules in a report those that were set aside, and those that what somebody wrote there meets."""
    met = [each for each in rules if each["rule"] in MET_BY_WORDS]
    return [each for each in rules if each not in met], met


def _policy(policy: FourEyesPolicy | None) -> Facts:
    """The policy in force, which has version 0 while no desk has changed it, with the rules that a reason waives."""
    if policy is None:
        return {"version": 0, "by_reason": [], "told": ""}
    loose = [rule for rule, is_strict in policy.rules if not is_strict and isinstance(rule, ClaimRule)]
    told = " ".join(str(rule.label) for rule in loose)
    return {"version": policy.version, "by_reason": [rule.value for rule in loose], "told": told}


def _of_verdict(decision: Decision, names: PrintedNames) -> list[Facts]:
    return [
        _waiver(
            rule, _told(ClaimRule(rule), decision), decision.waiver, names.of(decision.decided_by), decision.decided_at
        )
        for rule in decision.waived
    ]


def _of_publication(proposed: ProposedReport | None, names: PrintedNames) -> list[Facts]:
    if proposed is None or proposed.state != ProposalState.ALONE:
        return []
    told = _("The person who gave the verdict published this report without a second person.")
    return [_waiver(ClaimRule.PUBLISHER, told, proposed.waiver, names.of(proposed.proposed_by), proposed.answered_at)]


def _waiver(rule: str, told: str, reason: str, by: str, at: Any) -> Facts:
    return {
        "rule": str(rule),
        "told": told,
        "reason": printed_values.written(reason),
        "waived_by": by,
        "waived_at": printed_values.moment(at),
    }


def _told(rule: ClaimRule, decision: Decision) -> str:
    if rule == ClaimRule.LOGGER:
        return _("The person who gave the verdict had logged the claim.")
    if rule == ClaimRule.REVIEWER:
        return _("The person who gave the verdict had reviewed the claim.")
    number = decision.claim.reviews.filter(round=decision.round).count()
    told = ngettext(
        "The verdict rests on %(number)d review; our method asks for %(fewest)d.",
        "The verdict rests on %(number)d reviews; our method asks for %(fewest)d.",
        number,
    )
    return told % {"number": number, "fewest": FEWEST_REVIEWS}
