"""Find the tables on a page of a PDF that have rules: between their rows, and perhaps between their columns.

What stands between two rules is one row, however many lines its cells have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sources.formats.files import pdf_cells, pdf_tables
from sources.formats.files.pdf_lines import Piece, Row
from sources.formats.files.pdf_rules import SAME, DrawnLine, DrawnLines
from sources.formats.files.pdf_tables import Line, Stripe

ROWS, COLUMNS = 2, 2  # at least
RULED = 3  # rows at least, where no rules stand between the columns
WIDE, TEXT = 0.6, 2  # of the width of a table; lines so wide between two rules are text
LINES = 6  # in a row, on average, at most, where no rules stand between the columns: else these are columns of text
MOST_LINES = 8  # of a row, where there are few rows: more may be rows without rules between them


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with rules: where it is, its rules, and the pieces in it."""

    start: float
    end: float
    top: float
    bottom: float
    rules: DrawnLines
    whole: tuple[Piece, ...]  # the pieces in it
    pieces: tuple[Piece, ...]  # those, parted where an upright rule passes through them

    @property
    def inner(self) -> list[DrawnLine]:
        """Return the rules that stand between its columns."""
        return [rule for rule in self.rules.upright if self.start + SAME < rule.at < self.end - SAME]


def grids(pieces: Sequence[Piece], rules: DrawnLines) -> list[Grid]:
    """Return the tables with rules, with the pieces in them."""
    found = [_grid(pieces, group, rules.upright) for group in _groups(pieces, rules) if len(group) > ROWS]
    return [grid for grid in found if _is_table(grid)]


def rows(grid: Grid, *, from_right: bool) -> list[Row]:
    """Return the rows of a table with rules, from top to bottom."""
    stripes = _stripes(grid)
    bands = _bands(grid)
    found: list[Row] = []
    for band in bands:
        lines = [pdf_tables.parted(line, stripes) for line in pdf_cells.lines_in(band)]
        is_long = len(lines) > MOST_LINES and len(bands) <= RULED
        groups = pdf_cells.split(lines, stripes) if is_long or pdf_cells.has_several_rows(lines, stripes) else [lines]
        found += [pdf_cells.row(group, stripes, from_right=from_right, is_ruled=True) for group in groups]
    return found


def _groups(pieces: Sequence[Piece], rules: DrawnLines) -> list[list[DrawnLine]]:
    """Return the lying rules of each table: those as wide as one another, or that one upright rule meets."""
    groups: list[list[DrawnLine]] = []
    for rule in rules.lying:
        near = [group for group in groups if _belongs(rule, group, pieces, rules.upright)]
        groups = [group for group in groups if group not in near]
        groups.append([*(each for group in near for each in group), rule])
    return groups


def _belongs(
    rule: DrawnLine, group: Sequence[DrawnLine], pieces: Sequence[Piece], upright: Sequence[DrawnLine]
) -> bool:
    """Return whether a rule is of the table that others above it are of: no column of text stands between them."""
    for other in group:
        for each in upright:
            if each.covers(rule.at) and each.covers(other.at) and rule.covers(each.at) and other.covers(each.at):
                return True
    last = group[-1]
    if abs(rule.start - last.start) > 2 * SAME or abs(rule.end - last.end) > 2 * SAME:
        return False
    wide = WIDE * (rule.end - rule.start)
    between = [piece for piece in pieces if last.at < piece.top and piece.bottom < rule.at + SAME]
    return sum(min(piece.end, rule.end) - max(piece.start, rule.start) > wide for piece in between) < TEXT


def _grid(pieces: Sequence[Piece], lying: Sequence[DrawnLine], upright: Sequence[DrawnLine]) -> Grid:
    start, end = min(rule.start for rule in lying), max(rule.end for rule in lying)
    top, bottom = min(rule.at for rule in lying), max(rule.at for rule in lying)
    standing = [
        rule
        for rule in upright
        if start - SAME <= rule.at <= end + SAME and rule.start >= top - SAME and rule.end <= bottom + SAME
    ]
    rules = DrawnLines(tuple(sorted(lying, key=lambda rule: rule.at)), tuple(standing))
    inside = [
        piece
        for piece in pieces
        if top <= (piece.top + piece.bottom) / 2 <= bottom and piece.end > start and piece.start < end
    ]
    inner = [rule for rule in standing if start + SAME < rule.at < end - SAME]
    parted = tuple(part for each in inside for part in _parted(each, inner))
    return Grid(start, end, top, bottom, rules, tuple(inside), parted)


def _is_table(grid: Grid) -> bool:
    """Return whether rules are those of a table: several rows of several cells, and nothing that crosses its edge."""
    bands = _bands(grid)
    is_crossed = any(piece.start < grid.start - piece.em or piece.end > grid.end + piece.em for piece in grid.pieces)
    if len(bands) < ROWS or is_crossed:
        return False
    stripes = _stripes(grid)
    full = sum(len({pdf_cells.place(piece, stripes) for piece in band}) >= COLUMNS for band in bands)
    if len(stripes) < COLUMNS or 2 * full < len(bands):
        return False
    if grid.inner:
        return True
    lines = sum(len(list(pdf_cells.lines_in(band))) for band in bands)
    return len(bands) >= RULED and lines <= LINES * len(bands)


def _bands(grid: Grid) -> list[list[Piece]]:
    """Return the pieces of each row: a piece stands in that of the rule next above it; empty rows are left out."""
    found: dict[float, list[Piece]] = {}
    for piece in grid.pieces:
        across, down = (piece.start + piece.end) / 2, (piece.top + piece.bottom) / 2
        above = [rule.at for rule in grid.rules.lying if rule.at <= down and rule.covers(across)]
        found.setdefault(max(above, default=grid.top), []).append(piece)
    return [found[at] for at in sorted(found)]


def _stripes(grid: Grid) -> list[Stripe]:
    """Return the columns: between the upright rules, or else the stripes that have text."""
    if grid.inner:
        edges = sorted({grid.start, *(rule.at for rule in grid.inner), grid.end})
        return [(start, end) for start, end in pairwise(edges) if end - start > SAME]
    return pdf_tables.columns(list(pdf_cells.lines_in(grid.pieces)))


def _parted(piece: Piece, inner: Sequence[DrawnLine]) -> list[Piece]:
    """Return a piece as several where an upright rule passes through it: cells with hardly a gap between them."""
    down = (piece.top + piece.bottom) / 2
    edges = [rule.at for rule in inner if rule.covers(down) and piece.start < rule.at < piece.end]
    return piece.parted(edges) if edges else [piece]


def as_line(line: Line, grid: Grid) -> Piece:
    """Return a line of a table as one piece as wide as the table, so that it is laid out as a line of its column."""
    return Piece(
        " ".join(piece.text for piece in line),
        [],
        grid.start,
        grid.end,
        min(piece.top for piece in line),
        max(piece.bottom for piece in line),
    )
