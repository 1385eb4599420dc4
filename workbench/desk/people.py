"""Accounts: create and change them, give the links by which people choose their passwords.

A role that allows more than the one before takes a second person: see ``granting``.
Nobody chooses the password of another. A link works once and for a limited time, and is not stored: it is signed over
the present password, so the next one, or another link, ends it. Every change is in the log.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from workbench.desk import audit, granting, session_keeping
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import Role, require
from workbench.desk.vocabulary import DeskAct, DeskVerb

OTHERS_DECIDE = {"role", "is_active"}  # what people cannot change on their own account


@dataclass(frozen=True)
class PasswordLink:
    """What the address of a link holds with which one person chooses their password, and until when it works."""

    person: User
    key: str
    token: str
    expires_at: datetime


@transaction.atomic
def add_person(person: User, *, by: User | None, waiver: str = "") -> PasswordLink:
    """Save a new person, whose name and role are set, and return the link with which they choose their password.

    A role beyond viewer waits for a second person. ``by`` is None for the command line, which gives the role at once.
    Raises ``NotPermitted``, and ``Refusal`` as ``granting.grant`` does.
    """
    role = Role(person.role)
    if by is not None:
        require(by, DeskAct.MANAGE_PEOPLE)
        person.role = Role.VIEWER
    person.set_unusable_password()
    person.save()
    audit.record(by, DeskVerb.ADDED_PERSON, person, username=person.username, role=person.role)
    if by is not None:
        _propose_role(person, role, by=by, waiver=waiver)
    return _link(person, by)


@transaction.atomic
def renew_password(person: User, *, by: User | None) -> PasswordLink:
    """End the password of a person with all their sessions, and return the link with which they choose another.

    ``by`` is None for the command line. Raises ``NotPermitted``; ``Refusal`` for a closed account and for one’s own.
    """
    if by is not None:
        require(by, DeskAct.MANAGE_PEOPLE)
        if by.pk == person.pk:
            raise Refusal(_("Change your own password under “Password” instead."), "own_account")
    held = User.objects.select_for_update().get(pk=person.pk)
    if not held.is_active:
        raise Refusal(_("This account is closed: open it first."), "closed_account")
    held.set_unusable_password()
    held.save(update_fields=["password"])
    session_keeping.end_all(held)
    return _link(held, by)


@transaction.atomic
def choose_password(person: User, token: str, password: str) -> User:
    """Set the password that a person has chosen with their link. Raises ``Refusal`` once the link has ended."""
    held = User.objects.select_for_update().get(pk=person.pk)
    if not held.is_active or not default_token_generator.check_token(held, token):
        raise Refusal(_("This link was used before, or it has expired. Ask an administrator for another."), "ended")
    held.set_password(password)
    held.save(update_fields=["password"])
    session_keeping.end_all(held)
    audit.record(held, DeskVerb.CHOSE_PASSWORD, held)
    return held


@transaction.atomic
def change_person(person: User, *, by: User, changed: Collection[str], waiver: str = "") -> User:
    """Save the changed fields of a person; the log keeps the values before and after.

    A role that allows more waits for a second person. An account that is opened again begins as a viewer’s, and its
    role is proposed again. Raises ``NotPermitted``, and ``Refusal`` for one's own role or account and as
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
        if not person.is_active:
            session_keeping.end_all(person)
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
def change_own_password(person: User, password: str) -> User:
    """Change one's own password, as every person may. The caller has checked the old one."""
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(person, DeskVerb.CHANGED_OWN_PASSWORD, person)
    return person


def _link(person: User, by: User | None) -> PasswordLink:
    expires_at = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    audit.record(by, DeskVerb.GAVE_PASSWORD_LINK, person, expires_at=expires_at.isoformat(timespec="seconds"))
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return PasswordLink(person, key, default_token_generator.make_token(person), expires_at)
