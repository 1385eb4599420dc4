"""Proposals that take two people: one person proposes, another agrees or declines; or one acts alone, with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from workbench.desk import audit
from workbench.desk.four_eyes import CHANGE_COUNTS, LINK_COUNTS, LONGEST_REASON, FourEyesPolicy, Proposal, let_in_by
from workbench.desk.models import User
from workbench.desk.refusal import Refusal, checked_text
from workbench.desk.roles import Act, require
from workbench.desk.vocabulary import DeskVerb, ProposalState, TwoPeopleRule

MOST_NAMED = 3  # of the people who could be the second one

Row = TypeVar("Row", bound=Proposal)


def propose(row: Row, subject: models.Model, *, by: User, chain: str = "", **facts: Any) -> Row:
    """Save a proposal and log it; a second person answers it."""
    row.proposed_by = by
    row.save()
    audit.record(by, DeskVerb.PROPOSED, subject, chain=chain, proposal=row.pk, **facts)
    return row


def hold(row: Row, *, by: User, act: Act) -> Row:
    """Lock a proposal that a person with this act may answer, and return it.

    Raises ``Refusal`` (code ``settled``) and ``NotPermitted``. Who proposed it may take it back without the act.
    """
    if row.proposed_by_id != by.pk:
        require(by, act)
    rows: Any = type(row)._default_manager
    held: Row = rows.select_for_update(of=("self",)).get(pk=row.pk)
    if not held.waits:
        raise Refusal(_("This proposal was answered already."), "settled")
    return held


def agree(held: Row, subject: models.Model, *, by: User, chain: str = "", then_made: bool = False, **facts: Any) -> Row:
    """Note that a second person agrees to a proposal that is locked; the caller does what was proposed.

    With ``then_made`` the caller saves the row with what was made of it, under the entry that logs that. Raises
    ``Refusal`` for the person who proposed it (code ``own_proposal``), and as ``check_second`` does.
    """
    if held.proposed_by_id == by.pk:
        raise Refusal(_("You proposed this, so somebody else must agree to it."), "own_proposal")
    check_second(held.proposed_by, by=by)
    held = _answered(held, ProposalState.AGREED, by=by)
    if not then_made:
        held.save()
    audit.record(by, DeskVerb.AGREED, subject, chain=chain, proposal=held.pk, **facts)
    return held


def check_second(proposer: User, *, by: User) -> None:
    """Raise ``Refusal`` (code ``same_hand``) where the proposer may know the password of who agrees."""
    if proposer.pk in let_in_by(by):
        problem = _(
            "%(who)s proposed this, and gave you the link for your password less than %(days)d days ago. So somebody "
            "else must agree to it."
        )
        raise Refusal(problem % {"who": proposer, "days": LINK_COUNTS.days}, "same_hand")


def decline(held: Row, subject: models.Model, *, by: User, chain: str = "", **facts: Any) -> Row:
    """Note that a person declines a proposal that is locked, or takes their own back; and save it."""
    is_own = held.proposed_by_id == by.pk
    held = _answered(held, ProposalState.TAKEN_BACK if is_own else ProposalState.DECLINED, by=by)
    held.save()
    verb = DeskVerb.TOOK_BACK if is_own else DeskVerb.DECLINED
    audit.record(by, verb, subject, chain=chain, proposal=held.pk, **facts)
    return held


def act_alone(
    row: Row, subject: models.Model, waiver: str, *, by: User, chain: str = "", then_made: bool = False, **facts: Any
) -> Row:
    """Save a proposal that one person carries out alone, and log the reason. ``check_alone`` has allowed it.

    With ``then_made`` the row still waits: the caller saves it with what was made of it.
    """
    row.proposed_by = by
    if then_made:
        row.save()
    row.state, row.waiver, row.answered_at = ProposalState.ALONE, waiver, timezone.now()
    if not then_made:
        row.save()
    audit.record(by, DeskVerb.ACTED_ALONE, subject, chain=chain, proposal=row.pk, reason=waiver, **facts)
    return row


def check_alone(rule: TwoPeopleRule, others: models.QuerySet[User], waiver: str) -> str:
    """Return the reason for which one person may do alone what this rule gives to two.

    Raises ``Refusal``: ``others_can`` where the policy is strict and the desk has others for it, ``empty``,
    ``too_long`` and ``null_character`` for the reason.
    """
    if rule.value not in FourEyesPolicy.objects.by_reason() and (there := names(others)):
        raise Refusal(_("This takes two people. Ask %(people)s.") % {"people": there}, "others_can", field="waiver")
    return checked_reason(waiver)


def may_act_alone(rule: TwoPeopleRule, others: models.QuerySet[User]) -> bool:
    """Say whether one person may do this alone, with a reason: the policy lets them, or there is nobody else."""
    return rule.value in FourEyesPolicy.objects.by_reason() or not others.exists()


def checked_reason(text: str, field: str = "waiver") -> str:
    """Return a reason without the space around it. Raises ``Refusal`` for one that cannot be kept."""
    empty, too_long = _("Give a reason. The log records it."), _("Write the reason in at most %(most)d characters.")
    return checked_text(text, field=field, most=LONGEST_REASON, empty=empty, too_long=too_long)


def names(people: models.QuerySet[User]) -> str:
    """Return the names of some people in one phrase, in one query; empty where there is nobody."""
    found = list(people.order_by("last_name", "first_name", "username")[: MOST_NAMED + 1])
    if not found:
        return ""
    named: Sequence[str] = [_named(person) for person in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        return _("%(names)s or somebody else") % {"names": ", ".join(named)}
    return _either(named)


def _named(person: User) -> str:
    """Return the name of a person, and whether they count only because of what they could do until lately."""
    if not getattr(person, "is_past", False):
        return str(person)
    past = _("%(name)s (account closed or role changed in the last %(days)d days)")
    return past % {"name": person, "days": CHANGE_COUNTS.days}


def _either(named: Collection[str]) -> str:
    first, last = list(named)[:-1], list(named)[-1]
    return _("%(names)s or %(last)s") % {"names": ", ".join(first), "last": last} if first else last


def _answered(held: Row, state: ProposalState, *, by: User) -> Row:
    held.state, held.answered_at = state, timezone.now()
    held.second = None if state == ProposalState.TAKEN_BACK else by
    return held
