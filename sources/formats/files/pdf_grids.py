"""Find the tables on a page of a PDF that have rules: between their rows, and perhaps between their columns.

What stands between two rules is one row, however many lines its cells have.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sources.formats.files import pdf_cells, pdf_rule_groups, pdf_tables
from sources.formats.files.pdf_lines import Piece, Row
from sources.formats.files.pdf_rules import SAME, DrawnLine, DrawnLines
from sources.formats.files.pdf_tables import Line, Stripe

ROWS, COLUMNS = 2, 2  # at least
MOST_COLUMNS, MOST_TABLES = 100, 100  # of a table; on a page: more are squared paper or a drawing
RULED = 3  # rows at least, where no rules stand between the columns
LINES = 6  # in a row, on average, at most, where no rules stand between the columns: else these are columns of text
MOST_LINES = 8  # of a row, where there are few rows: more may be rows without rules between them


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with rules: where it is, its rules, and the pieces in it."""

    frame: Piece  # its place, without words
    rules: DrawnLines
    whole: tuple[Piece, ...]  # the pieces in it, without those of a table in one of its cells
    pieces: tuple[Piece, ...]  # those, parted where an upright rule passes through them
    nested: tuple[Grid, ...]  # tables in its cells

    @property
    def inner(self) -> list[DrawnLine]:
        """Return the rules that stand between its columns."""
        return _inner(self.frame, self.rules.upright)

    @property
    def filling(self) -> list[Piece]:
        """Return what stands in its cells: pieces, and the frames of other tables."""
        return [*self.pieces, *(grid.frame for grid in self.nested)]

    def all(self) -> Iterator[Grid]:
        """Yield it and the tables in its cells."""
        yield self
        for grid in self.nested:
            yield from grid.all()


def grids(pieces: Sequence[Piece], rules: DrawnLines) -> list[Grid]:
    """Return the tables with rules, with the pieces in them: each piece is in one; one in a cell is part of another."""
    found: list[Grid] = []
    free = sorted(pieces, key=_middle)
    upright = sorted(rules.upright, key=lambda rule: rule.at)
    groups = [group for group in pdf_rule_groups.groups_of(pieces, rules) if len(group) > ROWS]
    number = 0
    for frame, group in sorted(((_frame(group), group) for group in groups), key=lambda each: _area(each[0])):
        nested = [grid for grid in found if _lies_in(grid.frame, frame)]
        grid = _grid(_inside(free, frame), frame, DrawnLines(tuple(group), tuple(upright)), nested)
        if not _is_table(grid):
            continue
        number += 1
        if number > MOST_TABLES:
            return []
        taken = {id(piece) for piece in grid.whole}
        free = [piece for piece in free if id(piece) not in taken]
        found = [*(other for other in found if not _lies_in(other.frame, frame)), grid]
    return sorted(found, key=lambda grid: grid.frame.top)


def rows(grid: Grid, *, from_right: bool) -> list[Row]:
    """Return the rows of a table with rules, from top to bottom; those of a table in a cell follow its row."""
    stripes = _stripes(grid)
    bands = _bands(grid)
    nested = {id(each.frame): each for each in grid.nested}
    found: list[Row] = []
    for band in bands:
        words = [piece for piece in band if id(piece) not in nested]
        lines = [pdf_tables.parted(line, stripes) for line in pdf_cells.lines_in(words)]
        is_long = len(lines) > MOST_LINES and len(bands) <= RULED
        groups = pdf_cells.split(lines, stripes) if is_long or pdf_cells.has_several_rows(lines, stripes) else [lines]
        found += [pdf_cells.row(group, stripes, from_right=from_right, is_ruled=True) for group in groups if group]
        frames = [piece for piece in band if id(piece) in nested]
        for frame in sorted(frames, key=lambda each: each.start, reverse=from_right):
            found += rows(nested[id(frame)], from_right=from_right)
    return found


def _frame(lying: Sequence[DrawnLine]) -> Piece:
    start, end = min(rule.start for rule in lying), max(rule.end for rule in lying)
    return Piece("", [], start, end, min(rule.at for rule in lying), max(rule.at for rule in lying))


def _area(frame: Piece) -> float:
    return (frame.end - frame.start) * (frame.bottom - frame.top)


def _lies_in(inner: Piece, outer: Piece) -> bool:
    is_within = outer.start - SAME <= inner.start and inner.end <= outer.end + SAME
    return is_within and outer.top - SAME <= inner.top and inner.bottom <= outer.bottom + SAME


def _middle(piece: Piece) -> float:
    return (piece.top + piece.bottom) / 2


