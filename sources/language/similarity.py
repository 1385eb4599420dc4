"""Measure how similar a claim and a passage are, within one language or across two, and show why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sources.language import numerals
from sources.language.folding import fold
from sources.language.languages.registry import either, joined

MATCHER = "similarity@4"
SUGGEST = 0.5  # a passage with this score or more is worth a look

# We calibrated these on 320 translated news sentences in ar, en, fr, tr (ten pairs of languages, 20 documents),
# compared within pools of 50 and of 320, and on the sample press with three wordings of its claim. At SUGGEST we find
# 99 % of translations, 12 to 15 % of the other sentences of the same report, 0.2 to 0.5 % of those of other reports.
FROM = 0.022  # the excess of a cosine that gives a score of 0.5; shared words can replace it
WIDTH = 0.03  # this much more excess gives a score of 0.73; wide enough to tell the best passages apart
WORTH = 0.12  # the cosine that a passage gains if it shares every word, number and name
OF_GRAMS, OF_NUMBERS, OF_NAMES = 5 / 12, 3 / 12, 4 / 12  # parts of that

# Cosines of this family of models lie between .7 and .95. Their level depends on both languages and on the claim.
NEAREST = 20  # passages of a language whose median shows that level; with all, a large archive would lower it
USUAL, LOWEST, HIGHEST = 0.81, 0.785, 0.83  # the level to assume where there are few passages, and its bounds
FEW = 10

GRAM = 4  # characters; finds "alep" in "halep" and "aleppo", and a stem before its endings
SHORTEST_NAME = 3  # consonants; two names often share two by chance
WORD = re.compile(rf"\d+(?:[.,]\d+)*|{numerals.WORD}")
GROUPING = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")

# Letters that languages exchange when they spell the same name, and the Arabic letters for them.
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
# Arabic writes its article and short particles together with the next word.
PARTICLES = joined(lambda language: language.particles)
ARTICLE = re.compile(
    rf"^[{''.join(sorted(PARTICLES | joined(lambda language: language.conjunctions)))}]?"
    rf"{either(lambda language: language.article)}(?=[\u0600-\u06ff]{{3}})"
)
STOP_WORDS = joined(lambda language: language.stop_words)

Vectors = NDArray[np.float32]
Scores = NDArray[np.float64]
Levels = dict[str, float]  # the cosine of an ordinary passage near a claim, by language


class Worded(NamedTuple):
    """A text to compare, and the ISO 639 code of its language."""

    text: str
    language: str


@dataclass(frozen=True)
class Shared:
    """What a claim and a passage have in common, in the words of the passage: the reason for a suggestion."""

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Features:
    """What to look for in another text: numbers, names by their sound, words, each with the word as written."""

    numbers: dict[str, str]
    names: dict[str, str]
    words: dict[str, str]
    grams: frozenset[str]


def score(
    wordings: Sequence[Worded],
    vectors: Vectors | None,
    passages: Sequence[Worded],
    matrix: Vectors | None,
    levels: Sequence[Levels] | None = None,
) -> Scores:
    """Return a score in 0..1 for each passage: its similarity to the closest wording of a claim.

    ``vectors`` has shape (wordings, d), ``matrix`` (passages, d), both with rows of length one. Without them (None)
    only words count. Suggest passages with ``SUGGEST`` or more. Without ``levels`` the score depends on the other
    passages, see ``stand_out``; with them, one mapping for each wording, it does not.
    """
    if not wordings or not passages:
        return np.zeros(len(passages))
    languages = [passage.language for passage in passages]
    found = np.zeros((len(wordings), len(passages)))
    for row, wording in enumerate(wordings):
        ours = features(*wording)
        shared = np.array([lexical(ours, features(*passage)) for passage in passages])
        excess = np.zeros(len(passages))
        if vectors is not None and matrix is not None:
            excess = stand_out(matrix @ vectors[row], languages, levels[row] if levels is not None else None)
        found[row] = combine(excess, shared)
    return np.asarray(found.max(axis=0), dtype=np.float64)


def stand_out(cosines: Vectors, languages: Sequence[str], levels: Levels | None = None) -> Scores:
    """Return the excess of each cosine over the nearest passages in its own language.

    A claim is always closer to passages in its own language. Comparing within each language makes up for it. The levels
    of a larger collection may be given, by language; a language without one, under the empty name.
    """
    excess = np.asarray(cosines, dtype=np.float64).copy()
    of = np.array(languages)
    for language in set(languages):
        if levels is not None:
            excess[of == language] -= levels.get(language, levels.get("", USUAL))
        else:
            excess[of == language] -= level(excess[of == language])
    return excess


def level(cosines: Scores) -> float:
    """Return the cosine of an ordinary passage near a claim; with few passages it tends to the usual one."""
    if not len(cosines):
        return USUAL
    nearest = np.sort(cosines)[-NEAREST:]
    usual = (len(nearest) * float(np.median(nearest)) + FEW * USUAL) / (len(nearest) + FEW)
    return min(max(usual, LOWEST), HIGHEST)


def combine(excess: Scores, shared: Scores) -> Scores:
    """Return scores in 0..1 from the excess of cosines and the share of the claim's words."""
    logit = (excess + WORTH * shared - FROM) / WIDTH
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -50, 50))), dtype=np.float64)


