"""Copies of one text among what a search found: the words of an agency in a hundred outlets leave places for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

Found = list[tuple[int, float]]  # keys with their scores, the best first


def in_turn(found: Found, texts: Sequence[Hashable], most: int) -> Found:
    """Return so many of what a search found, each text once before any twice, and the best first within that.

    ``texts`` names the text of each, in the same order.
    """
    seen: Counter[Hashable] = Counter()
    turns: list[int] = []
    for text in texts:
        turns.append(seen[text])
        seen[text] += 1
    order = sorted(range(len(found)), key=lambda place: turns[place])
    return sorted((found[place] for place in order[:most]), key=lambda row: -row[1])


def crowd(texts: Sequence[Hashable], most: int) -> bool:
    """Return whether copies of few texts took most of the places that a search had."""
    return len(texts) >= most and 2 * len(set(texts)) < most
