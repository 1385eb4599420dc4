"""How the desk works on one claim: owner, due date, reviewers, tags, cases and checklist, and what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from claims.models import ChecklistItem, ChecklistTick, Claim, DeskCase
from claims.models.desk_case import cases_of
from claims.pages import board
from claims.pages.board import BoardRow
from claims.team import inviting, planning
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.models import User

MOST_CASES = 100  # open cases in a list to choose from


@dataclass(frozen=True)
class ShownLine:
    """A line of the checklist, and who ticked it; a line that is no longer used stands here only where it is ticked."""

    item: ChecklistItem
    tick: ChecklistTick | None


@dataclass(frozen=True)
class ClaimTeam:
    """How the desk works on a claim."""

    row: BoardRow
    cases: Sequence[DeskCase]
    lines: Sequence[ShownLine]

    @property
    def ticked(self) -> int:
        """How many lines of the checklist are ticked."""
        return sum(line.tick is not None for line in self.lines)


def of(claim: Claim) -> ClaimTeam:
    """Return how the desk works on a claim."""
    [row] = board.rows_of([claim], ("owner", "reviewers", "tags"))
    return ClaimTeam(row, _cases(claim.pk), lines(claim))


def lines(claim: Claim) -> list[ShownLine]:
    """Return the checklist of a claim, with what is ticked."""
    items = _items(claim.pk, type_=claim.type)
    ticks = {tick.item_id: tick for tick in _ticks(claim.pk)} if items else {}
    return [ShownLine(item, ticks.get(item.pk)) for item in items]


def owners(claim: Claim) -> list[User]:
    """Return who can own a claim."""
    return _owners(claim.pk)


def reviewers(claim: Claim) -> list[User]:
    """Return who can be asked to review a claim."""
    return _reviewers(claim.pk, claim.logged_by_id)


def open_cases() -> list[DeskCase]:
    """Return the cases to which something can be added, the newest first."""
    return _open_cases(most=MOST_CASES)


@CompiledQuery
def _cases(claim: int) -> QuerySet[DeskCase]:
    return cases_of(claim)


@CompiledQuery
def _ticks(claim: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = ChecklistTick.objects.standing()
    return rows.filter(claim=claim).select_related("by").order_by("pk")


@CompiledQuery
def _items(claim: int, *, type_: str) -> QuerySet[ChecklistItem]:
    ticked = ChecklistTick.objects.standing().filter(claim=claim).values("item")
    return ChecklistItem.objects.filter(Q(type=type_, in_use=True) | Q(pk__in=ticked))


@CompiledQuery
def _owners(claim: int) -> QuerySet[User]:
    return planning.owners(Claim(pk=claim))


@CompiledQuery
def _reviewers(claim: int, logger: int) -> QuerySet[User]:
    return inviting.reviewers(Claim(pk=claim, logged_by_id=logger))


@CompiledQuery
def _open_cases() -> QuerySet[DeskCase]:
    return DeskCase.objects.filter(is_closed=False)
