"""Find the tables on a page of a PDF: they are read row by row, and the columns of text above and below them by column.

A row of a table has cells with wide gaps between them, which fill little of its width; the lines of columns of text
that stand side by side fill nearly all of it. A table has several such rows, and stripes that none of them crosses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sources.formats.files.pdf_lines import CELL, Piece, rows_of

FILLED = 0.66  # of the width of a row, at most: columns of text fill more
WIDEST = 0.5  # of the width of the page: a wider cell is a line of text
FEW, MANY = 2, 3  # rows of a table with a stripe of numbers; of one without
SEVERAL = 2  # numbers beside a label make a row, also where it is full
UNEQUAL = 1.5  # times: the stripes of a list in several columns differ less in width
NEXT = 60  # pieces below one among which the next line of its column is looked for
BETWEEN = 3  # lines that are no rows by themselves
MOST_LETTERS = 2  # in a number with its unit, such as 12kg
SEVERAL_STRIPES = 3  # of a table whose cells have several lines
MOST_HEADS = 4  # lines
SEVERAL_LINES = 4  # of a table in which one may have a heading over several columns
LEVEL, OF_THE_ROWS = 1.0, 0.8  # points; the cells of a row begin in one line
GOES_ON = 0.6  # of the size of letters: a cell goes on in a line so near
STRIPE = 0.6  # of the size of letters: the narrowest gap between the cells of all rows
APART = 3.5  # times the height of a row: a row farther away is of another table
TEXT, FULL = 12.0, 0.85  # a line of text is so wide, in sizes of letters, and as wide as the next one
LEADING, EVEN = 2.0, 1.0  # of the height of a line, and of the size of letters: where the next line of a text stands
OF_A_TABLE = 0.7  # of the rows of two neighboring stripes: the stripes are cells of a table, not columns of text

Stripe = tuple[float, float]  # from where to where it reaches
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
    return _is_table(both) and sum(_is_row(line, width) for line in both) >= OF_A_TABLE * len(lines)


def _runs(lines: Sequence[Line], width: float, text: set[int]) -> Iterator[tuple[bool, list[Line]]]:
    """Yield lines that follow one another and are all rows of one table, or all none."""
    run: list[Line] = []
    stripes: list[Stripe] = []
    was_row = False
    for is_row, line in zip(_filled(lines, width, text), lines, strict=True):
        wider = stripes_of(line, stripes) if len(line) > 1 else stripes
        is_next = is_row == was_row and (not is_row or (_is_near(run[-1], line) and len(wider) > 1))
        if run and not is_next:
            yield was_row, run
            run, wider = [], stripes_of(line)
        run.append(line)
        stripes, was_row = wider, is_row
    if run:
        yield was_row, run


def _filled(lines: Sequence[Line], width: float, text: set[int]) -> list[bool]:
    """Return which lines are rows of a table: also one or two between others, such as a label that goes on."""
    found = [
        _is_row(line, width) and (_is_labelled(line) or not any(id(piece) in text for piece in line)) for line in lines
    ]
    for first, last in _wrapped(lines):
        found[first:last] = [True] * (last - first)
    rows = [at for at, is_row in enumerate(found) if is_row]
    for above, below in pairwise(rows):
        between = lines[above + 1 : below]
        is_near = all(_is_near(*pair) for pair in pairwise(lines[above : below + 1]))
        if len(between) <= BETWEEN and is_near and all(len(line) == 1 for line in between):
            found[above:below] = [True] * (below - above)
    return found


def _wrapped(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield from where to where lines are a table whose cells go on in the next lines: it has a stripe of numbers."""
    first, stripes = 0, list[Stripe]()
    for at, line in enumerate([*lines, []]):
        wider = stripes_of(line, stripes) if line else []
        if at == first or (line and len(wider) >= SEVERAL_STRIPES and _is_near(lines[at - 1], line)):
            stripes = wider
            continue
        run = [place for place in range(first, at) if len(lines[place]) > 1]
        if len(run) >= MANY and _has_wrapped([lines[place] for place in run], stripes):
            yield _start(lines, run[0], stripes), _end(lines, run[-1], at)
        first, stripes = at, stripes_of(line) if line else []


def _has_wrapped(rows: Sequence[Line], stripes: Sequence[Stripe]) -> bool:
    number = sum(_are_numbers(rows, stripe) for stripe in stripes)
    if not 0 < number < len(stripes) or len(stripes) < SEVERAL_STRIPES:
        return False
    counted = [line for line in rows if any(numbers(piece) for piece in line)]
    even = [line for line in counted if max(each.top for each in line) - min(each.top for each in line) < LEVEL]
    return len(even) >= OF_THE_ROWS * len(counted)


def _start(lines: Sequence[Line], first: int, stripes: Sequence[Stripe]) -> int:
    """Return where a table begins: its heads may stand closer together than its cells."""
    heads = first
    for at in range(first - 1, max(first - 1 - MOST_HEADS, -1), -1):
        if not _is_near(lines[at], lines[at + 1]):
            break
        cells = parted(lines[at], stripes)
        if any(len(_crossed(cell, stripes)) != 1 for cell in cells):
            break
        heads = at if len(cells) >= SEVERAL_STRIPES else heads
    return heads


