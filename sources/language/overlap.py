"""Overlap of two texts: how much of the shorter one is in the longer one, by runs of words."""

from __future__ import annotations

from sources.language.folding import fold

RUN = 5  # words; two articles of one house share single words and phrases, and hardly ever so many in a row
LEAST_RUNS = 15  # a text with fewer is too short to tell by a part of it
SAME = 0.8
SAME_UNDER_A_TITLE = 0.4  # an article is edited, and shown shorter on a telephone


def overlap(one: str, other: str) -> float:
    """Return the share of the runs of words of the shorter text that are in the other, 0..1; of short texts 0 or 1."""
    some, others = _runs(one), _runs(other)
    if min(len(some), len(others)) < LEAST_RUNS:
        return float(_words(one) == _words(other) != [])
    return len(some & others) / min(len(some), len(others))


def is_same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two texts, each with its title, are versions of one article."""
    shared = overlap(one[1], other[1])
    same_title = _words(one[0]) == _words(other[0]) != []
    return shared >= SAME or (same_title and shared >= SAME_UNDER_A_TITLE)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def _words(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in fold(text)).split()
