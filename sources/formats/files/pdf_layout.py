"""The order in which a page of a PDF is read: its columns, and the paragraphs in each.

Tables are taken out first (``pdf_tables``), and read row by row; what is left stands in columns (``pdf_columns``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sources.formats.files import drawn_order, pdf_cells, pdf_columns, pdf_grids, pdf_tables
from sources.formats.files.pdf_grids import Grid
from sources.formats.files.pdf_lines import Piece, Row, rows_of
from sources.formats.files.pdf_rules import DrawnLines

NO_RULES = DrawnLines()
MOST_PIECES = 1_500  # on a page; where there are more, it is a drawing, and is read as it was drawn
LEADING = 1.35  # times the usual distance of two lines: a wider one ends a paragraph
INDENT, SHORT = 0.9, 0.15  # of the size of letters; of the width of a column
OTHER_SIZE = 1.15  # times the size: a line so much larger or smaller is another paragraph
FULL = 0.8  # of the width of a column: a last line this long may go on in the next column
END = re.compile(r"[.!?…:;؟۔»”\")\]][\d¹²³*]{0,3}$")
BULLET = re.compile(r"[•‣▪●○]")
NUMBERED = re.compile(r"(?:[–—*·-]|\(?(?:\d{1,2}|[a-zA-Z])[.)])\s")


@dataclass(slots=True)
class Paragraph:
    """Rows that belong together, with the column they stand in; the sizes tell whether another one goes on with it."""

    rows: list[Row]
    start: float
    end: float
    from_right: bool

    @property
    def em(self) -> float:
        """Return about the size of its letters."""
        return median(row.em for row in self.rows)

    @property
    def is_full(self) -> bool:
        """Return whether its last line reaches the end of its column, or nearly."""
        last = self.rows[-1]
        return not last.is_cells and (last.end - last.start) >= FULL * (self.end - self.start)


def paragraphs_of(pieces: Sequence[Piece], rules: DrawnLines = NO_RULES) -> list[Paragraph]:
    """Return the paragraphs that pieces of lines make, in the order in which they are read; rules part the cells."""
    from_right = drawn_order.is_mostly_from_right("".join(piece.text for piece in pieces))
    if len(pieces) > MOST_PIECES:
        return [
            Paragraph(rows_of([piece], from_right=from_right), piece.start, piece.end, from_right) for piece in pieces
        ]
    laid, grids = _laid_out(pieces, pdf_grids.grids(pieces, rules))
    found: list[Paragraph] = []
    read: set[int] = set()
    for is_table, band in pdf_tables.bands(laid):
        for column in [band] if is_table else pdf_columns.columns_of(band, from_right=from_right):
            for grid, part in _parts(column, grids, read):
                for rows in (
                    [pdf_grids.rows(grid, from_right=from_right)] if grid else _rows(part, from_right=from_right)
                ):
                    found += _paragraphs(rows, from_right=from_right)
    return found


def _laid_out(pieces: Sequence[Piece], found: Sequence[Grid]) -> tuple[list[Piece], dict[int, Grid]]:
    """Return pieces with each line of a table with rules as one piece as wide as it, and the table of each of these."""
    inside = {id(piece) for grid in found for each in grid.all() for piece in each.whole}
    laid = [piece for piece in pieces if id(piece) not in inside]
    grids: dict[int, Grid] = {}
    for grid in found:
        for line in pdf_cells.lines_in([piece for each in grid.all() for piece in each.pieces]):
            laid.append(pdf_grids.as_line(line, grid))
            grids[id(laid[-1])] = grid
    return laid, grids


def _parts(
    column: Sequence[Piece], grids: dict[int, Grid], read: set[int]
) -> Iterator[tuple[Grid | None, list[Piece]]]:
    """Yield the pieces of a column from top to bottom, each table with rules by itself.

    A table is read where its first line stands, and added to those that are read: text beside it may part its lines.
    """
    part: list[Piece] = []
    for piece in sorted(column, key=lambda each: each.top):
        grid = grids.get(id(piece))
        if grid is None:
            part.append(piece)
        elif id(grid) not in read:
            read.add(id(grid))
            if part:
                yield None, part
            yield grid, []
            part = []
    if part:
        yield None, part


def _rows(pieces: Sequence[Piece], *, from_right: bool) -> Iterator[list[Row]]:
    """Yield the rows of pieces from top to bottom, each table by itself."""
    for is_table, part in pdf_tables.bands(pieces):
        cells = pdf_cells.rows(part, from_right=from_right) if is_table else []
        yield cells or rows_of(part, from_right=from_right)


def _paragraphs(rows: Sequence[Row], *, from_right: bool) -> Iterator[Paragraph]:
    if not rows:
        return
    start, end = min(row.start for row in rows), max(row.end for row in rows)
    steps = [below.bottom - row.bottom for row, below in pairwise(rows)]
    leading = median(steps) if steps else 0.0
    together = [rows[0]]
    for row, below in pairwise(rows):
        if _begins(row, below, leading, (start, end), from_right=from_right):
            yield Paragraph(together, start, end, from_right)
            together = []
        together.append(below)
    yield Paragraph(together, start, end, from_right)


def _begins(row: Row, below: Row, leading: float, column: tuple[float, float], *, from_right: bool) -> bool:
    """Return whether a row begins a paragraph: by its distance, size, indent, bullet, or the end of the row above."""
    if row.is_cells or below.is_cells or BULLET.match(below.text):
        return True
    usual = max(min(leading, 2.2 * max(row.em, below.em)), 1.2 * below.em)
    if below.bottom - row.bottom > LEADING * usual or not 1 / OTHER_SIZE < below.em / row.em < OTHER_SIZE:
        return True
    indents = [_indent(each, column, from_right=from_right) for each in (row, below)]
    if indents[1] > INDENT * below.em and indents[0] < INDENT * below.em / 2:
        return True
    rest = row.start - column[0] if from_right else column[1] - row.end
    is_short, is_ended = rest > SHORT * (column[1] - column[0]), END.search(row.text) is not None
    return (is_short and is_ended) or ((is_short or is_ended) and NUMBERED.match(below.text) is not None)


def _indent(row: Row, column: tuple[float, float], *, from_right: bool) -> float:
    return column[1] - row.end if from_right else row.start - column[0]
