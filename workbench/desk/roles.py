"""Roles and permissions: who may do what; each app declares its acts in its `vocabulary`."""

from __future__ import annotations

from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    VIEWER = "viewer", _("Viewer")
    REPORTER = "reporter", _("Reporter")
    REVIEWER = "reviewer", _("Reviewer")
    EDITOR = "editor", _("Editor")
    ADMIN = "admin", _("Administrator")


class Act(models.TextChoices):
    """What a person may be allowed to do. Each app declares its own, with the roles that may."""


EVERYBODY = frozenset(Role)
REPORTERS = frozenset({Role.REPORTER, Role.REVIEWER, Role.EDITOR})
REVIEWERS = frozenset({Role.REVIEWER, Role.EDITOR})
EDITORS = frozenset({Role.EDITOR})
# Administrators keep the machine and the accounts; they have no say in verdicts.
ADMINS = frozenset({Role.ADMIN})


class NotPermitted(Exception):
    """The person's role does not allow this. The message may be shown to a person."""


class Person(Protocol):
    """Somebody who has a role."""

    def may(self, act: Act) -> bool:
        """Say whether the role allows an act."""


def require(user: Person, act: Act) -> None:
    """Raise ``NotPermitted`` unless the user may do this."""
    if not user.may(act):
        raise NotPermitted(_("Your role does not allow you to %(act)s.") % {"act": act.label})
