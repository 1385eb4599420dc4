"""Set the desk's four-eyes policy: an editor proposes a version, a second person agrees, and it is in force."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from workbench.desk import declarations, seconding
from workbench.desk.four_eyes import FourEyesPolicy, able_to_second
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct, DeskRule


def seconds(*, by: User) -> models.QuerySet[User]:
    """Return the people who may agree to a version of the policy that somebody proposes."""
    return able_to_second(DeskAct.AGREE_TO_POLICY, by=by)


def may_set_alone(*, by: User) -> bool:
    """Say whether an editor may set the policy alone, with a reason."""
    return seconding.may_act_alone(DeskRule.POLICY, seconds(by=by))


@transaction.atomic
def propose(*, by: User, by_reason: Collection[str], reason: str, waiver: str = "") -> FourEyesPolicy:
    """Propose a version of the policy; with a waiver, where nobody else can agree, put it in force at once.

    ``by_reason`` are the rules that a reason waives although the desk has others. Raises ``Refusal`` (codes
    ``unknown_choice``, ``empty``, ``too_long``, ``null_character``, ``unchanged``, ``pending``, ``others_can``) and
    ``NotPermitted``.
    """
    require(by, DeskAct.SET_POLICY)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {FourEyesPolicy._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    chosen = [name for name in declarations.two_people_rules() if name in by_reason]
    if set(by_reason) - set(chosen):
        raise Refusal(_("There is no such rule."), "unknown_choice", field="by_reason")
    reason = seconding.checked_reason(reason, "reason")
    if frozenset(chosen) == FourEyesPolicy.objects.by_reason():
        raise Refusal(_("You have changed nothing yet."), "unchanged", field="by_reason")
    if FourEyesPolicy.objects.waiting().exists():
        raise Refusal(_("A change of the policy waits for a second person. Answer it first."), "pending")
    number = int(FourEyesPolicy.objects.aggregate(newest=Max("version"))["newest"] or 0) + 1
    row = FourEyesPolicy(version=number, by_reason=chosen, reason=reason)
    facts: dict[str, Any] = {"version": number, "by_reason": chosen}
    if not waiver.strip() and seconds(by=by).exists():
        return seconding.propose(row, row, by=by, **facts, why=reason)
    alone = seconding.check_alone(DeskRule.POLICY, seconds(by=by), waiver)
    return seconding.act_alone(row, row, alone, by=by, **facts, why=reason, rules=[DeskRule.POLICY])


@transaction.atomic
def agree(policy: FourEyesPolicy, *, by: User) -> FourEyesPolicy:
    """Agree to a version that somebody else proposed; it is in force from now on.

    Raises ``Refusal`` (codes ``settled``, ``own_proposal``) and ``NotPermitted``.
    """
    held = seconding.hold(policy, by=by, act=DeskAct.AGREE_TO_POLICY)
    return seconding.agree(held, held, by=by, version=held.version, by_reason=held.by_reason)


@transaction.atomic
def decline(policy: FourEyesPolicy, *, by: User) -> FourEyesPolicy:
    """Decline a proposed version, or take one’s own back. Raises ``Refusal`` (``settled``) and ``NotPermitted``."""
    held = seconding.hold(policy, by=by, act=DeskAct.AGREE_TO_POLICY)
    return seconding.decline(held, held, by=by, version=held.version)
