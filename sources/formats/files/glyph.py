"""A character that is drawn on a page: its text, and its box in points, with the origin at the lower left."""

from __future__ import annotations

from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, bottom, right, top


class Glyph(NamedTuple):
    """A character that a page shows: its text, its box, its quarter turn (None for a slanting one)."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    turn: int | None
    is_generated: bool = False
