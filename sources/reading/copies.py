"""Copies of one text among what a search found: the words of an agency in a hundred outlets leave places for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

Found = list[tuple[int, float]]  # keys with their scores, the best first


def in_turn(found: Found, texts: Mapping[int, Hashable], most: int) -> Found:
    """Return so many of what a search found, each text once before any twice, and the best first within that.

    ``texts`` names the text of each key. What it does not name is left out.
    """
    turns: list[tuple[int, int]] = []
    seen: dict[Hashable, int] = defaultdict(int)
    for place, (key, _score) in enumerate(found):
        if key in texts:
            turns.append((seen[texts[key]], place))
            seen[texts[key]] += 1
    chosen = sorted(turns)[:most]
    return [found[place] for place in sorted(place for _turn, place in chosen)]


def are_a_crowd(scores: Sequence[float], most: int) -> bool:
    """Return whether copies took most of the places of a search: few of its scores differ."""
    return len(scores) >= most and 2 * len(set(scores)) < most
