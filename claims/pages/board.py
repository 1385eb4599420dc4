"""The board: the desk’s table of claims, with the columns that a person chose, loaded in a constant number of queries.

No column, order, filter or number here tells what a reviewer found before a verdict: there are only things that
everybody who sees the claim may read on its page and in its history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, ClaimPlan, ClaimTag, Decision, Evidence, Review, ReviewInvitation
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import CLOSED, AssertionStatus, Stance
from claims.pages import claim_queries, suggestion_counts, workspace
from workbench.desk.compiled_queries import CompiledQuery, listed, one_of
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
    suggestions: int = 0
    confirmed: int = 0
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
    keys = listed(rows)
    for needs, fill in FILLED.items() if rows else ():
        if needs & set(columns):
            fill(rows, keys)
    return list(rows.values())


def _fill_plans(rows: dict[int, BoardRow], keys: str) -> None:
    for plan in _plans(keys):
        rows[plan.claim_id].plan = plan


def _fill_verdicts(rows: dict[int, BoardRow], keys: str) -> None:
    for decision in _verdicts(keys):
        rows[decision.claim_id].verdict = decision


def _fill_stances(rows: dict[int, BoardRow], keys: str) -> None:
    """Count the documents whose passages people confirmed, as the page of the claim does, and these passages."""
    outlines: dict[int, list[tuple[str, str, int, str]]] = defaultdict(list)
    for claim, *piece in _confirmed(keys):
        outlines[claim].append(tuple(piece))
    for claim, outline in outlines.items():
        rows[claim].stances = {stance: number for stance, _label, number in workspace.counted(outline)}
        rows[claim].confirmed = len({(article, words) for _standing, _stance, article, words in outline})


def _fill_suggestions(rows: dict[int, BoardRow], keys: str) -> None:
    for claim, number in suggestion_counts.of_claims(keys).items():
        rows[claim].suggestions = number


def _fill_reviewers(rows: dict[int, BoardRow], keys: str) -> None:
    for asked in _invitations(keys):
        rows[asked.claim_id].reviewers.append(AskedReviewer(asked.person, asked.is_done))


def _fill_tags(rows: dict[int, BoardRow], keys: str) -> None:
    for claim, name in _tag_names(keys):
        rows[claim].tags.append(name)


FILLED: dict[frozenset[str], Callable[[dict[int, BoardRow], str], None]] = {
    frozenset({"owner", "due", "priority"}): _fill_plans,
    frozenset({"verdict"}): _fill_verdicts,
    frozenset({"evidence"}): _fill_stances,
    frozenset({"left"}): _fill_suggestions,
    frozenset({"reviewers"}): _fill_reviewers,
    frozenset({"tags"}): _fill_tags,
}


@CompiledQuery
def _plans(claims: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = ClaimPlan.objects.standing()
    return rows.filter(one_of("claim", claims)).select_related("owner").defer("owner__word_index").order_by()


@CompiledQuery
def _verdicts(claims: str) -> QuerySet[Any]:
    return Decision.objects.filter(one_of("claim", claims), round=F("claim__round")).order_by()


@CompiledQuery
def _confirmed(claims: str) -> QuerySet[Any]:
    rows = Evidence.objects.filter(one_of("claim", claims), standing=AssertionStatus.CONFIRMED).order_by("pk")
    return rows.values_list("claim", *claim_queries.OUTLINE)


@CompiledQuery
def _invitations(claims: str) -> QuerySet[Any]:
    handed_in = Review.objects.filter(
        claim=OuterRef("claim"), reviewer=OuterRef("person"), round=OuterRef("claim__round")
    )
    rows: Any = ReviewInvitation.objects.standing().filter(one_of("claim", claims)).order_by("pk")
    named = rows.select_related("person").defer("person__word_index")
    found: QuerySet[Any] = named.annotate(is_done=Exists(handed_in))
    return found


@CompiledQuery
def _tag_names(claims: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = ClaimTag.objects.standing().filter(one_of("claim", claims))
    return rows.order_by("folded").values_list("claim", "name")


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that were asked for, in the order of the table; the usual ones where none was."""
    return tuple(name for name in COLUMNS if name in names) or DEFAULT
