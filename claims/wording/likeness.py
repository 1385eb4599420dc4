"""Say how alike a claim and a passage are, in one language or across two, and show why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.wording.queries import STOPWORDS
from sources.language import numerals
from sources.language.folding import fold

MATCHER = "likeness@1"
SUGGEST = 0.5  # from here on a passage is worth a person's look

# Calibrated on 320 translated news sentences in ar, en, fr, tr (ten pairs of languages, 20 documents), compared within
# pools of 50 and of 320, and on the sample press with three wordings of its claim. At SUGGEST: 99 % of translations,
# 12 to 15 % of the other sentences of the same report, 0.2 to 0.5 % of those of other reports.
FROM = 0.022  # by how much a cosine must stand out, or words make up for it
WIDTH = 0.03  # what stands out by this much more is suggested with 0.73; wide enough that the best differ in score
WORTH = 0.12  # what sharing every word, number and name is worth in cosine
OF_GRAMS, OF_NUMBERS, OF_NAMES = 5 / 12, 3 / 12, 4 / 12  # parts of that

# Cosines of this family of models live between .7 and .95, and their level hangs on both languages and on the claim.
NEAREST = 20  # passages of a language, whose median tells that level; not all, or a large archive would lower it
USUAL, LOWEST, HIGHEST = 0.81, 0.785, 0.83  # the level where few passages tell it, and its bounds
FEW = 10

GRAM = 4  # characters; finds "alep" in "halep" and "aleppo", and a stem under its endings
SHORTEST_NAME = 3  # consonants; two are shared by chance
WORD = re.compile(rf"\d+(?:[.,]\d+)*|{numerals.WORD}")
GROUPING = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")

# Letters that one name has in one language and another in the next, and the Arabic letters for them.
SOUNDS = str.maketrans(
    {
        **dict.fromkeys("aeiouyhw'", ""), **dict.fromkeys("اويهعحءئؤ", ""),
        "p": "b", "v": "f", "c": "k", "q": "k", "x": "k", "j": "g", "z": "s",
        "ب": "b", "ت": "t", "ث": "t", "ج": "g", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "s", "س": "s", "ش": "s",
        "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n",
        "گ": "g", "پ": "b", "چ": "s", "ژ": "g",
    }
)  # fmt: skip
TWICE = re.compile(r"(.)\1+")
ARTICLE = re.compile(r"^[وفبلك]?(?:ال|لل)(?=[\u0600-\u06ff]{3})")
PARTICLES = "فبلك"  # written together with the next word: in, to, like; or the first letter of a name

Vectors = NDArray[np.float32]
Scores = NDArray[np.float64]


class Said(NamedTuple):
    """Words to compare, and the ISO 639 code of their language."""

    text: str
    language: str


@dataclass(frozen=True)
class Shared:
    """What a claim and a passage have in common, in the passage's words: shown to the person who judges."""

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marks:
    """What of a text can be found again in another, each with the word as written: numbers, names by sound, words."""

    numbers: dict[str, str]
    names: dict[str, str]
    words: dict[str, str]
    grams: frozenset[str]


def score(
    wordings: Sequence[Said], vectors: Vectors | None, passages: Sequence[Said], matrix: Vectors | None
) -> Scores:
    """Return for each passage how alike it is to the wording of a claim that it is most like, in 0..1.

    ``vectors`` has shape (wordings, d), ``matrix`` (passages, d), both of rows of length one; without them (None) only
    words count. Suggest a passage from ``SUGGEST`` on. The score depends on the other passages: see ``stand_out``.
    """
    if not wordings or not passages:
        return np.zeros(len(passages))
    languages = [passage.language for passage in passages]
    found = np.zeros((len(wordings), len(passages)))
    for row, wording in enumerate(wordings):
        ours = marks(*wording)
        shared = np.array([lexical(ours, marks(*passage)) for passage in passages])
        excess = np.zeros(len(passages))
        if vectors is not None and matrix is not None:
            excess = stand_out(likeness(vectors[row], matrix), languages)
        found[row] = combine(excess, shared)
    return np.asarray(found.max(axis=0), dtype=np.float64)


