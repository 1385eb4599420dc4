"""The board: the desk’s table of claims, with the columns that a person chose, loaded in a constant number of queries.

No column, order, filter or number here tells what a reviewer found before a verdict: there are only things that
everybody who sees the claim may read on its page and in its history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, ClaimPlan, ClaimTag, Decision, Evidence, Review, ReviewInvitation
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import CLOSED, AssertionStatus, Stance
from claims.pages import claim_queries, workspace
from workbench.desk.models import User

COLUMNS = {
    "number": _("No."),
    "type": _("Type"),
    "language": _("Language"),
    "status": _("Status"),
    "verdict": _("Verdict"),
    "evidence": _("For, against, about"),
    "left": _("To weigh"),
    "owner": _("Owner"),
    "reviewers": _("Reviewers"),
    "due": _("Due"),
    "priority": _("Priority"),
    "tags": _("Tags"),
    "logged": _("Logged"),
}
DEFAULT = ("status", "verdict", "evidence", "left", "owner", "reviewers", "due", "tags", "logged")


@dataclass(frozen=True)
class AskedReviewer:
    """Somebody who was asked to review a claim, and whether they have handed in their review of this round."""

    person: User
    is_done: bool


@dataclass
class BoardRow:
    """A claim of the board with what its columns show."""

    claim: Claim
    plan: ClaimPlan | None = None
    verdict: Decision | None = None
    stances: dict[str, int] = field(default_factory=dict)
    reviewers: list[AskedReviewer] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    today: date = date.min

    @property
    def pk(self) -> int:
        """The key of the claim, by which pages are turned."""
        return int(self.claim.pk)

    @property
    def weighed(self) -> tuple[int, int, int]:
        """How many documents support, refute and discuss the claim."""
        supports, refutes, discusses = (
            self.stances.get(each, 0) for each in (Stance.SUPPORTS, Stance.REFUTES, Stance.DISCUSSES)
        )
        return supports, refutes, discusses

    @property
    def owner(self) -> User | None:
        """Who is responsible for the claim."""
        return self.plan.owner if self.plan else None

    @property
    def due_on(self) -> date | None:
        """The day on which it is due."""
        return self.plan.due_on if self.plan else None

    @property
    def is_late(self) -> bool:
        """Whether the day on which it is due is over, and the work is not."""
        return self.due_on is not None and self.due_on < self.today and self.claim.status not in CLOSED

    @property
    def is_due_today(self) -> bool:
        """Whether it is due today."""
        return self.due_on == self.today and self.claim.status not in CLOSED

    @property
    def is_urgent(self) -> bool:
        """Whether its priority is high."""
        return self.plan is not None and self.plan.priority == Priority.HIGH

    @property
    def priority(self) -> str:
        """How urgent it is, in a word; nothing for what is as urgent as most."""
        is_normal = self.plan is None or self.plan.priority == Priority.NORMAL
        return "" if self.plan is None or is_normal else str(Priority(self.plan.priority).label)


def rows_of(claims: Iterable[Claim], columns: Collection[str]) -> list[BoardRow]:
    """Return claims with what these columns show: one query for each kind of column, however many claims there are."""
    rows = {claim.pk: BoardRow(claim, today=timezone.localdate()) for claim in claims}
    if rows:
        for needs, fill in FILLED.items():
            if needs & set(columns):
                fill(rows)
    return list(rows.values())


def _fill_plans(rows: dict[int, BoardRow]) -> None:
    for plan in ClaimPlan.objects.standing().filter(claim__in=rows).select_related("owner").order_by():
        rows[plan.claim_id].plan = plan


def _fill_verdicts(rows: dict[int, BoardRow]) -> None:
    for decision in Decision.objects.filter(claim__in=rows, round=F("claim__round")).order_by():
        rows[decision.claim_id].verdict = decision


def _fill_stances(rows: dict[int, BoardRow]) -> None:
    """Count the documents whose passages people confirmed, as the page of the claim does."""
    confirmed = Evidence.objects.filter(claim__in=rows, standing=AssertionStatus.CONFIRMED).order_by("pk")
    outlines: dict[int, list[tuple[str, str, int, str]]] = defaultdict(list)
    for claim, *piece in confirmed.values_list("claim", *claim_queries.OUTLINE):
        outlines[claim].append(tuple(piece))
    for claim, outline in outlines.items():
        rows[claim].stances = {stance: number for stance, _label, number in workspace.counted(outline)}


def _fill_reviewers(rows: dict[int, BoardRow]) -> None:
    in_round = Review.objects.filter(claim__in=rows, round=F("claim__round")).order_by()
    done = set(in_round.values_list("claim", "reviewer"))
    invitations = ReviewInvitation.objects.standing().filter(claim__in=rows).select_related("person").order_by("pk")
    for asked in invitations:
        reviewer = AskedReviewer(asked.person, (asked.claim_id, asked.person_id) in done)
        rows[asked.claim_id].reviewers.append(reviewer)


def _fill_tags(rows: dict[int, BoardRow]) -> None:
    names: dict[int, list[str]] = defaultdict(list)
    for claim, name in (
        ClaimTag.objects.standing().filter(claim__in=rows).order_by("folded").values_list("claim", "name")
    ):
        names[claim].append(name)
    for claim, found in names.items():
        rows[claim].tags = found


FILLED: dict[frozenset[str], Any] = {
    frozenset({"owner", "due", "priority"}): _fill_plans,
    frozenset({"verdict"}): _fill_verdicts,
    frozenset({"evidence"}): _fill_stances,
    frozenset({"reviewers"}): _fill_reviewers,
    frozenset({"tags"}): _fill_tags,
}


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that were asked for, in the order of the table; the usual ones where none was."""
    return tuple(name for name in COLUMNS if name in names) or DEFAULT
