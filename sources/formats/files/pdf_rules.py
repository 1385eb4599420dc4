"""The rules that a page of a PDF draws: thin lines, and the edges of boxes, as those around the cells of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sources.formats.files.glyph import Box
from sources.formats.files.pdf_lines import placed

THIN = 3.0  # points: what is thinner is a line, what is thicker a box
SHORTEST = 6.0  # points
SAME = 2.5  # points in which two rules are one, and one goes on in the next


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line on a page as its reader holds it: how far down it is, or across where it stands, and its two ends."""

    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        """Return whether it passes a place."""
        return self.start - SAME <= place <= self.end + SAME


@dataclass(frozen=True, slots=True)
class DrawnLines:
    """The rules of a page: those that lie, from top to bottom, and those that stand, from left to right."""

    lying: tuple[DrawnLine, ...] = ()
    upright: tuple[DrawnLine, ...] = ()


def rules_of(boxes: Iterable[Box], turn: int) -> DrawnLines:
    """Return the rules that boxes make for a reader who holds text upright that is turned this way."""
    lying: list[DrawnLine] = []
    upright: list[DrawnLine] = []
    for start, top, end, bottom in (placed(turn, box) for box in boxes):
        if end - start >= SHORTEST:
            lying += [DrawnLine(at, start, end) for at in _edges(top, bottom)]
        if bottom - top >= SHORTEST:
            upright += [DrawnLine(at, top, bottom) for at in _edges(start, end)]
    return DrawnLines(tuple(_joined(lying)), tuple(_joined(upright)))


def _edges(first: float, last: float) -> Sequence[float]:
    return [(first + last) / 2] if last - first <= THIN else [first, last]


def _joined(rules: Sequence[DrawnLine]) -> Iterator[DrawnLine]:
    """Yield rules with those as one that lie upon one another or go on in the next: each cell may draw its own."""
    rows: list[list[DrawnLine]] = []
    for rule in sorted(rules, key=lambda each: each.at):
        if rows and rule.at - rows[-1][0].at <= SAME:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        last: DrawnLine | None = None
        for rule in sorted(row, key=lambda each: each.start):
            if last is not None and rule.start <= last.end + SAME:
                last = DrawnLine(last.at, last.start, max(last.end, rule.end))
                continue
            if last is not None:
                yield last
            last = rule
        if last is not None:
            yield last
