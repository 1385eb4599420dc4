"""Put the characters on a page of a PDF together to pieces of lines, and pieces to rows, whichever way they are turned.

Each piece has its place as its reader holds the page: ``start`` and ``end`` from left to right, ``top`` and ``bottom``
from top to bottom.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sources.formats.files import drawn_order
from sources.formats.files.glyph import Box, Glyph

GAP = 1.3  # of the height of letters: a wider gap ends a piece of a line
CELL = 2.2  # of the height of letters: a gap this wide is one between cells of a table
WORD = 0.13  # of the height of letters: a narrower gap in a line from the right is none between words
EVEN = 1.3  # times: gaps that differ less are those of a line that is spread
SLIP = 0.3  # points: a mark does not reach farther to the right than its letter
FAR_AWAY = 1_000.0
LINE_END = "\v"  # in the text of a row of cells: where a cell goes on in its next line
JUMP = 0.6  # of the height of a line, up or down: another line
SHIFT = 0.3  # of that height: another line too, where pdfium sees a line end and the place is another one
OVERLAP = 0.5  # of the height of the smaller one: both stand in one row
EM = 0.75  # of the height of a line, about the height of its letters


@dataclass(slots=True)
class Piece:
    """A run of characters in one line, in logical order, with the box of each on the page."""

    text: str
    boxes: list[Box]
    start: float
    end: float
    top: float
    bottom: float
    turn: int = 0  # the quarter turn of its boxes

    @property
    def em(self) -> float:
        """Return about the size of its letters."""
        return max(1.0, (self.bottom - self.top) * EM)

    def parted(self, edges: Sequence[float]) -> list[Piece]:
        """Return it as several pieces, where upright lines pass between its characters; whole where it has no boxes."""
        if not self.boxes:
            return [self]
        runs: dict[int, list[int]] = {}
        for at, box in enumerate(self.boxes):
            start, _top, end, _bottom = placed(self.turn, box)
            runs.setdefault(sum(edge < (start + end) / 2 for edge in edges), []).append(at)
        return [part for run in runs.values() if (part := self._part(run))]

    def spaces(self) -> list[tuple[float, float]]:
        """Return from where to where the spaces between its words reach; none where it has no boxes."""
        found = []
        for at, letter in enumerate(self.text[1:-1] if self.boxes else "", start=1):
            if letter.isspace():
                before, after = (placed(self.turn, self.boxes[beside]) for beside in (at - 1, at + 1))
                found.append((min(before[2], after[2]), max(before[0], after[0])))
        return found

    def _part(self, run: Sequence[int]) -> Piece | None:
        solid = [at for at in run if not self.text[at].isspace()]
        if not solid:
            return None
        kept = [at for at in run if solid[0] <= at <= solid[-1]]
        places = [placed(self.turn, self.boxes[at]) for at in solid]
        start, end = min(place[0] for place in places), max(place[2] for place in places)
        text, boxes = "".join(self.text[at] for at in kept), [self.boxes[at] for at in kept]
        return Piece(text, boxes, start, end, self.top, self.bottom, self.turn)


@dataclass(slots=True)
class Row:
    """The pieces that stand in one line of a column, in the order in which they are read."""

    pieces: list[Piece]
    start: float
    end: float
    top: float
    bottom: float
    text: str
    is_cells: bool

    @property
    def em(self) -> float:
        """Return about the size of its letters."""
        return max(1.0, (self.bottom - self.top) * EM)

    def parts(self) -> Iterable[list[tuple[str, Box]]]:
        """Yield each character with its box: those of a line of text together, those of each line of a cell apart."""
        parts = [list(zip(piece.text, piece.boxes, strict=True)) for piece in self.pieces]
        yield from parts if self.is_cells else [[letter for part in parts for letter in part]]


def pieces_of(glyphs: Sequence[Glyph]) -> dict[int | None, list[Piece]]:
    """Return the pieces of lines on a page by their quarter turn; None has what slants, in the order of drawing."""
    found: dict[int | None, list[Piece]] = {}
    run: list[Glyph] = []
    is_broken = False
    for glyph in glyphs:
        if glyph.text == "\n":
            is_broken = True
            continue
        if run and not glyph.is_generated and _ends(run, glyph, is_broken=is_broken):
            _add(found, run)
            run = []
        is_broken = is_broken and glyph.is_generated
        if run or not glyph.is_generated:
            run.append(glyph)
    _add(found, run)
    return found


def rows_of(pieces: Sequence[Piece], *, from_right: bool, is_table: bool = False) -> list[Row]:
    """Return pieces of one column as rows, from top to bottom; pieces that overlap in height stand in one row.

    Where they are a table, each row is one of cells, also where it has one cell or its gaps are even or narrow.
    """
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: (each.top + each.bottom, each.start)):
        if found and _is_beside(found[-1], piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [row_of(sorted(each, key=lambda one: one.start, reverse=from_right), is_table=is_table) for each in found]


def placed(turn: int, box: Box) -> Box:
    """Return start, top, end and bottom of a box as a reader sees it who holds text that is turned this way upright."""
    left, bottom, right, top = box
    if turn == 0:
        return left, -top, right, -bottom
    if turn == 1:
        return bottom, left, top, right
    if turn == 2:
        return -right, bottom, -left, top
    return -top, -right, -bottom, -left


def _ends(run: Sequence[Glyph], glyph: Glyph, *, is_broken: bool) -> bool:
    """Return whether a glyph begins another piece: below, above, turned otherwise, or where pdfium sees a line end.

    In lines from the right pdfium sees line ends that are none, such as between a letter and its mark.
    """
    last = next((each for each in reversed(run) if not each.is_generated and each.top > each.bottom), glyph)
    if glyph.text.isspace() and glyph.top <= glyph.bottom:
        return False  # it is drawn nowhere
    if glyph.turn != last.turn or (is_broken and not drawn_order.runs_from_right([glyph, *run])):
        return True
    if glyph.turn is None:
        return False
    before, after = placed(glyph.turn, _box(last)), placed(glyph.turn, _box(glyph))
    height = max(before[3] - before[1], after[3] - after[1], 1.0)
    most = SHIFT if is_broken and abs(after[0] - before[0]) > 2 * height else JUMP
    return abs((before[1] + before[3]) - (after[1] + after[3])) > 2 * most * height


def _add(found: dict[int | None, list[Piece]], run: list[Glyph]) -> None:
    drawn = [glyph for glyph in run if not glyph.is_generated]
    if not any(not glyph.text.isspace() for glyph in drawn):
        return
    turn = drawn[0].turn
    for part in _apart(run, turn):
        found.setdefault(turn, []).append(part)


def _apart(run: list[Glyph], turn: int | None) -> Iterable[Piece]:
    """Yield a run as one piece, or as several where gaps in it are as wide as one between columns."""
    from_right = drawn_order.runs_from_right(run)
    part: list[Glyph] = []
    solid: Glyph | None = None
    for glyph in _by_place(run, turn or 0) if from_right else run:
        if solid is not None and not glyph.text.isspace() and _is_far(solid, glyph, turn):
            yield from _piece(part, turn)
            part = []
        part.append(glyph)
        solid = solid if glyph.text.isspace() else glyph
    yield from _piece(part, turn)


def _is_far(last: Glyph, glyph: Glyph, turn: int | None) -> bool:
    before, after = placed(turn or 0, _box(last)), placed(turn or 0, _box(glyph))
    em = max(before[3] - before[1], after[3] - after[1], 1.0) * EM
    return max(after[0] - before[2], before[0] - after[2]) > GAP * em


def _piece(run: list[Glyph], turn: int | None) -> Iterable[Piece]:
    if drawn_order.runs_from_right(run):
        text = "".join(glyph.text for glyph in run)
        run = drawn_order.logical(run, from_right=drawn_order.is_mostly_from_right(text))
    text, boxes = _spelled(run)
    solid = [box for letter, box in zip(text, boxes, strict=True) if not letter.isspace()]
    if not solid:
        return
    places = [placed(turn or 0, box) for box in solid]
    height = median(place[3] - place[1] for place in places)
    middle = median(place[1] + place[3] for place in places) / 2
    yield Piece(
        text,
        boxes,
        min(place[0] for place in places),
        max(place[2] for place in places),
        middle - height / 2,
        middle + height / 2,
        turn or 0,
    )


def _spelled(run: Sequence[Glyph]) -> tuple[str, list[Box]]:
    """Return the text of a run without spaces around it and double ones in it, and the box of each character."""
    letters: list[str] = []
    boxes: list[Box] = []
    for glyph in run:
        for letter in drawn_order.base_letters(glyph.text):
            is_space = letter.isspace()
            if is_space and (not letters or letters[-1] == " "):
                continue
            letters.append(" " if is_space else letter)
            boxes.append(_box(glyph))
    if letters and letters[-1] == " ":
        letters.pop(), boxes.pop()
    return "".join(letters), boxes


def _by_place(run: Sequence[Glyph], turn: int) -> list[Glyph]:
    """Return a run with letters from the right as it is drawn, from the left, with the spaces that its gaps make."""
    drawn = _marked(_joined([glyph for glyph in run if not glyph.text.isspace()]), turn)
    spaced: list[Glyph] = []
    spaces = [placed(turn, _box(glyph)) for glyph in run if glyph.text.isspace() and glyph.right > glyph.left]
    for glyph in _from_left(drawn, turn):
        if spaced and _is_word_apart(spaced[-1], glyph, turn, spaces):
            spaced.append(glyph._replace(text=" "))
        spaced.append(glyph)
    return spaced


def _is_word_apart(last: Glyph, glyph: Glyph, turn: int, spaces: Sequence[Box]) -> bool:
    before, after = placed(turn, _box(last)), placed(turn, _box(glyph))
    if after[0] - before[2] > WORD * max(before[3] - before[1], 1.0) * EM:
        return True
    return any(before[2] - 1 <= (space[0] + space[2]) / 2 <= after[0] + 1 for space in spaces)


def _joined(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return glyphs with those at one place as one: a ligature, of which pdfium gives the letters from the right."""
    found: list[Glyph] = []
    for glyph in glyphs:
        last = found[-1] if found else None
        if last is not None and _box(last) == _box(glyph) and glyph.right > glyph.left:
            is_right = drawn_order.kind_of(glyph.text) != drawn_order.LEFT
            found[-1] = last._replace(text=glyph.text + last.text if is_right else last.text + glyph.text)
        else:
            found.append(glyph)
    return found


