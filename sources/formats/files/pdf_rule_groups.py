"""Find which lying rules on a page of a PDF are of one table: an upright rule meets them, or they are equally wide.

Pages with thousands of rules, such as forms with many boxes to tick, take little more time than others: only rules that
cross are compared, or that begin and end at the same places.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from sources.formats.files.pdf_lines import Piece
from sources.formats.files.pdf_rules import SAME, DrawnLine, DrawnLines

MOST_CROSSINGS = 100_000  # on a page; one with more is squared paper or a drawing
EQUAL = 2 * SAME  # points: rules whose ends differ less are equally wide
WIDE, TEXT = 0.6, 2  # of the width of a table; lines so wide between two rules are text
BESIDE = (-1, 0, 1)


def groups_of(pieces: Sequence[Piece], rules: DrawnLines) -> list[list[DrawnLine]]:
    """Return the lying rules of each table, from top to bottom; none where the page is a drawing."""
    groups = _Groups(pieces, sorted(rules.lying, key=lambda rule: rule.at))
    met: dict[int, int] = {}  # the first lying rule that each upright one meets
    crossings = 0
    for number, crossing in enumerate(_crossing(groups.rules, rules.upright)):
        crossings += len(crossing)
        if crossings > MOST_CROSSINGS:
            return []
        above = {groups.first_of(met.setdefault(upright, number)) for upright in crossing}
        groups.add(number, above)
    return groups.all()


class _Groups:
    """Groups of rules that grow from top to bottom: each is told by the number of one of its rules."""

    def __init__(self, pieces: Sequence[Piece], rules: Sequence[DrawnLine]) -> None:
        self.rules = rules
        self._words = sorted(pieces, key=lambda piece: piece.top)
        self._tops = [piece.top for piece in self._words]
        self._above = list(range(len(rules)))  # another rule of the same group, or itself
        self._last = list(range(len(rules)))  # the lowest rule of the group that this one tells
        self._by_ends: defaultdict[tuple[int, int], list[int]] = defaultdict(list)

    def first_of(self, number: int) -> int:
        """Return the rule that tells the group of a rule."""
        while self._above[number] != number:
            self._above[number] = number = self._above[self._above[number]]
        return number

    def add(self, number: int, met: set[int]) -> None:
        """Add a rule to the groups that upright rules join it to, and to those above it that are equally wide."""
        rule = self.rules[number]
        for group in met | {self.first_of(other) for other in self._equal(number)}:
            self._above[group] = number
        self._last[number] = number
        self._by_ends[_ends(rule)].append(number)

    def all(self) -> list[list[DrawnLine]]:
        """Return the rules of each group."""
        found: defaultdict[int, list[DrawnLine]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            found[self.first_of(number)].append(rule)
        return list(found.values())

    def _equal(self, number: int) -> list[int]:
        """Return the lowest rules of groups that are as wide as a rule, with nothing that parts them.

        Those that something parts from it are forgotten: it parts them from all rules farther down too.
        """
        found: list[int] = []
        rule = self.rules[number]
        start, end = _ends(rule)
        for key in [(start + left, end + right) for left in BESIDE for right in BESIDE]:
            kept = []
            for other in self._by_ends.get(key, ()):
                above = self.rules[other]
                if self._last[self.first_of(other)] != other:
                    continue
                if abs(rule.start - above.start) > EQUAL or abs(rule.end - above.end) > EQUAL:
                    kept.append(other)
                elif not self._has_text(above, rule) and not self._has_wider(other, number):
                    found.append(other)
            if key in self._by_ends:
                self._by_ends[key] = kept
        return found

    def _has_text(self, above: DrawnLine, rule: DrawnLine) -> bool:
        """Return whether a column of text stands between two rules."""
        wide, bottom = WIDE * (rule.end - rule.start), rule.at + SAME
        between = self._words[bisect_right(self._tops, above.at) : bisect_left(self._tops, bottom)]
        lines = [piece for piece in between if piece.bottom < bottom]
        return sum(min(piece.end, rule.end) - max(piece.start, rule.start) > wide for piece in lines) >= TEXT

    def _has_wider(self, above: int, number: int) -> bool:
        """Return whether a wider rule passes between two rules: they are of two tables in the cells of a third one."""
        start, end = self.rules[number].start - EQUAL, self.rules[number].end + EQUAL
        return any(rule.start < start and rule.end > end for rule in self.rules[above + 1 : number])


def _ends(rule: DrawnLine) -> tuple[int, int]:
    return int(rule.start // EQUAL), int(rule.end // EQUAL)


def _crossing(lying: Sequence[DrawnLine], upright: Sequence[DrawnLine]) -> Iterator[list[int]]:
    """Yield, for each lying rule from top to bottom, the numbers of the upright ones that meet it."""
    coming = sorted(range(len(upright)), key=lambda number: upright[number].start, reverse=True)
    standing: list[tuple[float, int]] = []  # those beside the place that is reached, from left to right
    ends: list[tuple[float, int]] = []
    for rule in lying:
        while coming and upright[coming[-1]].start - SAME <= rule.at:
            number = coming.pop()
            insort(standing, (upright[number].at, number))
            heappush(ends, (upright[number].end, number))
        while ends and ends[0][0] + SAME < rule.at:
            _end, number = heappop(ends)
            del standing[bisect_left(standing, (upright[number].at, number))]
        first = bisect_left(standing, (rule.start - SAME, -1))
        last = bisect_right(standing, (rule.end + SAME, len(upright)))
        yield [number for _at, number in standing[first:last]]
