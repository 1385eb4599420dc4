"""Full-text search of passages: the rarest words find candidates, and BM25 ranks them; no search reads the table."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import add
from typing import Any

from django.db import connection, models
from django.db.models import F, FloatField, Func, IntegerField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from sources.language.folding import fold

# Languages for which PostgreSQL has a stemmer; all others are searched without stemming.
STEMMED = {"ar": "arabic", "en": "english", "fr": "french", "tr": "turkish"}

MOST_WORDS = 40  # of one search; the rarest count
COMMON = 2_000  # a word that more passages have is common: it ranks passages, and finds none beside rarer words
SURELY = 2  # times as many by the planner's estimate, and we need not count
MOST_FOUND = 4_000  # passages that are ranked in one search, about; of those with common words alone, the newest
ENOUGH = 200  # passages with rare words; where there are fewer, those with two common words are ranked too
FEWEST_COMMON = 4  # of the common words, the rarest are paired

# BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework). A passage has a few dozen words, and hardly
# any of them twice: we count whether a word is there, not how often.
K1, B = 1.2, 0.75
USUAL_LENGTH = 25  # different words of a passage


@dataclass(frozen=True)
class Term:
    """A word of a search: the ``tsquery`` that finds it, and how many passages have it, about."""

    query: str
    passages: int

    def weight(self, among: int) -> float:
        """Return the inverse document frequency of the word among so many passages."""
        return math.log(1 + (max(among, self.passages) - self.passages + 0.5) / (self.passages + 0.5))


def terms_of(words: str, language: str, table: str) -> list[Term]:
    """Return the words of a search that some passage has, the rarest first.

    By the stemmer of a language or, without one, by all stemmers.
    """
    configs = [STEMMED.get(language, "simple")] if language else ["simple", *STEMMED.values()]
    queries = _queries(list(dict.fromkeys(fold(words.replace("\0", " "), language).split())), configs)
    counted = zip(queries, _numbers(queries, table), strict=True)
    held = [Term(query, passages) for query, passages in counted if passages]
    return sorted(held, key=lambda term: term.passages)[:MOST_WORDS]


def finding(terms: Sequence[Term]) -> tuple[str, str]:
    """Return the ``tsquery`` of the rare words, any of them, and that of two common ones together; empty where none.

    A passage with one common word alone is found only where the search has no other word.
    """
    rare: list[str] = []
    found = 0
    for term in terms:
        if term.passages >= COMMON or found + term.passages > MOST_FOUND:
            break
        rare.append(term.query)
        found += term.passages
    common = [term.query for term in terms[len(rare) :]][:FEWEST_COMMON]
    pairs = [f"({one} & {other})" for one, other in combinations(common, 2)]
    if found >= ENOUGH:
        pairs = []
    elif rare:
        pairs = pairs[:1]
    return " | ".join(rare), " | ".join(pairs or ([] if rare else common))


def matches(query: str) -> Any:
    """Return the condition that a passage matches a ``tsquery``."""
    how = {"template": "(%(expressions)s::tsquery)", "arg_joiner": " @@ "}
    return Func(F("stems"), Value(query), output_field=models.BooleanField(), **how)


def rank(terms: Sequence[Term], among: int) -> Any:
    """Return the expression for the rank of a passage: its BM25, by the words that it has."""
    if not terms:
        return Value(0.0, FloatField())
    held: Iterable[Combinable] = (
        Value(term.weight(among)) * Cast(matches(term.query), IntegerField()) for term in terms
    )
    length = Func(F("stems"), function="length", output_field=IntegerField())
    longer = Value(1 + K1 * (1 - B)) + Value(K1 * B / USUAL_LENGTH) * length
    return models.ExpressionWrapper(reduce(add, held) * Value(K1 + 1) / longer, output_field=FloatField())


def size_of(table: str) -> int:
    """Return how many rows a table has, as the planner estimates it; 0 where it has not looked yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        return int(cursor.fetchone()[0])


def _queries(words: list[str], configs: list[str]) -> list[str]:
    """Return one ``tsquery`` for each word that some stemmer takes for more than a stop word."""
    pairs = [(number, config, word) for number, word in enumerate(words) for config in configs]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, plainto_tsquery(config::regconfig, word)::text"
            " FROM unnest(%s::int[], %s::text[], %s::text[]) AS given (number, config, word)",
            [list(column) for column in zip(*pairs, strict=True)] or [[], [], []],
        )
        forms: dict[int, dict[str, None]] = {}
        for number, query in cursor.fetchall():
            if query:
                forms.setdefault(number, {})[f"({query})"] = None
    return list(dict.fromkeys(f"({' | '.join(forms[number])})" for number in sorted(forms)))


def _numbers(queries: list[str], table: str) -> list[int]:
    """Return how many passages have each word: counted up to ``COMMON``, beyond that as the planner estimates it.

    What the planner knows to be common is not counted: the index would first collect all passages that have it.
    """
    if not queries:
        return []
    name = connection.ops.quote_name(table)
    having = f"FROM {name} WHERE stems @@ %s::tsquery"
    known = _estimates(queries, f"(SELECT 1 {having})")
    counted = [place for place, passages in enumerate(known) if passages < SURELY * COMMON]
    if counted:
        one = f"(SELECT count(*) FROM (SELECT {having} LIMIT {COMMON}) AS capped)"  # noqa: S608 -- names of ours
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join([one] * len(counted))}", [queries[place] for place in counted])
            for place, passages in zip(counted, cursor.fetchone(), strict=True):
                known[place] = max(passages, known[place]) if passages >= COMMON else passages
    return known


def _estimates(queries: list[str], one: str) -> list[int]:
    """Return how many passages have each word, as the planner estimates it."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT {', '.join([one] * len(queries))}", queries)
        plan = cursor.fetchone()[0]
    steps = json.loads(plan) if isinstance(plan, str) else plan
    return [int(step["Plan Rows"]) for step in steps[0]["Plan"]["Plans"]]
