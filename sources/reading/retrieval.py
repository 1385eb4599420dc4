"""Hybrid retrieval: find passages that may bear on a text, by full text, vectors and n-grams, in any language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sources.language import fusion, similarity
from sources.language.similarity import Levels, Worded
from sources.models import Passage, PassageVector, Reading, ReadingVector
from sources.models.vector import Vector, group_of
from sources.reading import copies, embedding, vector_index
from sources.reading.vector_index import Near

MOST_BY_WORDS = 100  # passages that each wording finds by its words
MOST_BY_NAMES = 40  # passages that it finds by its names and numbers, in all languages
DEEPER = 5  # times as many are looked through by words, as some may be copies of others
MOST_BY_MEANING = 50  # passages, in each group of languages
MOST_READINGS = 20  # readings, in each group of languages
PROMISING = 0.0  # a reading nearer than the usual passage by this is looked into
MOST_OPENED = 8  # readings looked into, in each group of languages, for each wording
MOST_PER_READING = 60  # passages of a reading that is looked into
MOST_LOOKED_INTO = 60  # readings in all
MOST = 600  # passages in all


@dataclass(frozen=True)
class Query:
    """A wording to find passages for, and its vector; None where no model runs."""

    wording: Worded
    vector: Vector | None


@dataclass
class Pool:
    """What retrieval found: passages, the most promising first, and the level of ordinary cosines by language."""

    passages: list[Passage] = field(default_factory=list)
    promise: list[float] = field(default_factory=list)  # the fused score of each passage
    levels: list[Levels] = field(default_factory=list)  # one for each question
    vectors: dict[int, Vector | None] = field(default_factory=dict)  # of passages, by key; some still lack one

    def lacking(self, most: int) -> list[Passage]:
        """Return the passages among so many of the most promising that have no vector yet."""
        return [row for row in self.passages[:most] if row.pk not in self.vectors]

    def embed(self, model: str, seconds: float, *, most: int) -> list[tuple[Passage, Vector | None, str]]:
        """Make vectors that are lacking, for about so many seconds, and return them for the caller to keep.

        Raises as ``embedding.of_passages`` does.
        """
        lacking = self.lacking(most)
        made = embedding.of_passages([row.exact for row in lacking], model, seconds)
        new = [(row, *each) for row, each in zip(lacking, made, strict=False)]
        self.vectors |= {row.pk: vector for row, vector, _reason in new}
        return new


@dataclass
class _Found:
    """What the searches for one question gave: scores of passages, and of whole readings, by their keys."""

    words: dict[int, float]
    meaning: dict[int, float]
    readings: dict[int, float]
    levels: Levels


def retrieve(questions: Sequence[Query], model: str, *, without: Sequence[int] = ()) -> Pool:
    """Return the passages that may bear on a text, in all its wordings, except those of some documents.

    Each search finds its best passages; their scores are fused (``sources.language.fusion``). Vectors are not made
    here: passages of readings that look promising as a whole come along without, for ``Pool.embed``. Each text is taken
    once before any twice.
    """
    found = [_search(question, model, without) for question in questions]
    rows = _rows(found)
    vectors = dict(PassageVector.objects.by_owner(model, [row.pk for row in rows])) if model else {}
    promise = _promise(questions, found, rows, vectors)
    order = np.argsort(-promise, kind="stable")[:MOST]
    return Pool(
        [rows[place] for place in order],
        [float(promise[place]) for place in order],
        [each.levels for each in found],
        vectors,
    )


def levels_near(vector: Vector, model: str) -> Levels:
    """Return the cosine of ordinary passages near a vector, in each group of languages."""
    near = vector_index.nearest(PassageVector, model, vector, MOST_BY_MEANING)
    return {group: _level(found) for group, found in near.items()}


def _level(near: Near) -> float:
    """Return the level of ordinary cosines; copies count once, else what many outlets repeat would seem ordinary."""
    return similarity.level(np.array(list(set(vector_index.cosines(near)))))


def _search(question: Query, model: str, without: Sequence[int]) -> _Found:
    wording, vector = question.wording, question.vector
    names = " ".join(similarity.names_and_numbers(wording))
    words = _ranked(wording.text, wording.language, MOST_BY_WORDS)
    named = _ranked(names, "", MOST_BY_NAMES) if names else []
    near = vector_index.nearest(PassageVector, model, vector, MOST_BY_MEANING) if vector is not None and model else {}
    levels = {group: _level(each) for group, each in near.items()}
    keys = {key for found in (words, named, *near.values()) for key, _score in found}
    texts = Passage.objects.texts(keys, without=without)
    return _Found(
        words=dict([*copies.in_turn(named, texts, MOST_BY_NAMES), *copies.in_turn(words, texts, MOST_BY_WORDS)]),
        meaning={key: at for each in near.values() for key, at in copies.in_turn(each, texts, MOST_BY_MEANING)},
        readings=_promising(vector, model, levels, without),
        levels=levels,
    )


def _ranked(words: str, language: str, most: int) -> copies.Found:
    return list(Passage.objects.best(words, language, DEEPER * most).items())


def _promising(vector: Vector | None, model: str, levels: Levels, without: Sequence[int]) -> dict[int, float]:
    """Return readings that are near as a whole, of copies of one article the first before any second."""
    if vector is None or not levels:
        return {}
    near = vector_index.nearest(ReadingVector, model, vector, MOST_READINGS)
    promising = {
        group: [(key, cosine) for key, cosine in found if cosine > levels[group] + PROMISING]
        for group, found in near.items()
    }
    keys = {key for found in promising.values() for key, _cosine in found}
    given = Reading.objects.filter(pk__in=keys, is_left_out=False).exclude(capture__document__in=without)
    may_be_given = set(given.order_by().values_list("pk", flat=True))
    opened: dict[int, float] = {}
    for found in promising.values():
        alike = dict(zip((key for key, _cosine in found), vector_index.cosines(found), strict=True))
        texts = {key: cosine for key, cosine in alike.items() if key in may_be_given}
        opened |= dict(copies.in_turn(found, texts, MOST_OPENED))
    return opened


def _rows(found: Sequence[_Found]) -> list[Passage]:
    """Return the passages that the searches gave, and those of the readings they gave."""
    keys = {key for each in found for key in (*each.words, *each.meaning)}
    nearest = sorted(((cosine, key) for each in found for key, cosine in each.readings.items()), reverse=True)
    opened = list(dict.fromkeys(key for _cosine, key in nearest))[:MOST_LOOKED_INTO]
    first = Passage.objects.filter(reading__in=opened).order_by("reading", "start").values_list("reading", "pk")
    taken: dict[int, int] = {}
    for reading, key in first:
        taken[reading] = taken.get(reading, 0) + 1
        if taken[reading] <= MOST_PER_READING:
            keys.add(key)
    rows = Passage.objects.filter(pk__in=keys)
    return list(rows.select_related("reading__capture").defer("reading__text", "stems").order_by("pk"))


def _promise(
    questions: Sequence[Query],
    found: Sequence[_Found],
    rows: Sequence[Passage],
    vectors: Mapping[int, Vector | None],
) -> NDArray[np.float64]:
    """Return how promising each passage is: its best fused score for any wording."""
    best = np.full(len(rows), -np.inf)
    features = [similarity.features(row.exact, row.language) for row in rows]
    for question, each in zip(questions, found, strict=True):
        ours = similarity.features(*question.wording)
        same = [group_of(row.language) == group_of(question.wording.language) for row in rows]
        searches = {
            "words": _column(rows, each.words),
            "meaning": _cosines(rows, question.vector, vectors, each.readings),
            "grams": np.array([similarity.lexical(ours, theirs) for theirs in features]),
        }
        best = np.maximum(best, fusion.fused(searches, same))
    return best


def _column(rows: Sequence[Passage], scores: Mapping[int, float]) -> NDArray[np.float64]:
    return np.array([scores.get(row.pk, np.nan) for row in rows], dtype=np.float64)


def _cosines(
    rows: Sequence[Passage], vector: Vector | None, vectors: Mapping[int, Vector | None], readings: Mapping[int, float]
) -> NDArray[np.float64]:
    """Return the cosine of each passage, or that of its whole reading where it has no vector yet."""
    if vector is None:
        return np.full(len(rows), np.nan)
    own = [vectors.get(row.pk) for row in rows]
    return np.array(
        [
            readings.get(row.reading_id, np.nan) if its is None else float(its @ vector)
            for row, its in zip(rows, own, strict=True)
        ],
        dtype=np.float64,
    )
