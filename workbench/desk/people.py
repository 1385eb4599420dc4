"""Accounts: create and change them, set passwords. Every change is in the log.

A role that allows more than the one before takes a second person: see ``granting``.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workbench.desk import audit, granting
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import Role, require
from workbench.desk.vocabulary import DeskAct, DeskVerb

OTHERS_DECIDE = {"role", "is_active"}  # what people cannot change on their own account


@transaction.atomic
def add_person(person: User, *, by: User, waiver: str = "") -> User:
    """Save a new person, whose name, role and password are set; a role beyond viewer waits for a second person.

    Raises ``NotPermitted``, and ``Refusal`` as ``granting.grant`` does.
    """
    require(by, DeskAct.MANAGE_PEOPLE)
    role, person.role = Role(person.role), Role.VIEWER
    person.save()
    audit.record(by, DeskVerb.ADDED_PERSON, person, username=person.username, role=person.role)
    _propose_role(person, role, by=by, waiver=waiver)
    return person


@transaction.atomic
def change_person(person: User, *, by: User, changed: Collection[str], waiver: str = "") -> User:
    """Save the changed fields of a person; the log keeps the values before and after.

    A role that allows more waits for a second person. An account that is opened again begins as a viewer’s, and its
    role is proposed anew. Raises ``NotPermitted``, and ``Refusal`` for one's own role or account and as
    ``granting.grant`` does.
    """
    require(by, DeskAct.MANAGE_PEOPLE)
    if person.pk == by.pk and OTHERS_DECIDE & set(changed):
        message = _("Only another administrator can change your role or close your account.")
        raise Refusal(message, "own_account", field=min(OTHERS_DECIDE & set(changed)))
    before = User.objects.select_for_update().get(pk=person.pk)
    wanted, is_opened = Role(person.role), "is_active" in changed and person.is_active
    held = Role.VIEWER if is_opened else Role(before.role)
    person.role = held if granting.is_more(held, wanted) else wanted
    fields = {*changed, "role"} if person.role != before.role else {*changed} - {"role"}
    if fields:
        person.save(update_fields=sorted(fields))
        audit.record(by, DeskVerb.CHANGED_PERSON, person, **_facts(before, person, fields))
    _propose_role(person, wanted, by=by, waiver=waiver)
    return person


def _facts(before: User, after: User, fields: Collection[str]) -> dict[str, Any]:
    return {name: {"before": str(getattr(before, name)), "after": str(getattr(after, name))} for name in fields}


def _propose_role(person: User, role: Role, *, by: User, waiver: str) -> None:
    if role != person.role:
        granting.grant(person, role, by=by, waiver=waiver)
        person.refresh_from_db(fields=["role"])


@transaction.atomic
def set_password(person: User, password: str | None, *, by: User) -> User:
    """Set the password of a person, or remove it so that they cannot sign in. Raises ``NotPermitted``."""
    require(by, DeskAct.MANAGE_PEOPLE)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(by, DeskVerb.SET_PASSWORD if password else DeskVerb.REMOVED_PASSWORD, person)
    return person


@transaction.atomic
def change_own_password(person: User, password: str) -> User:
    """Change one's own password, as every person may. The caller has checked the old one."""
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(person, DeskVerb.CHANGED_OWN_PASSWORD, person)
    return person
