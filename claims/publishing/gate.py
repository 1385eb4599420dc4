"""The gate before publication: each rule of the method, and what meets it, or who set it aside and why.

Some rules block: nothing is published while they are neither met nor set aside with a reason. Others only warn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Attribution, Claim, Decision, Review, RuleWaiver, search_reach
from claims.models.review import differing
from claims.models.search_reach import SearchReach
from claims.models.vocabulary import MET_BY_WORDS, AssertionStatus, MethodRule, Modality, Stance
from claims.publishing import printed_values, readiness
from sources.models.vocabulary import Engine
from workbench.desk.byline import PrintedNames
from workbench.desk.language_names import language_name
from workbench.desk.models import User
from workbench.desk.refusal import Refusal

Facts = dict[str, Any]

BLOCKS = {MethodRule.IDENTITY, MethodRule.BESIDE, MethodRule.DIFFER}
NEVER_WAIVED = {MethodRule.IDENTITY, MethodRule.CITES}
MOST_NAMED = 3
OF_VERDICT = (MethodRule.IDENTITY, MethodRule.CITES, MethodRule.BESIDE)  # cannot be told before there is a verdict


class GateState(StrEnum):
    """How a rule stands: it is met, set aside with a reason, open and blocks, or open and only warns."""

    MET = "met"
    WAIVED = "waived"
    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True)
class RuleCheck:
    """A rule of the method with its state, what meets it or is missing, where to look, and who set it aside."""

    rule: MethodRule
    state: GateState
    told: str
    url: str = ""
    waiver: RuleWaiver | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is neither met nor set aside."""
        return self.state in {GateState.BLOCKS, GateState.WARNS}

    @property
    def may_be_waived(self) -> bool:
        """Whether somebody who publishes may set it aside with a reason."""
        return self.is_open and self.rule not in NEVER_WAIVED

    @property
    def is_met_by_words(self) -> bool:
        """Whether somebody wrote what the rule asks for: it is met by that, and not set aside."""
        return self.waiver is not None and self.rule in MET_BY_WORDS


@dataclass(frozen=True)
class _Finding:
    met: bool
    told: str
    place: str = ""


def of(decision: Decision, person: User) -> list[RuleCheck]:
    """Return every rule of the method for the report of a verdict that this person publishes or proposes."""
    waivers = {row.rule: row for row in decision.rule_waivers.select_related("by")}
    findings = {rule: check(decision) for rule, check in _OF_DECISION.items()}
    gaps = readiness.gaps(readiness.people_of(decision, person))
    findings[MethodRule.IDENTITY] = _Finding(
        not gaps, " ".join(gaps) or _("The desk has a name, and so has everybody who worked on it.")
    )
    findings[MethodRule.DIFFER] = _differ(decision.claim.reviews.filter(round=decision.round))
    findings |= {rule: check(decision.claim) for rule, check in _OF_CLAIM.items()}
    return [_checked(rule, findings[rule], decision.claim, waivers.get(rule)) for rule in MethodRule]


def before_verdict(claim: Claim, person: User) -> list[RuleCheck]:
    """Return the rules that can be told before a verdict, with no review that is hidden from the person."""
    findings = {rule: check(claim) for rule, check in _OF_CLAIM.items()}
    findings[MethodRule.DIFFER] = _differ(claim.reviews.filter(round=claim.round).visible_to(person))
    return [_checked(rule, findings[rule], claim, None) for rule in MethodRule if rule not in OF_VERDICT]


def require(decision: Decision, *, by: User) -> None:
    """Raise ``Refusal`` (code ``gate``) where a rule that blocks is neither met nor set aside."""
    open_rules = [each for each in of(decision, by) if each.state == GateState.BLOCKS]
    open_rules = [each for each in open_rules if each.rule != MethodRule.IDENTITY]  # readiness says it in its own words
    if open_rules:
        told = " ".join(f"{each.rule.label} {each.told}" for each in open_rules)
        raise Refusal(_("Before this report is published: %(rules)s") % {"rules": told}, "gate")


def facts(decision: Decision, names: PrintedNames) -> list[Facts]:
    """Return the rules that were set aside for a verdict, or met by words, as its reports print them."""
    return [
        {
            "rule": row.rule,
            "told": str(MethodRule(row.rule).label),
            "reason": printed_values.written(row.reason),
            "waived_by": names.of(row.by),
            "waived_at": printed_values.moment(row.at),
            "aside": _("%(person)s set aside the rule “%(rule)s” Reason: “%(reason)s”")
            % {"person": names.of(row.by), "rule": MethodRule(row.rule).label, "reason": row.reason},
        }
        for row in decision.rule_waivers.select_related("by")
    ]


def _checked(rule: MethodRule, found: _Finding, claim: Claim, waiver: RuleWaiver | None) -> RuleCheck:
    state = GateState.MET
    if not found.met:
        state = GateState.BLOCKS if rule in BLOCKS else GateState.WARNS
        if waiver:
            state = GateState.MET if rule in MET_BY_WORDS else GateState.WAIVED
    url = f"{claim.get_absolute_url()}#{found.place}" if found.place else ""
    if rule == MethodRule.SEARCHED:
        url = reverse("claims:claim_searches", args=[claim.pk])
    return RuleCheck(rule, state, found.told, url, waiver)


