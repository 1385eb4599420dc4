"""What became of a published verdict since, in words: under review again, withdrawn, or replaced and how it changed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from claims.models import Report
from claims.models.succession import Aftermath
from claims.models.vocabulary import VerdictState
from claims.publishing import succession_facts
from claims.publishing.exports.page import readable

Facts = dict[str, Any]


@dataclass(frozen=True)
class AftermathNotice:
    """The notice on a report whose verdict is no longer current; without a title there is none."""

    title: str = ""
    lines: list[str] = field(default_factory=list)
    successor: Report | None = None

    @property
    def prefix(self) -> str:
        """What stands before the verdict in the title of the page, which search engines and shared links show."""
        return f"{self.title} – " if self.title else ""


def of(content: Facts, aftermath: Aftermath) -> AftermathNotice:
    """Return the notice for the content of a report, in the language that is active."""
    if aftermath.stands:
        return AftermathNotice()
    if aftermath.successor is not None:
        return _replaced(content, aftermath.successor)
    since = aftermath.since
    reopened = [_("The desk reopened this claim on %(day)s.") % {"day": _day(since)}] if since else []
    if aftermath.state == VerdictState.WITHDRAWN:
        ended = _("The desk then withdrew the claim without a new verdict.")
        return AftermathNotice(_("This verdict is no longer current"), [*reopened, ended])
    until = _("Until a new verdict is published, do not take the one below as current.")
    return AftermathNotice(_("This verdict is under review again"), [*reopened, until])


def change(old: Facts, new: Facts) -> list[str]:
    """Return how a verdict changed, in both aspects; each verdict with its codes and its words."""
    labels = {"old": old["rating_label"], "new": new["rating_label"]}
    same = old["rating"] == new["rating"]
    text = _("The verdict is the same: “%(new)s”.") if same else _("The verdict changed from “%(old)s” to “%(new)s”.")
    told = [text % labels]
    if old["said"] != new["said"]:
        said = {"old": old["said_label"], "new": new["said_label"]}
        told.append(_("“Was it said?” changed from “%(old)s” to “%(new)s”.") % said)
    return told


def _replaced(content: Facts, successor: Report) -> AftermathNotice:
    new = succession_facts.verdict_in(json.loads(successor.content), content["report"]["language"])
    title = _("Report %(number)d replaces this report") % {"number": successor.number}
    text = _("The desk reviewed this claim again and published a new report on %(day)s.")
    return AftermathNotice(
        title, [text % {"day": _day(successor.frozen_at)}, *change(content["verdict"], new)], successor
    )


def _day(at: datetime) -> str:
    return readable.moment(at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")).day
