"""Find the tables on a page of a PDF: they are read row by row, and the columns of text above and below them by column.

A row of a table has cells with wide gaps between them, which fill little of its width; the lines of columns of text
that stand side by side fill nearly all of it. A table has several such rows, and stripes that none of them crosses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sources.formats.files.pdf_lines import CELL, Piece, rows_of

FILLED = 0.66  # of the width of a row, at most: columns of text fill more
WIDEST = 0.5  # of the width of the page: a wider cell is a line of text
FEW, MANY = 2, 3  # rows of a table with numbers; of one without
STRIPE = 0.6  # of the size of letters: the narrowest gap between the cells of all rows
APART = 3.5  # times the height of a row: a row farther away is of another table
TEXT, FULL = 12.0, 0.85  # a line of text is so wide, in sizes of letters, and as wide as the next one
LEADING, EVEN = 2.0, 1.0  # of the height of a line, and of the size of letters: where the next line of a text stands
OF_A_TABLE = 0.7  # of the rows of two neighboring stripes: the stripes are cells of a table, not columns of text

Line = list[Piece]  # the pieces that stand beside one another


def bands(pieces: Sequence[Piece]) -> Iterator[tuple[bool, list[Piece]]]:
    """Yield the pieces of a page from top to bottom, each table by itself, and whether it is one."""
    if not pieces:
        return
    width = max(piece.end for piece in pieces) - min(piece.start for piece in pieces)
    lines = [row.pieces for row in rows_of(pieces, from_right=False)]
    text = _text(pieces)
    rest: list[Piece] = []
    runs = list(_runs(lines, width, text))
    for at, (is_row, run) in enumerate(runs):
        beside = [lines for _is_row, lines in runs[max(0, at - 1) : at + 2] if lines is not run]
        if is_row and _is_table(run) and not any(_goes_on(run, each, text) for each in beside):
            if rest:
                yield False, rest
                rest = []
            yield True, [piece for line in run for piece in line]
        else:
            rest += [piece for line in run for piece in line]
    if rest:
        yield False, rest


def are_cells(pieces: Sequence[Piece]) -> bool:
    """Return whether the pieces in two neighboring stripes are cells of one table, rather than two columns of text."""
    width = max(piece.end for piece in pieces) - min(piece.start for piece in pieces)
    lines = [row.pieces for row in rows_of(pieces, from_right=False)]
    both = [line for line in lines if len(_cells(line)) > 1]
    return len(both) >= FEW and sum(_is_row(line, width) for line in both) >= OF_A_TABLE * len(lines)


def _runs(lines: Sequence[Line], width: float, text: set[int]) -> Iterator[tuple[bool, list[Line]]]:
    """Yield lines that follow one another and are all rows of a table, or all none."""
    run: list[Line] = []
    was_row = False
    for line in lines:
        is_row = _is_row(line, width) and not any(id(piece) in text for piece in line)
        if run and (is_row != was_row or (is_row and not _is_next(run, line))):
            yield was_row, run
            run = []
        run.append(line)
        was_row = is_row
    if run:
        yield was_row, run


def _is_row(line: Line, width: float) -> bool:
    cells = _cells(line)
    if len(cells) < 2:
        return False
    widths = [end - start for start, end in cells]
    return max(widths) <= WIDEST * width and sum(widths) <= FILLED * (cells[-1][1] - cells[0][0])


def _cells(line: Line) -> list[tuple[float, float]]:
    """Return from where to where the cells of a line reach: pieces with a narrow gap between them are one cell."""
    found: list[tuple[float, float]] = []
    for piece in sorted(line, key=lambda each: each.start):
        if found and piece.start - found[-1][1] <= CELL * piece.em:
            found[-1] = (found[-1][0], max(found[-1][1], piece.end))
        else:
            found.append((piece.start, piece.end))
    return found


def _is_next(run: Sequence[Line], line: Line) -> bool:
    """Return whether a row goes on with a table: near the row above, and with a stripe that no row of both crosses."""
    last = run[-1][0]
    return line[0].top - last.bottom <= APART * (last.bottom - last.top) and len(_stripes([*run, line])) > 1


def _goes_on(run: Sequence[Line], other: Sequence[Line], text: set[int]) -> bool:
    """Return whether the nearest line above or below has cells and a column of text beside them: the table does too."""
    line = other[-1] if other[-1][0].top < run[0][0].top else other[0]
    cells = [piece for piece in line if id(piece) not in text]
    is_near = min(abs(line[0].top - each[0].top) for each in (run[0], run[-1])) <= APART * (
        line[0].bottom - line[0].top
    )
    return is_near and len(_cells(cells)) > 1 and len(cells) < len(line)


def _is_table(run: Sequence[Line]) -> bool:
    stripes = _stripes(run)
    has_numbers = sum(any(letter.isdigit() for piece in line for letter in piece.text) for line in run) * 2 >= len(run)
    return len(run) >= (FEW if has_numbers else MANY) and len(stripes) >= (2 if has_numbers else 3)


def _text(pieces: Sequence[Piece]) -> set[int]:
    """Return which pieces are lines of a column of text: wide ones as long as the next one, and the end of such a run.

    They are told by their identity.
    """
    ordered = sorted(pieces, key=lambda piece: piece.top)
    found: set[int] = set()
    for at, piece in enumerate(ordered):
        for below in ordered[at + 1 :]:
            if below.top - piece.top > LEADING * (piece.bottom - piece.top):
                break
            are_even = min(below.start, piece.start) + EVEN * piece.em > max(below.start, piece.start)
            are_even = are_even or abs(below.end - piece.end) < EVEN * piece.em
            is_long = _is_long(below, piece) and _is_long(piece, below)
            if are_even and below.top >= piece.bottom - piece.em / 2 and (is_long or id(piece) in found):
                found |= {id(piece), id(below)}
    return found


def _is_long(piece: Piece, other: Piece) -> bool:
    """Return whether a piece is as wide as a line of text, and about as wide as another one."""
    width = piece.end - piece.start
    return width >= TEXT * piece.em and width >= FULL * (other.end - other.start)


def _stripes(run: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the stripes that have text in some rows; those with hardly a gap between them are one."""
    spans = sorted((piece.start, piece.end) for line in run for piece in line)
    narrowest = STRIPE * min(piece.em for line in run for piece in line)
    found = [spans[0]]
    for start, end in spans[1:]:
        if start - found[-1][1] < narrowest:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
