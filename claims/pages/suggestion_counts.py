"""How many suggestions wait for claims: counted where the suggestions of a claim have changed, and kept for the others.

To count them means to look up passage, text, capture and document of each, because a passage of an article counts once
wherever it was published. The keys of the suggestions show whether any was added, or settled by a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db.models import BigIntegerField, Count, F, Func, QuerySet, Sum, Value

from claims.models import Evidence
from claims.models.claim import ARTICLE_OF_EVIDENCE, DOCUMENT
from claims.models.vocabulary import AssertionStatus
from workbench.desk import hidden_rows
from workbench.desk.compiled_queries import CompiledQuery, listed, one_of

# Seconds for which a number stands while the suggestions stay: so long it may take until the board knows that two
# documents are one article, or that a page is no coverage.
KEPT = 30.0
MOST_KEPT = 10_000  # claims

# A claim, the number of its suggestions, the sum of their keys, and what is hidden from the reader.
Mark = tuple[int, int, int, hidden_rows.Fixed]
kept_counts: dict[Mark, tuple[float, int]] = {}  # when each was counted, and the number


@dataclass(frozen=True)
class _Piece:
    """A piece of evidence among those that have the same words, of documents of one article."""

    key: int
    document: int
    standing: str
    is_left_out: bool

    def waits(self, same: Iterable[_Piece]) -> bool:
        """Say whether this waits for a person: no other document of the article said so before, or was weighed."""
        others = (each for each in same if each.document != self.document)
        is_open = self.standing == AssertionStatus.SUGGESTED and not self.is_left_out
        return is_open and all(each.standing == AssertionStatus.SUGGESTED and each.key > self.key for each in others)


def of_claims(claims: str) -> dict[int, int]:
    """Return how many suggestions wait for each of these claims, as ``EvidenceQuerySet.suggested`` chooses them.

    ``claims`` is a text of keys (see ``listed``). A claim to which nothing was suggested is left out.
    """
    now, hides = monotonic(), hidden_rows.fingerprint()
    marks: dict[int, Mark] = {claim: (claim, number, keys, hides) for claim, number, keys in _marks(claims)}
    kept = {claim: kept_counts.get(mark, (now - KEPT, 0)) for claim, mark in marks.items()}
    known = {claim: number for claim, (then, number) in kept.items() if now - then < KEPT}
    if stale := marks.keys() - known.keys():
        if len(kept_counts) > MOST_KEPT:
            kept_counts.clear()
        counted = _counted(stale)
        kept_counts.update((marks[claim], (now, number)) for claim, number in counted.items())
        known |= counted
    return known


def _counted(claims: Collection[int]) -> dict[int, int]:
    same: dict[tuple[int, int, int], list[_Piece]] = defaultdict(list)
    for claim, article, words, *piece in _pieces(listed(claims)):
        same[claim, article, words].append(_Piece(*piece))
    numbers = Counter(place[0] for place, pieces in same.items() for piece in pieces if piece.waits(pieces))
    return {claim: numbers[claim] for claim in claims}


@CompiledQuery
def _marks(claims: str) -> QuerySet[Any]:
    rows = Evidence.objects.filter(one_of("claim", claims), standing=AssertionStatus.SUGGESTED).order_by()
    marked: QuerySet[Any] = rows.values("claim").annotate(number=Count("pk"), keys=Sum("pk"))
    return marked.values_list("claim", "number", "keys")


@CompiledQuery
def _pieces(claims: str) -> QuerySet[Any]:
    """The evidence of some claims: by ``EvidenceQuerySet.once``, the planner would read all documents."""
    rows = Evidence.objects.filter(one_of("claim", claims)).order_by()
    words = Func(F("passage__folded"), Value(0), function="hashtextextended", output_field=BigIntegerField())
    same = ("claim", ARTICLE_OF_EVIDENCE, words)
    found: QuerySet[Any] = rows.values_list(*same, "pk", DOCUMENT, "standing", "passage__reading__is_left_out")
    return found
