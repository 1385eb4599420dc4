"""How many suggestions wait for claims: counted where the suggestions of a claim have changed, and kept for the others.

To count them means to look up passage, text, capture and document of each, because a passage of an article counts once
wherever it was published. Whether they have changed is told by their keys alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from time import monotonic
from typing import Any

from django.db.models import BigIntegerField, Count, F, Func, QuerySet, Sum, Value

from claims.models import Evidence
from claims.models.claim import ARTICLE_OF_EVIDENCE
from claims.models.vocabulary import AssertionStatus
from workbench.desk.compiled_queries import CompiledQuery, listed, one_of

# Seconds for which a number stands while the suggestions stay: so long it may take until the board knows that two
# documents are one article, or that a page is no coverage.
KEPT = 30.0
MOST_KEPT = 10_000  # claims

Mark = tuple[int, int, int]  # a claim, the number of its suggestions, and the sum of their keys
kept_counts: dict[Mark, tuple[float, int]] = {}  # when each was counted, and the number


def of_claims(claims: Collection[int]) -> dict[int, int]:
    """Return how many suggestions wait for each of these claims, as ``EvidenceQuerySet.suggested`` chooses them.

    A claim to which nothing was suggested is left out.
    """
    now = monotonic()
    marks: dict[int, Mark] = {mark[0]: mark for mark in _marks(listed(claims))}
    kept = {claim: kept_counts[mark] for claim, mark in marks.items() if mark in kept_counts}
    known = {claim: number for claim, (then, number) in kept.items() if now - then < KEPT}
    if stale := marks.keys() - known.keys():
        if len(kept_counts) > MOST_KEPT:
            kept_counts.clear()
        counted = _counted(stale)
        kept_counts.update((marks[claim], (now, number)) for claim, number in counted.items())
        known |= counted
    return known


def _counted(claims: Collection[int]) -> dict[int, int]:
    """Count passages of articles that wait, each once; where people weighed one, the others wait no more."""
    waiting, weighed = set(), set()
    for *piece, standing, is_left_out in _pieces(listed(claims)):
        if standing != AssertionStatus.SUGGESTED:
            weighed.add(tuple(piece))
        elif not is_left_out:
            waiting.add(tuple(piece))
    numbers = Counter(claim for claim, _article, _words in waiting - weighed)
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
    found: QuerySet[Any] = rows.values_list(
        "claim", ARTICLE_OF_EVIDENCE, words, "standing", "passage__reading__is_left_out"
    )
    return found
