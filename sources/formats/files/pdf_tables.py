"""Find the tables on a page of a PDF: they are read row by row, and the columns of text above and below them by column.

A row of a table has cells with wide gaps between them, which fill little of its width; the lines of columns of text
that stand side by side fill nearly all of it. A table has several such rows, and stripes that none of them crosses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sources.formats.files.pdf_lines import CELL, Piece, rows_of

FILLED = 0.66  # of the width of a row, at most: columns of text fill more
WIDEST = 0.5  # of the width of the page: a wider cell is a line of text
FEW, MANY = 2, 3  # rows of a table with a stripe of numbers; of one without
SEVERAL = 2  # numbers beside a label make a row, also where it is full
UNEQUAL = 1.5  # times: the stripes of a list in several columns differ less in width
BETWEEN = 2  # lines that are no rows by themselves
MOST_LETTERS = 2  # in a number with its unit, such as 12kg
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
    runs = _joined(list(_runs(lines, width, text)))
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
    return _is_table(both) and sum(_is_row(line, width) for line in both) >= OF_A_TABLE * len(lines)


def _runs(lines: Sequence[Line], width: float, text: set[int]) -> Iterator[tuple[bool, list[Line]]]:
    """Yield lines that follow one another and are all rows of a table, or all none."""
    run: list[Line] = []
    was_row = False
    for line in lines:
        is_row = _is_row(line, width) and (_is_labelled(line) or not any(id(piece) in text for piece in line))
        if run and (is_row != was_row or (is_row and not _is_next(run, line))):
            yield was_row, run
            run = []
        run.append(line)
        was_row = is_row
    if run:
        yield was_row, run


def _is_row(line: Line, width: float) -> bool:
    if len(line) > 1 and sum(_numbers(piece) for piece in line) >= SEVERAL:
        return True
    cells = _cells(line)
    if len(cells) < 2:
        return False
    widths = [end - start for start, end in cells]
    return max(widths) <= WIDEST * width and sum(widths) <= FILLED * (cells[-1][1] - cells[0][0])


def _is_labelled(line: Line) -> bool:
    """Return whether a line is a label, however long, and numbers beside it."""
    words = [piece for piece in line if not _numbers(piece)]
    return len(words) == 1 and len(line) > 1 and words[0] in (line[0], line[-1])


def _numbers(piece: Piece) -> int:
    """Return how many numbers a piece holds, where it holds nothing else."""
    digits = sum(letter.isdigit() for letter in piece.text)
    letters = sum(letter.isalpha() for letter in piece.text)
    return len(piece.text.split()) if digits and letters <= min(digits, MOST_LETTERS) else 0


def _joined(runs: Sequence[tuple[bool, list[Line]]]) -> list[tuple[bool, list[Line]]]:
    """Return runs; a line or two between two parts of a table are its rows too: a label that goes on, one full row."""
    found: list[tuple[bool, list[Line]]] = []
    for at, (is_row, run) in enumerate(runs):
        after = runs[at + 1][1] if at + 1 < len(runs) else []
        is_between = not is_row and len(run) <= BETWEEN and found and found[-1][0] and after
        if (
            is_between and _is_near(found[-1][1], run) and _is_near(run, after) and all(len(line) == 1 for line in run)
        ) or (
            is_row and found and found[-1][0] and at and not runs[at - 1][0] and found[-1][1][-1] is runs[at - 1][1][-1]
        ):
            found[-1][1].extend(run)
        else:
            found.append((is_row, list(run)))
    return found


def _is_near(above: Sequence[Line], below: Sequence[Line]) -> bool:
    last = above[-1][0]
    return below[0][0].top - last.bottom <= APART * (last.bottom - last.top)


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
    return _is_near(run, [line]) and len(_stripes([*run, line])) > 1


def _goes_on(run: Sequence[Line], other: Sequence[Line], text: set[int]) -> bool:
    """Return whether the nearest line above or below has cells and a column of text beside them: the table does too."""
    line = other[-1] if other[-1][0].top < run[0][0].top else other[0]
    cells = [piece for piece in line if id(piece) not in text]
    is_near = min(abs(line[0].top - each[0].top) for each in (run[0], run[-1])) <= APART * (
        line[0].bottom - line[0].top
    )
    return is_near and len(_cells(cells)) > 1 and len(cells) < len(line)


def _is_table(run: Sequence[Line]) -> bool:
    """Return whether rows are a table: with a stripe of numbers, or stripes that differ in width; else it is a list."""
    rows = [line for line in run if len(line) > 1]
    stripes = _stripes(rows) if rows else []
    if len(stripes) < 2:
        return False
    if any(_are_numbers(rows, stripe) for stripe in stripes):
        return len(rows) >= FEW
    widths = [end - start for start, end in stripes]
    return len(rows) >= MANY and max(widths) > UNEQUAL * min(widths)


def _are_numbers(rows: Sequence[Line], stripe: tuple[float, float]) -> bool:
    inside = [piece for line in rows for piece in line if stripe[0] <= piece.start and piece.end <= stripe[1]]
    numbers = sum(_numbers(piece) > 0 for piece in inside)
    return numbers >= FEW and 2 * numbers >= len(inside)


def _text(pieces: Sequence[Piece]) -> set[int]:
    """Return which pieces are lines of a column of text: wide ones as long as the next one, and the end of such a run.

    They are told by their identity.
    """
    ordered = sorted((piece for piece in pieces if not _numbers(piece)), key=lambda piece: piece.top)
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
