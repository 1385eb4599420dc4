"""Invented coverage and claims in four languages, and vectors to match: as much as is asked for, always the same.

Words are as frequent as in any language (Zipf). A text is about a topic: its name and a few words of its own come back
in its passages, and its vector lies near the topic’s.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WIDTH = 384
LANGUAGES = ("en", "fr", "tr", "ar")
PER_TEXT = 5  # passages
TEXTS_PER_TOPIC = 40  # however much is held, a claim bears on about as many
VOCABULARY = 30_000  # words of a language
NAMED = 0.6  # of the passages name their topic
LETTERS = {
    "en": ("bcdfghklmnprstvw", "aeiou"),
    "fr": ("bcdfgjlmnprstv", "aeiouéèê"),
    "tr": ("bcçdfgğhklmnprsştvyz", "aeıioöuü"),
    "ar": ("بتثجحخدرزسشصضطعغفقكلمنهي", "اوي"),
}
SMALL = {
    "en": ["the", "of", "and", "to", "in", "said", "that", "was", "for", "on"],
    "fr": ["le", "de", "et", "la", "les", "des", "que", "dans", "pour", "sur"],
    "tr": ["ve", "bir", "bu", "için", "ile", "da", "de", "olarak", "çok", "daha"],
    "ar": ["في", "من", "على", "إلى", "عن", "أن", "هذا", "التي", "مع", "كان"],
}
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvzhj" for vowel in "aeiou"]
NAME = re.compile(r"\b((?:[bdfgklmnprstvzhj][aeiou]){3})grad\b", re.IGNORECASE)
BASE, OF_TOPIC, OF_LANGUAGE, OF_TEXT = 0.894, 0.35, 0.12, 0.25  # parts of a vector; as models of this family give them

Vectors = NDArray[np.float32]


class Text(NamedTuple):
    """A text to hold: its title, the code of its language, and its passages."""

    title: str
    language: str
    passages: list[str]


def topics_of(passages: int) -> int:
    """Return how many topics so many passages are about."""
    return max(1, passages // PER_TEXT // TEXTS_PER_TOPIC)


def texts(number: int, topics: int, *, seed: int = 1) -> Iterator[Text]:
    """Return so many texts, in each language in turn."""
    draw = np.random.default_rng(seed)
    for place in range(number):
        language = LANGUAGES[place % len(LANGUAGES)]
        topic = int(draw.integers(topics))
        passages = [sentence(draw, language, topic, bool(draw.random() < NAMED)) for _ in range(PER_TEXT)]
        yield Text(sentence(draw, language, topic, True, 6), language, passages)


def claims(number: int, topics: int, *, seed: int = 2) -> Iterator[tuple[str, str]]:
    """Return so many claims: language and words."""
    draw = np.random.default_rng(seed)
    for place in range(number):
        language = LANGUAGES[place % len(LANGUAGES)]
        yield language, sentence(draw, language, int(draw.integers(topics)), True)


def sentence(draw: np.random.Generator, language: str, topic: int, named: bool, most: int = 24) -> str:
    """Return a sentence about a topic."""
    length = int(draw.integers(most // 2, most + 1))
    words = vocabulary(language)
    ranks = np.exp(draw.random(length) * np.log(len(words))).astype(np.intp) - 1  # Zipf’s law
    row = [words[rank] for rank in ranks]
    small, own = SMALL[language], subjects(language, topic)
    row[::3] = [small[place] for place in draw.integers(0, len(small), len(row[::3]))]
    row[1] = own[int(draw.integers(len(own)))]
    row[2] = name(topic) if named else row[2]
    row[-1] = str(int(draw.integers(2, 3_000))) if draw.random() < 0.3 else row[-1]
    return " ".join(row).capitalize().replace(name(topic).lower(), name(topic)) + "."


def name(topic: int) -> str:
    """Return the name of a topic, written alike in all languages."""
    syllables = [SYLLABLES[topic // 80**place % 80] for place in range(3)]
    return "".join(syllables).capitalize() + "grad"


def topic_of(text: str) -> int | None:
    """Return the topic that a text names."""
    found = NAME.search(text)
    if found is None:
        return None
    word = found[1].lower()
    return sum(SYLLABLES.index(word[at * 2 : at * 2 + 2]) * 80**at for at in range(3))


@lru_cache(maxsize=4)
def vocabulary(language: str) -> list[str]:
    """Return the words of a language, the most frequent first."""
    draw = np.random.default_rng(zlib.crc32(language.encode()))
    consonants, vowels = LETTERS[language]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        lengths, picks = draw.integers(2, 5, VOCABULARY).tolist(), draw.random((VOCABULARY, 5, 2)).tolist()
        for length, row in zip(lengths, picks, strict=True):
            pairs = [consonants[int(one * len(consonants))] + vowels[int(two * len(vowels))] for one, two in row]
            words["".join(pairs[:length])] = None
    return list(words)[:VOCABULARY]


@lru_cache(maxsize=200_000)
def subjects(language: str, topic: int) -> list[str]:
    """Return the words of a language that belong to a topic."""
    draw = np.random.default_rng((topic, zlib.crc32(language.encode())))
    return [vocabulary(language)[rank] for rank in draw.integers(200, VOCABULARY, 6)]


def vector(text: str, language: str = "") -> Vectors:
    """Return the vector of a text: near those of the same topic, and a little nearer to those of its language."""
    topic = topic_of(text)
    own = zlib.crc32(text.encode())
    row = BASE * _direction(0, 0) + OF_TEXT * _any(own, 3)
    row = row + OF_TOPIC * (_any(own, 4) if topic is None else _direction(topic, 1))
    row = row + OF_LANGUAGE * _direction(zlib.crc32((language or _language(text)).encode()), 2)
    return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


def _language(text: str) -> str:
    words = set(text.lower().rstrip(".").split())
    return max(LANGUAGES, key=lambda language: len(words.intersection(SMALL[language])))


@lru_cache(maxsize=20_000)
def _direction(number: int, kind: int) -> NDArray[np.float64]:
    return _any(number, kind)


def _any(number: int, kind: int) -> NDArray[np.float64]:
    row = np.random.default_rng((number, kind)).standard_normal(WIDTH)
    return np.asarray(row / np.linalg.norm(row))