def _inside(pieces: Sequence[Piece], frame: Piece) -> list[Piece]:
    """Return the pieces in a frame, of some that are sorted by their middle."""
    first, last = bisect_left(pieces, frame.top, key=_middle), bisect_right(pieces, frame.bottom, key=_middle)
    return [piece for piece in pieces[first:last] if piece.end > frame.start and piece.start < frame.end]


def _grid(inside: Sequence[Piece], frame: Piece, rules: DrawnLines, nested: Sequence[Grid]) -> Grid:
    """Return a table; the upright rules of the page, from left to right, are given with its own lying ones."""
    beside = _standing_in(frame, rules.upright) if inside or nested else []
    of_others = {id(rule) for grid in nested for rule in _standing_in(grid.frame, beside)}
    standing = [rule for rule in beside if id(rule) not in of_others]
    inner = _inner(frame, standing)
    parted = tuple(part for each in inside for part in _parted(each, inner))
    return Grid(frame, DrawnLines(rules.lying, tuple(standing)), tuple(inside), parted, tuple(nested))


def _inner(frame: Piece, upright: Sequence[DrawnLine]) -> list[DrawnLine]:
    return [rule for rule in upright if frame.start + SAME < rule.at < frame.end - SAME]


def _standing_in(frame: Piece, upright: Sequence[DrawnLine]) -> list[DrawnLine]:
    """Return the upright rules in a frame and at its edges, of some from left to right."""
    beside = _between(upright, frame.start - SAME, frame.end + SAME)
    return [rule for rule in beside if rule.start >= frame.top - SAME and rule.end <= frame.bottom + SAME]


def _between(upright: Sequence[DrawnLine], start: float, end: float) -> Sequence[DrawnLine]:
    """Return the upright rules that stand between two places, of some from left to right."""
    first = bisect_left(upright, start, key=lambda rule: rule.at)
    return upright[first : bisect_right(upright, end, key=lambda rule: rule.at)]


def _is_table(grid: Grid) -> bool:
    """Return whether rules are those of a table: several rows of several cells, and nothing that crosses its edge."""
    frame, bands = grid.frame, _bands(grid)
    is_crossed = any(piece.start < frame.start - piece.em or piece.end > frame.end + piece.em for piece in grid.pieces)
    if len(bands) < ROWS or is_crossed:
        return False
    stripes = _stripes(grid)
    if not COLUMNS <= len(stripes) <= MOST_COLUMNS:
        return False
    full = sum(len({pdf_cells.place(piece, stripes) for piece in band}) >= COLUMNS for band in bands)
    if 2 * full < len(bands):
        return False
    if grid.inner:
        return True
    lines = sum(len(list(pdf_cells.lines_in(band))) for band in bands)
    return len(bands) >= RULED and lines <= LINES * len(bands)


def _bands(grid: Grid) -> list[list[Piece]]:
    """Return what stands in each row: a piece stands in that of the rule next above it; empty rows are left out."""
    found: dict[float, list[Piece]] = {}
    lying = sorted(grid.rules.lying, key=lambda rule: rule.at)
    for piece in grid.filling:
        across = (piece.start + piece.end) / 2
        number = bisect_right(lying, _middle(piece), key=lambda rule: rule.at)
        above = (lying[at].at for at in range(number - 1, -1, -1) if lying[at].covers(across))
        found.setdefault(next(above, grid.frame.top), []).append(piece)
    return [found[at] for at in sorted(found)]


def _stripes(grid: Grid) -> list[Stripe]:
    """Return the columns: between the upright rules, or else the stripes that have text."""
    if grid.inner:
        edges = sorted({grid.frame.start, *(rule.at for rule in grid.inner), grid.frame.end})
        return [(start, end) for start, end in pairwise(edges) if end - start > SAME]
    return pdf_tables.columns(list(pdf_cells.lines_in(grid.filling)))


def _parted(piece: Piece, inner: Sequence[DrawnLine]) -> list[Piece]:
    """Return a piece as several where an upright rule passes through it: cells with hardly a gap between them."""
    through = _between(inner, piece.start, piece.end)
    edges = [rule.at for rule in through if rule.covers(_middle(piece)) and piece.start < rule.at < piece.end]
    return piece.parted(edges) if edges else [piece]


def as_line(line: Line, grid: Grid) -> Piece:
    """Return a line of a table as one piece as wide as the table, so that it is laid out as a line of its column.

    It has no boxes, and is parted nowhere.
    """
    return Piece(
        " ".join(piece.text for piece in line),
        [],
        grid.frame.start,
        grid.frame.end,
        min(piece.top for piece in line),
        max(piece.bottom for piece in line),
    )
