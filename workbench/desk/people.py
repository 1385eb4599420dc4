"""Give people a place at the desk, with one role each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct, DeskVerb

OTHERS_DECIDE = {"role", "is_active"}  # what nobody gives to, or takes from, themselves


class NotStaffed(Exception):
    """This cannot be changed like this. The message is fit to show to a person."""


@transaction.atomic
def add_person(person: User, *, by: User) -> User:
    """Keep a new person, whose name, role and password are set. Raises ``NotPermitted``."""
    require(by, DeskAct.MANAGE_PEOPLE)
    person.save()
    audit.record(by, DeskVerb.ADDED_PERSON, person, username=person.username, role=person.role)
    return person


@transaction.atomic
def change_person(person: User, *, by: User, changed: Collection[str]) -> User:
    """Save these fields of a person, with what stood there before noted in the log.

    Raises ``NotStaffed`` for one's own role, and ``NotPermitted``.
    """
    require(by, DeskAct.MANAGE_PEOPLE)
    if person.pk == by.pk and OTHERS_DECIDE & set(changed):
        raise NotStaffed(_("Only another administrator can change your role or close your account."))
    before = User.objects.select_for_update().get(pk=person.pk)
    person.save(update_fields=sorted(changed))
    facts: dict[str, Any] = {
        name: {"before": str(getattr(before, name)), "after": str(getattr(person, name))} for name in changed
    }
    audit.record(by, DeskVerb.CHANGED_PERSON, person, **facts)
    return person


@transaction.atomic
def set_password(person: User, password: str | None, *, by: User) -> User:
    """Give a person another password, or none with which to sign in. Raises ``NotPermitted``."""
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
    """Give oneself another password, as every person may. The caller has seen the old one."""
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(person, DeskVerb.CHANGED_OWN_PASSWORD, person)
    return person
