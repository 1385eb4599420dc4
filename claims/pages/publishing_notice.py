"""What an editor should know before the report of a verdict is published: what is missing, and what it will say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from claims.models import Decision, Report, succession
from claims.models.vocabulary import ClaimAct
from claims.publishing import gate, readiness
from workbench.desk.models import User


@dataclass(frozen=True)
class PublishingNotice:
    """What keeps a report from being published, whether it would be a sample, and which report it replaces, and why."""

    gaps: list[str]
    sample: bool
    replaces: list[Report]
    reasons: list[str]
    may_publish: bool = True


def of(decision: Decision | None, person: User, rules: Sequence[gate.RuleCheck] = ()) -> PublishingNotice | None:
    """Return the notice for somebody who may publish the report of this verdict; None for everybody else.

    ``rules`` are those of the method, where the page shows them: one that blocks hides the button.
    """
    if decision is None or not person.may(ClaimAct.REPORT):
        return None
    old = succession.predecessors(decision)
    reasons = succession.reopenings(old[0].decision, until=decision) if old else []
    gaps = readiness.gaps(readiness.people_of(decision, person))
    return PublishingNotice(
        gaps=gaps,
        sample=settings.SAMPLE,
        replaces=old,
        reasons=[each.reason for each in reasons],
        may_publish=not gaps and not any(each.state == gate.GateState.BLOCKS for each in rules),
    )
