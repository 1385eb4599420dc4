"""Index open claims in memory: tell which a new reading may bear on, by vectors, numbers, names and n-grams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max, Sum
from numpy.typing import NDArray

from claims.models import ClaimVector
from sources.language import similarity
from sources.language.similarity import OF_GRAMS, OF_NAMES, OF_NUMBERS, Features, Levels, Worded
from sources.models.vector import Vector

LOOK_INTO = 0.30  # a reading with this score as a whole is looked into, passage by passage
MOST_CLAIMS = 50  # that one reading is compared with, the nearest first
PARTS = (("grams", OF_GRAMS, 0), ("numbers", OF_NUMBERS, 1), ("names", OF_NAMES, 1))


@dataclass(frozen=True)
class OpenWording:
    """One wording of an open claim, and what belongs to it."""

    claim: int
    worded: Worded
    levels: Levels


class ClaimIndex:
    """The wordings of all open claims: their vectors in one matrix, their words in inverted lists."""

    def __init__(self, rows: Iterable[ClaimVector]) -> None:
        kept = list(rows)
        self.keys = [row.pk for row in kept]
        self.wordings = [OpenWording(row.claim_id, Worded(row.text, row.language), dict(row.levels)) for row in kept]
        self.places: dict[int, list[int]] = defaultdict(list)  # of the wordings of each claim, by its key
        for place, wording in enumerate(self.wordings):
            self.places[wording.claim].append(place)
        self.matrix = _matrix([row.vector for row in kept])
        self._lists: dict[str, dict[str, NDArray[np.intp]]] = {}
        self._sizes: dict[str, NDArray[np.float64]] = {}
        features = [similarity.features(*wording.worded) for wording in self.wordings]
        for name, _weight, more in PARTS:
            self._lists[name] = _inverted([getattr(each, name) for each in features])
            self._sizes[name] = np.array([_size(getattr(each, name)) + more for each in features], dtype=np.float64)

    def __len__(self) -> int:
        return len(self.wordings)

    def relevel(self, levels: Mapping[int, Levels]) -> None:
        """Take other levels of ordinary cosines, by the keys of the wordings."""
        for key, wording in zip(self.keys, self.wordings, strict=True):
            wording.levels.update(levels.get(key, {}))

    def promising(self, vectors: Sequence[Vector], group: str, passages: Sequence[Features]) -> list[int]:
        """Return the keys of the claims that a reading may bear on, the nearest first: few, or none.

        ``vectors`` are those of the reading as a whole and of those of its passages that have one, ``group`` that of
        its language.
        """
        if not self.wordings:
            return []
        shared = np.zeros(len(self))
        for passage in passages:
            shared = np.maximum(shared, self._shared(passage))
        scores = similarity.combine(self._excess(vectors, group), shared)
        order = np.argsort(-scores, kind="stable")
        near = [self.wordings[place].claim for place in order if scores[place] >= LOOK_INTO]
        return list(dict.fromkeys(near))[:MOST_CLAIMS]

    def _excess(self, vectors: Sequence[Vector], group: str) -> NDArray[np.float64]:
        if not vectors or self.matrix is None:
            return np.full(len(self), -similarity.WIDTH)
        levels = np.array([wording.levels.get(group, similarity.USUAL) for wording in self.wordings])
        nearest = (self.matrix @ np.stack(vectors).T).max(axis=1)
        return np.asarray(nearest - levels, dtype=np.float64)

    def _shared(self, passage: Features) -> NDArray[np.float64]:
        """Return the share of each claim's n-grams, numbers and names that a passage has (``similarity.lexical``)."""
        total = np.zeros(len(self))
        for name, weight, _more in PARTS:
            lists = self._lists[name]
            found = [lists[form] for form in getattr(passage, name) if form in lists]
            if found:
                counted = np.bincount(np.concatenate(found), minlength=len(self))
                total += weight * np.minimum(1, counted / np.maximum(1, self._sizes[name]))
        return total


_last: tuple[tuple[object, ...], ClaimIndex] | None = None


def of_open_claims(model: str) -> ClaimIndex:
    """Return the index of open claims; the one that this process made last, if nothing has changed since."""
    global _last  # noqa: PLW0603 -- making it takes a second where a thousand claims are open
    rows = ClaimVector.objects.of_open_claims(model)
    state = rows.aggregate(number=Count("pk"), newest=Max("pk"), all=Sum("pk"), claims=Sum("claim"))
    key = (model, *state.values())  # one claim may close as another is opened again
    if _last is None or _last[0] != key:
        _last = (key, ClaimIndex(rows.order_by("pk")))
    else:
        _last[1].relevel(dict(rows.values_list("pk", "levels")))
    return _last[1]


def _inverted(sets: Sequence[Iterable[str]]) -> dict[str, NDArray[np.intp]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, forms in enumerate(sets):
        for form in forms:
            places[form].append(place)
    return {form: np.array(found, dtype=np.intp) for form, found in places.items()}


def _size(forms: frozenset[str] | dict[str, str]) -> int:
    return len(set(forms.values())) if isinstance(forms, dict) else len(forms)


def _matrix(vectors: Sequence[object]) -> NDArray[np.float32] | None:
    """Return the vectors as one matrix, with zeros where a wording has none; None where no wording has one."""
    known = [vector for vector in vectors if vector is not None]
    if not known:
        return None
    blank = np.zeros(len(np.asarray(known[0])), dtype=np.float32)
    return np.stack([blank if vector is None else np.asarray(vector, dtype=np.float32) for vector in vectors])
