"""Find the columns of text on a page of a PDF: pieces of lines that share an empty stripe, which none of them crosses.

Pieces are tried as the first of a group one after another. A page of loose pieces in dozens of columns has hundreds of
such groups, which end at the same piece: what is found out of the same pieces is found out once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from sources.formats.files import pdf_tables
from sources.formats.files.pdf_lines import Piece, rows_of

FAR = 40  # pieces in which a stripe must be seen
GUTTER = 0.6  # of the size of letters: the narrowest stripe between columns
NARROW = 8.0  # times the size of letters: a narrower column is one of numbers or bullets
FEW_ROWS, WIDE = 3, 14.0  # a column has three rows, or is so wide (in sizes of letters) that one is a line of text

Places = tuple[int, ...]  # of pieces among those of the page, from top to bottom


@dataclass(slots=True)
class _Stripe:
    """A part of the width of a page that has text, with the places of the pieces in it."""

    start: float
    end: float
    places: Places

    def with_next(self, other: _Stripe) -> _Stripe:
        """Return it and the next one as one."""
        return _Stripe(self.start, other.end, tuple(sorted(self.places + other.places)))


class _Covered:
    """The stripes that have text, from left to right; those with less than a gutter between them are one."""

    def __init__(self, gutter: float) -> None:
        self.gutter = gutter
        self.starts: list[float] = []
        self.ends: list[float] = []

    def __len__(self) -> int:
        return len(self.starts)

    def has(self, piece: Piece) -> bool:
        """Return whether a piece lies within a stripe."""
        at = bisect_right(self.starts, piece.start) - 1
        return at >= 0 and piece.end <= self.ends[at]

    def joins(self, piece: Piece) -> tuple[int, int]:
        """Return from which to which stripe a piece makes one."""
        return bisect_right(self.ends, piece.start - self.gutter), bisect_left(self.starts, piece.end + self.gutter)

    def add(self, piece: Piece, first: int, last: int) -> None:
        """Add a piece that joins these stripes."""
        start, end = piece.start, piece.end
        if first < last:
            start, end = min(start, self.starts[first]), max(end, self.ends[last - 1])
        self.starts[first:last], self.ends[first:last] = [start], [end]

    def stripes(self, pieces: Sequence[Piece], places: Sequence[int]) -> list[_Stripe]:
        """Return the stripes with the pieces in each, which are those at these places."""
        inside: list[list[int]] = [[] for _start in self.starts]
        for place in places:
            inside[bisect_right(self.starts, pieces[place].start) - 1].append(place)
        edges = zip(self.starts, self.ends, strict=True)
        return [_Stripe(start, end, tuple(held)) for (start, end), held in zip(edges, inside, strict=True)]


class _Page:
    """The pieces of a page from top to bottom, and what is known of the groups that they make."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = sorted(pieces, key=lambda piece: piece.top)
        self.sizes = [piece.em for piece in self.pieces]
        self.gutter = GUTTER * median(self.sizes) if pieces else 0.0
        self._groups: dict[int, tuple[int, list[list[Piece]]]] = {}
        self._cells: dict[Places, bool] = {}
        self._rows: dict[Places, tuple[int, float]] = {}

    def group(self, first: int) -> tuple[int, list[list[Piece]]]:
        """Return how many pieces from one on share an empty stripe, and their columns; none where they share none."""
        if first not in self._groups:
            self._groups[first] = self._group(first) if first < len(self.pieces) else (0, [])
        return self._groups[first]

    def _group(self, first: int) -> tuple[int, list[list[Piece]]]:
        covered = _Covered(self.gutter)
        had_stripe = False
        number = 0
        for place in range(first, len(self.pieces)):
            if not covered.has(self.pieces[place]):
                joined = covered.joins(self.pieces[place])
                if had_stripe and joined == (0, len(covered)):
                    break
                covered.add(self.pieces[place], *joined)
                had_stripe = had_stripe or len(covered) > 1
            number += 1
            if not had_stripe and number > FAR + 1:
                return 1, []
        return (number, self._columns(range(first, first + number), covered)) if had_stripe else (1, [])

    def _columns(self, places: Sequence[int], covered: _Covered) -> list[list[Piece]]:
        """Return the pieces by column, from left to right; nothing where these are cells of a table."""
        em = median(self.sizes[places[0] : places[-1] + 1])
        wide: list[_Stripe] = []
        for stripe in self._without_tables(covered.stripes(self.pieces, places)):
            is_narrow = stripe.end - stripe.start < NARROW * em
            if wide and (
                wide[-1].end - wide[-1].start < NARROW * em or (is_narrow and stripe.start - wide[-1].end < 2 * em)
            ):
                wide[-1] = wide[-1].with_next(stripe)
            else:
                wide.append(stripe)
        if len(wide) < 2 or not all(self._is_column(stripe.places, em) for stripe in wide):
            return []
        return [[self.pieces[place] for place in stripe.places] for stripe in wide]

    def _without_tables(self, stripes: Sequence[_Stripe]) -> list[_Stripe]:
        """Return stripes with those as one that are the cells of one table, beside a column of text."""
        found: list[_Stripe] = []
        for stripe in stripes:
            joint = found[-1].with_next(stripe) if found else stripe
            if found and self._are_cells(joint.places):
                found[-1] = joint
            else:
                found.append(stripe)
        return found

    def _are_cells(self, places: Places) -> bool:
        if places not in self._cells:
            self._cells[places] = pdf_tables.are_cells([self.pieces[place] for place in places])
        return self._cells[places]

    def _is_column(self, places: Places, em: float) -> bool:
        if places not in self._rows:
            rows = rows_of([self.pieces[place] for place in places], from_right=False)
            self._rows[places] = (len(rows), median(row.end - row.start for row in rows))
        number, width = self._rows[places]
        return width >= NARROW * em and (number >= FEW_ROWS or width >= WIDE * em)


def columns_of(pieces: Sequence[Piece], *, from_right: bool) -> Iterator[list[Piece]]:
    """Yield the pieces of each column, in the order in which they are read, and what is as wide as the page."""
    page = _Page(pieces)
    single: list[Piece] = []
    at = 0
    while at < len(page.pieces):
        number, columns = page.group(at)
        if not columns or page.group(at + 1)[0] > 2 * number:  # a running head over the next columns
            single.append(page.pieces[at])
            at += 1
            continue
        if single:
            yield single
            single = []
        yield from reversed(columns) if from_right else columns
        at += number
    if single:
        yield single
