"""What became of a published verdict: it stands, is under review again, or a newer one replaced it; and why.

A verdict is reviewed again when an editor reopens its claim, with a reason that the log keeps. Until the new verdict is
published, readers see only that the old one is under review again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When

from claims.models.report import Report
from claims.models.review import Decision
from claims.models.vocabulary import ClaimVerb, Status, VerdictState
from workbench.desk import audit
from workbench.desk.models import LogEntry


@dataclass(frozen=True)
class Reopening:
    """When the claim of a verdict was reopened for a new round of review, and the reason given."""

    at: datetime
    reason: str


@dataclass(frozen=True)
class Aftermath:
    """What became of the verdict of a report since; ``successor`` is the report of the verdict that replaced it."""

    state: VerdictState
    since: datetime | None = None
    successor: Report | None = None

    @property
    def stands(self) -> bool:
        """Whether the verdict is the desk’s present one."""
        return self.state == VerdictState.STANDS


STANDS = Aftermath(VerdictState.STANDS)


def aftermath(report: Report) -> Aftermath:
    """Return what became of the verdict of a report."""
    decision = report.decision
    successor = successors(report).first()
    if successor is not None:
        return Aftermath(VerdictState.REPLACED, successor.frozen_at, successor)
    state = state_of(decision.claim.status, is_last=not _later(decision).exists())
    if state == VerdictState.STANDS:
        return STANDS
    first = next(iter(reopenings(decision)), None)
    return Aftermath(state, first.at if first else None)


def state_of(status: str, *, is_last: bool) -> VerdictState:
    """Return the state of a verdict without a published successor, by the status of its claim.

    A newer verdict that is not published yet is not told: for readers the old one is under review again until then.
    """
    if status == Status.WITHDRAWN:
        return VerdictState.WITHDRAWN
    return VerdictState.STANDS if status == Status.DECIDED and is_last else VerdictState.UNDER_REVIEW


def successors(report: Report) -> QuerySet[Report]:
    """Return the reports of later verdicts on the same claim that were not retracted, the one to read first.

    That is the one of the newest verdict, in the language of the report where there is one.
    """
    later = Report.objects.standing().filter(
        decision__claim=report.decision.claim_id,
        decision__round__gt=report.decision.round,
        is_sample=report.is_sample,
    )
    return later.order_by("-decision__round", _other_language(report.language), "-number").select_related("decision")


def predecessors(decision: Decision) -> list[Report]:
    """Return the reports of the last published verdict before this one: the newest in each language.

    Samples are followed by samples only: no public report names them.
    """
    before = Report.objects.filter(decision__claim=decision.claim_id, decision__round__lt=decision.round)
    rows = before.filter(is_sample=settings.SAMPLE).select_related("decision").order_by("-decision__round", "-number")
    newest: dict[str, Report] = {}
    last: int | None = None
    for row in rows:
        last = row.decision.round if last is None else last
        if row.decision.round == last:
            newest.setdefault(row.language, row)
    return sorted(newest.values(), key=lambda row: row.number)


def reopenings(decision: Decision, until: Decision | None = None) -> list[Reopening]:
    """Return when and why a claim was reopened after a verdict, the first time first; at most until a later one."""
    entries = LogEntry.objects.filter(
        chain=audit.name_of(decision.claim), verb=ClaimVerb.MOVED, recorded_at__gte=decision.decided_at
    )
    if until is not None:
        entries = entries.filter(recorded_at__lte=until.decided_at)
    told = [(entry.recorded_at, json.loads(entry.facts)) for entry in entries.order_by("seq")]
    return [Reopening(at, facts.get("reason", "")) for at, facts in told if facts.get("before") == Status.DECIDED]


def _later(decision: Decision) -> QuerySet[Decision]:
    return Decision.objects.filter(claim=decision.claim_id, round__gt=decision.round)


def _other_language(language: str) -> Case:
    return Case(When(language=language, then=Value(0)), default=Value(1), output_field=IntegerField())
