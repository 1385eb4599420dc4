"""Who may do what: one table of roles, which both faces and every activity ask."""

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
    """What a person may be allowed to do; the value is the permission's name in ``user.may``."""

    READ = "read", _("read claims, evidence and sources")
    LOG_CLAIM = "log_claim", _("log a claim and say to whom it is attributed")
    GATHER = "gather", _("add sources and feeds, ask for coverage")
    WEIGH = "weigh", _("confirm or reject what a machine suggested")
    OPEN_REVIEW = "open_review", _("hand a claim to the reviewers")
    REVIEW = "review", _("review a claim")
    DECIDE = "decide", _("decide a claim, reopen or withdraw it")
    REPORT = "report", _("freeze a decision into a report and correct it")
    READ_RAW = "read_raw", _("download captures byte for byte")
    CRAWL_POLICY = "crawl_policy", _("decide how a host is visited, or that it is not")
    RETRY_WORK = "retry_work", _("retry work in trouble")
    READ_LOG = "read_log", _("read the whole log and check its chain")
    USE_ADMIN = "use_admin", _("open the administration")
    MANAGE_PEOPLE = "manage_people", _("create and disable users and give roles")


_REPORTER = {Act.READ, Act.LOG_CLAIM, Act.GATHER, Act.WEIGH, Act.OPEN_REVIEW}
_REVIEWER = _REPORTER | {Act.REVIEW, Act.READ_RAW, Act.RETRY_WORK, Act.USE_ADMIN}
_EDITOR = _REVIEWER | {Act.DECIDE, Act.REPORT, Act.READ_LOG, Act.CRAWL_POLICY}

MAY: dict[Role, frozenset[Act]] = {
    Role.VIEWER: frozenset({Act.READ}),
    Role.REPORTER: frozenset(_REPORTER),
    Role.REVIEWER: frozenset(_REVIEWER),
    Role.EDITOR: frozenset(_EDITOR),
    # Administrators keep the machine and the people; they have no say in what is found.
    Role.ADMIN: frozenset({Act.READ, Act.CRAWL_POLICY, Act.RETRY_WORK, Act.READ_LOG, Act.USE_ADMIN, Act.MANAGE_PEOPLE}),
}

# What the Django admin asks of a model, answered from the same table: (app, model) → who may add or change.
# Models that are missing here can be looked at and not touched.
ADMIN_CHANGES: dict[tuple[str, str], Act] = {
    ("workbench", "user"): Act.MANAGE_PEOPLE,
    ("sources", "source"): Act.GATHER,
    ("sources", "sourcedomain"): Act.GATHER,
}


class NotPermitted(Exception):
    """The person's role does not allow this. The message is fit to show to a person."""


class Person(Protocol):
    """Whoever has a role."""

    def may(self, act: Act) -> bool:
        """Say whether the role allows an act."""


def require(user: Person, act: Act) -> None:
    """Raise ``NotPermitted`` unless the user may do this."""
    if not user.may(act):
        raise NotPermitted(_("Your role does not let you %(act)s.") % {"act": act.label})
