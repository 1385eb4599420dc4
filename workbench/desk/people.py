"""Accounts: create and change them, assign roles, set passwords. Every change is in the log."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct, DeskVerb

OTHERS_DECIDE = {"role", "is_active"}  # what people cannot change on their own account


@transaction.atomic
def add_person(person: User, *, by: User) -> User:
    """Save a new person, whose name, role and password are set. Raises ``NotPermitted``."""
    require(by, DeskAct.MANAGE_PEOPLE)
    person.save()
    audit.record(by, DeskVerb.ADDED_PERSON, person, username=person.username, role=person.role)
    return person


@transaction.atomic
def change_person(person: User, *, by: User, changed: Collection[str]) -> User:
    """Save the changed fields of a person; the log keeps the values before and after.

    Raises ``Refusal`` for one's own role or account, and ``NotPermitted``.
    """
    require(by, DeskAct.MANAGE_PEOPLE)
    if person.pk == by.pk and OTHERS_DECIDE & set(changed):
        message = _("Only another administrator can change your role or close your account.")
        raise Refusal(message, "own_account", field=min(OTHERS_DECIDE & set(changed)))
    before = User.objects.select_for_update().get(pk=person.pk)
    person.save(update_fields=sorted(changed))
    facts: dict[str, Any] = {
        name: {"before": str(getattr(before, name)), "after": str(getattr(person, name))} for name in changed
    }
    audit.record(by, DeskVerb.CHANGED_PERSON, person, **facts)
    return person


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
