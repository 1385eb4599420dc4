"""Put the lines of a table in a PDF together to its rows, where cells have several lines.

The words of a row stay together. Where the table has no rules, a row ends at a gap that is wider than those between
the lines of a cell. Where all lines stand equally far apart, a line goes on with the row above if it fills fewer cells,
and if its first word had no room at the end of the line above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from sources.formats.files import pdf_tables
from sources.formats.files.pdf_lines import LINE_END, Piece, Row, row_of, rows_of
from sources.formats.files.pdf_tables import Line, Stripe

WIDER = 0.3  # of the size of letters: by how much a gap between rows is wider than one between lines
SPACE = 0.25  # of the size of letters


def rows(pieces: Sequence[Piece], *, from_right: bool) -> list[Row]:
    """Return the rows of a table without rules, from top to bottom."""
    lines = list(lines_in(pieces))
    stripes = pdf_tables.columns(lines)
    parted = [pdf_tables.parted(line, stripes) for line in lines]
    return [row(group, stripes, from_right=from_right) for group in split(parted, stripes)]


def row(lines: Sequence[Line], stripes: Sequence[Stripe], *, from_right: bool, is_ruled: bool = False) -> Row:
    """Return lines as one row of cells: each cell with all its lines, in the order in which cells are read."""
    if len(lines) == 1 and not is_ruled:
        return row_of(sorted(lines[0], key=lambda piece: piece.start, reverse=from_right), is_table=True)
    cells: list[list[Piece]] = [[] for _stripe in stripes]
    for piece in (piece for line in lines for piece in line):
        cells[place(piece, stripes)].append(piece)
    written = [rows_of(cell, from_right=from_right) for cell in (reversed(cells) if from_right else cells) if cell]
    ordered = [piece for cell in written for line in cell for piece in line.pieces]
    largest = max(lines[0], key=lambda piece: len(piece.text))
    start, end = min(piece.start for piece in ordered), max(piece.end for piece in ordered)
    text = "\t".join(LINE_END.join(line.text for line in cell) for cell in written)
    return Row(ordered, start, end, largest.top, largest.bottom, text, is_cells=True)


def has_several_rows(lines: Sequence[Line], stripes: Sequence[Stripe]) -> bool:
    """Return whether lines cannot be one row: one of their columns has numbers in several of them."""
    counted = Counter(
        at for line in lines for at in {place(piece, stripes) for piece in line if pdf_tables.numbers(piece)}
    )
    return any(number > 1 for number in counted.values())


def split(lines: Sequence[Line], stripes: Sequence[Stripe]) -> list[list[Line]]:
    """Return lines as rows where no rules part them."""
    return _spaced(lines, stripes) or _tight(lines, stripes)


def _spaced(lines: Sequence[Line], stripes: Sequence[Stripe]) -> list[list[Line]]:
    """Return the rows that wide gaps part; nothing where the gaps are even, or do not part rows."""
    gaps = [
        min(piece.top for piece in below) - max(piece.bottom for piece in above) for above, below in pairwise(lines)
    ]
    ordered = sorted(gaps)
    steps = [(high - low, (low + high) / 2) for low, high in pairwise(ordered)]
    widest, border = max(steps, default=(0.0, 0.0))
    if widest < WIDER * median(piece.em for line in lines for piece in line):
        return []
    groups = [[lines[0]]]
    for line, gap in zip(lines[1:], gaps, strict=True):
        if gap > border:
            groups.append([])
        groups[-1].append(line)
    return groups if all(_is_row(group, stripes) for group in groups) else []


def _is_row(group: Sequence[Line], stripes: Sequence[Stripe]) -> bool:
    filled = [_filled(line, stripes) for line in group]
    fullest = max(filled, key=len)
    return not has_several_rows(group, stripes) and (len(group) == 1 or any(each < fullest for each in filled))


def _tight(lines: Sequence[Line], stripes: Sequence[Stripe]) -> list[list[Line]]:
    """Return the rows of lines that stand equally far apart."""
    groups: list[list[Line]] = []
    is_begun = False  # by a label whose numbers stand beside its next line
    for at, line in enumerate(lines):
        if groups and (is_begun or _goes_on(groups[-1], line, stripes)):
            groups[-1].append(line)
            is_begun = False
            continue
        groups.append([line])
        below = lines[at + 1] if at + 1 < len(lines) else []
        is_begun = bool(below) and _begins(line, below, stripes)
    return groups


def _goes_on(group: Sequence[Line], line: Line, stripes: Sequence[Stripe]) -> bool:
    """Return whether a line goes on with the row above it."""
    filled, above = _filled(line, stripes), set[int]().union(*(_filled(each, stripes) for each in group))
    if not filled < above or any(pdf_tables.numbers(piece) for piece in line):
        return False
    last = {place(piece, stripes): piece for each in group for piece in each}
    return all(_wraps(last[place(piece, stripes)], piece, stripes) for piece in line)


def _begins(line: Line, below: Line, stripes: Sequence[Stripe]) -> bool:
    """Return whether a label alone goes on in the next line, beside which its numbers stand."""
    if len(line) != 1 or pdf_tables.numbers(line[0]) or not any(pdf_tables.numbers(piece) for piece in below):
        return False
    at = place(line[0], stripes)
    label = next((piece for piece in below if place(piece, stripes) == at), None)
    return label is not None and _wraps(line[0], label, stripes)


def _wraps(piece: Piece, below: Piece, stripes: Sequence[Stripe]) -> bool:
    """Return whether the first word of a line had no room at the end of the line above it, in the width of its cell."""
    start, end = stripes[place(piece, stripes)]
    first = len(below.text.split(" ", 1)[0]) / len(below.text) * (below.end - below.start)
    return piece.end - piece.start + SPACE * piece.em + first > end - start


def _filled(line: Line, stripes: Sequence[Stripe]) -> set[int]:
    return {place(piece, stripes) for piece in line}


def place(piece: Piece, stripes: Sequence[Stripe]) -> int:
    """Return in which stripe a piece stands: the one that has most of it."""
    shares = [min(piece.end, end) - max(piece.start, start) for start, end in stripes]
    return max(range(len(stripes)), key=shares.__getitem__)


def lines_in(pieces: Sequence[Piece]) -> Iterator[Line]:
    """Yield the pieces of a table line by line."""
    yield from (row.pieces for row in rows_of(pieces, from_right=False))