def _cites(decision: Decision) -> _Finding:
    number = decision.citations.count()
    if not number:
        return _Finding(
            met=True,
            told=_("The verdict cites nothing: the searches that were answered found nothing."),
            place="decision",
        )
    told = ngettext("The verdict cites %(number)d passage.", "The verdict cites %(number)d passages.", number) % {
        "number": number
    }
    return _Finding(met=True, told=told, place="decision")


def _beside(decision: Decision) -> _Finding:
    weighed = decision.claim.evidence.filter(
        standing=AssertionStatus.CONFIRMED, stance__in=[Stance.SUPPORTS, Stance.REFUTES]
    ).count()
    if decision.citations.exists():
        return _Finding(met=True, told=_("The verdict cites evidence."), place="decision")
    if not weighed:
        return _Finding(met=True, told=_("No passage for or against the claim was confirmed."), place="decision")
    told = ngettext(
        "The verdict cites nothing, but %(number)d passage for or against the claim was confirmed.",
        "The verdict cites nothing, but %(number)d passages for or against the claim were confirmed.",
        weighed,
    )
    return _Finding(met=False, told=told % {"number": weighed}, place="decision")


def _differ(rows: Iterable[Review]) -> _Finding:
    """How the reviewers of a round compare, by the reviews that may be read."""
    reviews = list(rows)
    told = differing(reviews)
    if not told:
        agreed = _("The reviewers agree.") if len(reviews) > 1 else _("There are fewer than two reviews to compare.")
        return _Finding(met=True, told=agreed, place="reviews")
    return _Finding(met=False, told=told, place="reviews")


def _comment(claim: Claim) -> _Finding:
    asked = list(claim.comment_requests.values_list("to_whom", flat=True)[: MOST_NAMED + 1])
    if asked:
        return _Finding(met=True, told=_("Asked: %(people)s.") % {"people": _named(asked)}, place="asked")
    return _Finding(met=False, told=_("Nobody was asked for comment."), place="asked")


def _unjudged(claim: Claim) -> _Finding:
    number = claim.evidence.suggested().count()
    if not number:
        return _Finding(met=True, told=_("No suggested passage is left to weigh."), place="suggestions")
    told = ngettext(
        "%(number)d suggested passage was not weighed.", "%(number)d suggested passages were not weighed.", number
    )
    return _Finding(met=False, told=told % {"number": number}, place="suggestions")


def _chain(claim: Claim) -> _Finding:
    links = Attribution.objects.filter(
        appearance__claim=claim,
        appearance__standing=AssertionStatus.CONFIRMED,
        standing=AssertionStatus.CONFIRMED,
    )
    last = links.select_related("source").order_by("-appearance__first_known", "appearance", "-position").first()
    if claim.claimant is not None:
        return _Finding(met=True, told=_("The claimant is %(name)s.") % {"name": claim.claimant}, place="appearances")
    name = last.named_as or str(last.source or "") if last else ""
    if name and last and last.modality != Modality.UNATTRIBUTED_PASSIVE:
        return _Finding(met=True, told=_("The chain leads to %(name)s.") % {"name": name}, place="appearances")
    told = _("The last link of the chain names nobody.") if last else _("No attribution chain is recorded.")
    return _Finding(met=False, told=told, place="appearances")


def _searched(claim: Claim) -> _Finding:
    reach: SearchReach = search_reach.of(claim)
    refused = [str(Engine(each.engine).label) for each in reach.providers if each.unanswered]
    told = [_("Answered: %(names)s.") % {"names": _named(_answered(reach))}] if reach.outside else []
    if not reach.outside:
        told.append(_("No source outside the desk answered."))
    if refused:
        told.append(_("No answer from: %(names)s.") % {"names": _named(refused)})
    if reach.not_covered:
        told.append(
            _("No answer from outside the desk in: %(names)s.")
            % {"names": ", ".join(map(language_name, reach.not_covered))}
        )
    return _Finding(met=reach.outside and not refused and not reach.not_covered, told=" ".join(told))


def _answered(reach: SearchReach) -> list[str]:
    return [str(Engine(each.engine).label) for each in reach.providers if each.answered]


def _named(names: Sequence[str] | Iterable[str]) -> str:
    shown = list(names)
    return ", ".join([*shown[:MOST_NAMED], *(["…"] if shown[MOST_NAMED:] else [])])


_OF_DECISION: dict[MethodRule, Callable[[Decision], _Finding]] = {MethodRule.CITES: _cites, MethodRule.BESIDE: _beside}
_OF_CLAIM: dict[MethodRule, Callable[[Claim], _Finding]] = {
    MethodRule.COMMENT: _comment,
    MethodRule.UNJUDGED: _unjudged,
    MethodRule.CHAIN: _chain,
    MethodRule.SEARCHED: _searched,
}