def _end(lines: Sequence[Line], last: int, end: int) -> int:
    """Return where a table ends whose last line of several cells is this: its last cell may go on below it."""
    while last + 1 < end and lines[last + 1][0].top - lines[last][0].bottom < GOES_ON * lines[last][0].em:
        last += 1
    return last + 1


def _is_row(line: Line, width: float) -> bool:
    if len(line) > 1 and sum(numbers(piece) for piece in line) >= SEVERAL:
        return True
    cells = _cells(line)
    if len(cells) < 2:
        return False
    widths = [end - start for start, end in cells]
    return max(widths) <= WIDEST * width and sum(widths) <= FILLED * (cells[-1][1] - cells[0][0])


def _is_labelled(line: Line) -> bool:
    """Return whether a line is a label, however long, and numbers beside it."""
    words = [piece for piece in line if not numbers(piece)]
    return len(words) == 1 and len(line) > 1 and words[0] in (line[0], line[-1])


def numbers(piece: Piece) -> int:
    """Return how many numbers a piece holds, where it holds nothing else."""
    digits = sum(letter.isdigit() for letter in piece.text)
    letters = sum(letter.isalpha() for letter in piece.text)
    return len(piece.text.split()) if digits and letters <= min(digits, MOST_LETTERS) else 0


def _is_near(above: Line, below: Line) -> bool:
    return below[0].top - above[0].bottom <= APART * (above[0].bottom - above[0].top)


def _cells(line: Line) -> list[Stripe]:
    """Return from where to where the cells of a line reach: pieces with a narrow gap between them are one cell."""
    found: list[Stripe] = []
    for piece in sorted(line, key=lambda each: each.start):
        if found and piece.start - found[-1][1] <= CELL * piece.em:
            found[-1] = (found[-1][0], max(found[-1][1], piece.end))
        else:
            found.append((piece.start, piece.end))
    return found


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
    stripes = columns(rows)
    if len(stripes) < 2:
        return False
    if any(_are_numbers(rows, stripe) for stripe in stripes):
        return len(rows) >= FEW
    widths = [end - start for start, end in stripes]
    return len(rows) >= MANY and max(widths) > UNEQUAL * min(widths)


def _are_numbers(rows: Sequence[Line], stripe: Stripe) -> bool:
    inside = [piece for line in rows for piece in line if stripe[0] <= piece.start and piece.end <= stripe[1]]
    number = sum(numbers(piece) > 0 for piece in inside)
    return number >= FEW and 2 * number >= len(inside)


def _text(pieces: Sequence[Piece]) -> set[int]:
    """Return which pieces are lines of a column of text: wide ones as long as the next one, and the end of such a run.

    They are told by their identity.
    """
    ordered = sorted((piece for piece in pieces if not numbers(piece)), key=lambda piece: piece.top)
    found: set[int] = set()
    for at, piece in enumerate(ordered):
        for below in ordered[at + 1 : at + 1 + NEXT]:
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


def columns(lines: Sequence[Line]) -> list[Stripe]:
    """Return the columns of a table; a line or two may have a piece that reaches over several, such as a heading."""
    most = max(1, len(lines) // 10) if len(lines) >= SEVERAL_LINES else 0
    pieces = [piece for line in lines for piece in line]
    found: list[Stripe] = []
    number = 0
    for at, change in sorted([(piece.start, 1) for piece in pieces] + [(piece.end, -1) for piece in pieces]):
        before, number = number, number + change
        if before == most < number:
            found.append((at, at))
        elif number == most < before:
            found[-1] = (found[-1][0], at)
    for piece in pieces:
        if len(_crossed(piece, found)) < 2:
            found = stripes_of([piece], found)
    return found


def parted(line: Line, stripes: Sequence[Stripe]) -> Line:
    """Return a line of a table with its pieces parted between words that stand in different columns."""
    return [part for piece in line for part in piece.parted(_edges(piece, stripes))]


def _edges(piece: Piece, stripes: Sequence[Stripe]) -> list[float]:
    """Return where the columns end that a piece reaches over, as far as one of its spaces lies there."""
    crossed = _crossed(piece, stripes)
    spaces = piece.spaces() if len(crossed) > 1 else []
    found = []
    for (_start, end), (start, _end) in pairwise(crossed):
        inside = [(max(end, left), min(start, right)) for left, right in spaces if left < start and right > end]
        found += [(left + right) / 2 for left, right in inside[:1]]
    return found


def _crossed(piece: Piece, stripes: Sequence[Stripe]) -> list[Stripe]:
    return [stripe for stripe in stripes if piece.start < stripe[1] - 1 and piece.end > stripe[0] + 1]


def stripes_of(line: Line, known: Sequence[Stripe] = ()) -> list[Stripe]:
    """Return the stripes that have text in a line or above; those with hardly a gap between them are one."""
    narrowest = STRIPE * min(piece.em for piece in line)
    found: list[Stripe] = []
    for start, end in sorted([*known, *((piece.start, piece.end) for piece in line)]):
        if found and start - found[-1][1] < narrowest:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