def _marked(glyphs: Sequence[Glyph], turn: int) -> list[Glyph]:
    """Return glyphs with the marks of vowels behind the letter above or below which they are drawn."""
    letters = [glyph for glyph in glyphs if drawn_order.kind_of(glyph.text) != drawn_order.MARK]
    places = [placed(turn, _box(glyph)) for glyph in letters]
    marks = [glyph for glyph in glyphs if drawn_order.kind_of(glyph.text) == drawn_order.MARK]
    if not letters:
        return list(glyphs)
    for mark in marks:
        place = placed(turn, _box(mark))
        at = min(range(len(letters)), key=lambda each: _away(places[each], place))
        letters[at] = letters[at]._replace(text=unicodedata.normalize("NFC", letters[at].text + mark.text))
    return letters


def _from_left(drawn: Sequence[Glyph], turn: int) -> list[Glyph]:
    """Return letters from left to right. Arabic ones that reach over one another stay in the order of pdfium."""
    places = [placed(turn, _box(glyph)) for glyph in drawn]
    order = sorted(range(len(drawn)), key=lambda at: places[at][2])
    for at in range(len(order) - 1):
        one, other = order[at], order[at + 1]
        are_both = all(drawn_order.kind_of(drawn[each].text) == drawn_order.RIGHT for each in (one, other))
        if other == one + 1 and are_both and places[one][2] > places[other][0]:
            order[at], order[at + 1] = other, one
    return [drawn[at] for at in order]