def lexical(claim: Features, passage: Features) -> float:
    """Return the share, in 0..1, of a claim's character runs, numbers and names that a passage has too.

    A single number or name proves little, so we divide by one more than the claim has.
    """
    runs = len(claim.grams & passage.grams) / max(1, len(claim.grams))
    numbers = _common(claim.numbers, passage.numbers)
    names = _common(claim.names, passage.names)
    return OF_GRAMS * runs + OF_NUMBERS * numbers + OF_NAMES * names


def names_and_numbers(text: Worded) -> list[str]:
    """Return the words of a text that other languages may write alike: its names and numbers."""
    found = features(*text)
    return list(dict.fromkeys([*found.names.values(), *found.numbers.values()]))


def why(claim: Worded, passage: Worded) -> Shared:
    """Return the numbers, names and words of a passage that the claim has too. It finds names across scripts."""
    ours, theirs = features(*claim), features(*passage)
    names = list(dict.fromkeys(word for sound, word in theirs.names.items() if sound in ours.names))
    stems = {_stem(form) for form in ours.words}
    words = [word for form, word in theirs.words.items() if _stem(form) in stems and word not in names]
    numbers = [word for number, word in theirs.numbers.items() if number in ours.numbers]
    return Shared(tuple(numbers), tuple(names), tuple(words))


@lru_cache(maxsize=8192)
def features(text: str, language: str) -> Features:
    """Return what to look for in another text."""
    folded = [(word, fold(word, language)) for word in WORD.findall(GROUPING.sub("", text))]
    telling = [
        (word, form) for word, form in folded if len(form) > 1 and form not in STOP_WORDS and not word[0].isdigit()
    ]
    names = {sound: word for word, form in telling if not word[0].islower() for sound in _ways(form)}
    return Features(
        numbers={form: word for word, form in folded if word[0].isdigit()},
        names={sound: word for sound, word in names.items() if len(sound) >= SHORTEST_NAME},
        words={form: word for word, form in telling},
        grams=frozenset(gram for _word, form in telling for gram in _grams(form)),
    )


def sounds(word: str) -> str:
    """Return the consonants of a folded name, merged where languages differ: Trump and ترامب give "trmb"."""
    return TWICE.sub(r"\1", ARTICLE.sub("", word).translate(SOUNDS))


def _common(ours: dict[str, str], theirs: dict[str, str]) -> float:
    """Return the share of our words that theirs contain; one word may have two forms."""
    shared = {ours[form] for form in ours.keys() & theirs.keys()}
    return len(shared) / (len(set(ours.values())) + 1)


def _ways(form: str) -> set[str]:
    """Return the possible sounds of a folded name: if its first letter may be a particle, also without that letter."""
    return {sounds(form), sounds(form[1:])} if form[0] in PARTICLES and len(form) > GRAM else {sounds(form)}


def _grams(word: str) -> set[str]:
    return {word[at : at + GRAM] for at in range(max(1, len(word) - GRAM + 1))}


def _stem(form: str) -> str:
    return form[: max(GRAM, len(form) * 2 // 3)]
