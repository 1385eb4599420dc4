"""The words of the desk: what people may do, and the verbs of the log."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workbench.desk.roles import ADMINS, EDITORS, EVERYBODY, REVIEWERS, Act, Role


class Verb(models.TextChoices):
    """What somebody did, as the log keeps it. Each app declares its own.

    An entry keeps the value, in English, because its hash covers it: a value never changes, its label may.
    """


class DeskAct(Act):
    READ = "read", _("read claims, evidence and sources")
    RETRY_WORK = "retry_work", _("retry failed work")
    READ_LOG = "read_log", _("read the whole log and check its hash chain")
    USE_ADMIN = "use_admin", _("open the administration")
    MANAGE_PEOPLE = "manage_people", _("create and disable accounts and assign roles")
    MANAGE_STORAGE = "manage_storage", _("see sizes and growth, and decide how long texts are kept")


ACTS: dict[Act, frozenset[Role]] = {
    DeskAct.READ: EVERYBODY,
    DeskAct.RETRY_WORK: REVIEWERS | ADMINS,
    DeskAct.READ_LOG: EDITORS | ADMINS,
    DeskAct.USE_ADMIN: REVIEWERS | ADMINS,
    DeskAct.MANAGE_PEOPLE: ADMINS,
    DeskAct.MANAGE_STORAGE: ADMINS,
}


class DeskVerb(Verb):
    """What people do with accounts and failed work."""

    ADDED_PERSON = "added a person", pgettext_lazy("log", "created an account")
    CHANGED_PERSON = "changed a person", pgettext_lazy("log", "changed an account")
    CHANGED_OWN_PASSWORD = "changed their password", pgettext_lazy("log", "changed their password")
    RETRIED = "retried", pgettext_lazy("log", "retried failed work")
    SET_PASSWORD = "set a password", pgettext_lazy("log", "set a password")
    SEALED_ROWS = "sealed rows", pgettext_lazy("log", "sealed rows that were written without an act")
    SEALED_EXISTING = "sealed existing rows", pgettext_lazy("log", "sealed rows that were there before")
    REMOVED_PASSWORD = "took the password away", pgettext_lazy("log", "removed a password")


# The names under which log entries keep their facts.
LOG_FACTS: dict[str, Any] = {
    "after": pgettext_lazy("log", "after"),
    "before": pgettext_lazy("log", "before"),
    "first_key": pgettext_lazy("log", "first key"),
    "last_key": pgettext_lazy("log", "last key"),
    "role": pgettext_lazy("log", "role"),
    "rows": pgettext_lazy("log", "rows"),
    "tries": pgettext_lazy("log", "tries"),
    "trouble": pgettext_lazy("log", "problem"),
    "username": pgettext_lazy("log", "user name"),
}