def _away(letter: Box, mark: Box) -> float:
    """Return how far the right end of a mark is from that of a letter; much, where the mark does not lie over it."""
    is_over = min(letter[2], mark[2]) - max(letter[0], mark[0]) > -1.0
    within = letter[2] - mark[2]
    return within if is_over and within > -SLIP else FAR_AWAY + abs(within)


def _is_beside(row: Sequence[Piece], piece: Piece) -> bool:
    top, bottom = min(each.top for each in row), max(each.bottom for each in row)
    shared = min(bottom, piece.bottom) - max(top, piece.top)
    smaller = min(each.bottom - each.top for each in [piece, *row])
    if shared < OVERLAP * max(smaller, 0.1):
        return False
    return all(piece.start >= each.end - each.em or piece.end <= each.start + each.em for each in row)


def row_of(pieces: list[Piece], *, is_table: bool) -> Row:
    """Return pieces of one line as a row, in the order in which they are given."""
    pairs = list(pairwise(pieces))
    gaps = [max(piece.start - last.end, last.start - piece.end) / max(last.em, piece.em) for last, piece in pairs]
    is_cells = is_table or (any(gap > CELL for gap in gaps) and not _is_spread(pieces, gaps))
    words = [pieces[0].text]
    for piece, gap in zip(pieces[1:], gaps, strict=True):
        words += ["\t" if gap > (GAP if is_table else CELL) and is_cells else " " if gap > WORD else "", piece.text]
    largest = max(pieces, key=lambda each: len(each.text))
    start, end = min(each.start for each in pieces), max(each.end for each in pieces)
    return Row(pieces, start, end, largest.top, largest.bottom, "".join(words), is_cells)


def _is_spread(pieces: Sequence[Piece], gaps: Sequence[float]) -> bool:
    """Return whether the words of a line are spread evenly over its width, as programs do to fill a column."""
    return all(" " not in piece.text for piece in pieces) and max(gaps) < EVEN * min(gaps)


def _box(glyph: Glyph) -> Box:
    return glyph.left, glyph.bottom, glyph.right, glyph.top