def likeness(claim: Vectors, passages: Vectors) -> Vectors:
    """Return the cosine of a claim's vector, shape (d,), with each passage's, shape (n, d): shape (n,)."""
    return np.asarray(passages @ claim, dtype=np.float32)


def stand_out(cosines: Vectors, languages: Sequence[str]) -> Scores:
    """Return by how much each cosine stands above those of the nearest passages in its own language.

    A claim is always closer to passages in its own language; compared within each, all have the same chance.
    """
    excess = np.asarray(cosines, dtype=np.float64).copy()
    of = np.array(languages)
    for language in set(languages):
        excess[of == language] -= _level(excess[of == language])
    return excess


def combine(excess: Scores, shared: Scores) -> Scores:
    """Return one score in 0..1 from how far cosines stand out and which share of the claim's words is there."""
    logit = (excess + WORTH * shared - FROM) / WIDTH
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -50, 50))), dtype=np.float64)


def lexical(claim: Marks, passage: Marks) -> float:
    """Return in 0..1 how much of a claim's character runs, numbers and names a passage has too.

    One number or name alone proves little, so those shares are taken of one more than the claim has.
    """
    runs = len(claim.grams & passage.grams) / max(1, len(claim.grams))
    numbers = _common(claim.numbers, passage.numbers)
    names = _common(claim.names, passage.names)
    return OF_GRAMS * runs + OF_NUMBERS * numbers + OF_NAMES * names


def why(claim: Said, passage: Said) -> Shared:
    """Return the numbers, names and words of a passage that the claim has too; names are known across scripts."""
    ours, theirs = marks(*claim), marks(*passage)
    names = list(dict.fromkeys(word for sound, word in theirs.names.items() if sound in ours.names))
    stems = {_stem(form) for form in ours.words}
    words = [word for form, word in theirs.words.items() if _stem(form) in stems and word not in names]
    numbers = [word for number, word in theirs.numbers.items() if number in ours.numbers]
    return Shared(tuple(numbers), tuple(names), tuple(words))


@lru_cache(maxsize=8192)
def marks(text: str, language: str) -> Marks:
    """Return what of a text can be found again in another."""
    folded = [(word, fold(word, language)) for word in WORD.findall(GROUPING.sub("", text))]
    telling = [
        (word, form) for word, form in folded if len(form) > 1 and form not in STOPWORDS and not word[0].isdigit()
    ]
    names = {sound: word for word, form in telling if not word[0].islower() for sound in _ways(form)}
    return Marks(
        numbers={form: word for word, form in folded if word[0].isdigit()},
        names={sound: word for sound, word in names.items() if len(sound) >= SHORTEST_NAME},
        words={form: word for word, form in telling},
        grams=frozenset(gram for _word, form in telling for gram in _grams(form)),
    )


def sounds(word: str) -> str:
    """Return the consonants of a folded name, merged where languages disagree: Trump and ترامب become "trmb"."""
    return TWICE.sub(r"\1", ARTICLE.sub("", word).translate(SOUNDS))


def _level(cosines: Scores) -> float:
    """Return the cosine of an ordinary passage near a claim, drawn to the usual one where there are few."""
    nearest = np.sort(cosines)[-NEAREST:]
    level = (len(nearest) * float(np.median(nearest)) + FEW * USUAL) / (len(nearest) + FEW)
    return min(max(level, LOWEST), HIGHEST)


def _common(ours: dict[str, str], theirs: dict[str, str]) -> float:
    """Return which share of our words theirs have too; a word may be known under two forms."""
    shared = {ours[form] for form in ours.keys() & theirs.keys()}
    return len(shared) / (len(set(ours.values())) + 1)


def _ways(form: str) -> set[str]:
    """Return how a folded name may sound, with its first letter and without it where that may be a particle."""
    return {sounds(form), sounds(form[1:])} if form[0] in PARTICLES and len(form) > GRAM else {sounds(form)}


def _grams(word: str) -> set[str]:
    return {word[at : at + GRAM] for at in range(max(1, len(word) - GRAM + 1))}


def _stem(form: str) -> str:
    return form[: max(GRAM, len(form) * 2 // 3)]
