"""Give people roles: an administrator proposes one, a second person agrees, and only then the person has it."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext as _

from workbench.desk import audit, declarations, seconding
from workbench.desk.four_eyes import RoleGrant, able_to_second
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import Role, require
from workbench.desk.vocabulary import DeskAct, DeskRule, DeskVerb


def is_more(before: str, after: str) -> bool:
    """Say whether a role allows an act that another does not: only that takes a second person."""
    return any(after in roles and before not in roles for roles in declarations.acts().values())


def seconds(person: User | None, *, by: User) -> models.QuerySet[User]:
    """Return the people who may agree to a role that somebody proposes: neither they nor the person it is for."""
    others = able_to_second(DeskAct.AGREE_TO_ROLE, by=by)
    return others.exclude(pk=person.pk) if person and person.pk else others


def may_grant_alone(person: User | None, *, by: User) -> bool:
    """Say whether an administrator may give a role alone, with a reason."""
    return seconding.may_act_alone(DeskRule.ROLE, seconds(person, by=by))


@transaction.atomic
def grant(person: User, role: Role, *, by: User, waiver: str = "") -> RoleGrant:
    """Propose a role for somebody; with a reason where nobody else can agree, give it at once.

    The same proposal again is returned unchanged. Raises ``Refusal`` (codes ``own_account``, ``pending``,
    ``others_can``, ``empty``, ``too_long``, ``null_character``) and ``NotPermitted``.
    """
    require(by, DeskAct.MANAGE_PEOPLE)
    if person.pk == by.pk:
        message = _("Only another administrator can change your role or close your account.")
        raise Refusal(message, "own_account", field="role")
    User.objects.select_for_update().get(pk=person.pk)
    waiting = person.role_grants.waiting().select_related("proposed_by").first()
    if waiting is not None and (waiting.role, waiting.proposed_by_id) == (role, by.pk) and not waiver.strip():
        return waiting
    if waiting is not None:
        problem = _("%(who)s has proposed a role for this person. Agree to it or decline it first.")
        raise Refusal(problem % {"who": waiting.proposed_by}, "pending", field="role")
    row = RoleGrant(person=person, role=role)
    if not waiver.strip() and seconds(person, by=by).exists():
        return seconding.propose(row, person, by=by, role=role)
    reason = seconding.check_alone(DeskRule.ROLE, seconds(person, by=by), waiver)
    row = seconding.act_alone(row, person, reason, by=by, role=role, rules=[DeskRule.ROLE])
    return _give(row, by=by)


@transaction.atomic
def agree(proposed: RoleGrant, *, by: User) -> RoleGrant:
    """Agree to a role that somebody else proposed; the person has it from now on.

    Raises ``Refusal`` (codes ``settled``, ``own_proposal``, ``same_hand``, ``own_role``, ``closed_account``,
    ``proposer_left``) and ``NotPermitted``.
    """
    held = seconding.hold(proposed, by=by, act=DeskAct.AGREE_TO_ROLE)
    if held.person_id == by.pk:
        raise Refusal(_("This role is for you, so somebody else must agree to it."), "own_role")
    if not held.person.is_active:
        raise Refusal(_("This account is closed: open it first."), "closed_account")
    if not held.proposed_by.may(DeskAct.MANAGE_PEOPLE):
        problem = _("%(who)s proposed this and may no longer give roles. Decline it; somebody else can propose it.")
        raise Refusal(problem % {"who": held.proposed_by}, "proposer_left")
    return _give(seconding.agree(held, held.person, by=by, role=held.role), by=by)


@transaction.atomic
def decline(proposed: RoleGrant, *, by: User) -> RoleGrant:
    """Decline a proposed role, or take one’s own proposal back. Raises ``Refusal`` (``settled``), ``NotPermitted``."""
    held = seconding.hold(proposed, by=by, act=DeskAct.AGREE_TO_ROLE)
    return seconding.decline(held, held.person, by=by, role=held.role)


def _give(granted: RoleGrant, *, by: User) -> RoleGrant:
    person = User.objects.select_for_update().get(pk=granted.person_id)
    before, person.role = person.role, granted.role
    person.save(update_fields=["role"])
    facts = {"before": before, "after": granted.role}
    audit.record(by, DeskVerb.CHANGED_PERSON, person, role=facts, proposal=granted.pk)
    return granted
