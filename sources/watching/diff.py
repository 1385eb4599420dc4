"""Compare two readings of a page, sentence by sentence, and tell the significant changes from the others."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Literal

from sources.language.sentences import Span, split
from sources.watching import significance

Kind = Literal["added", "removed", "changed", "moved"]
Place = Literal["text", "headline", "byline", "date"]

ALIKE = 0.5  # Dice's coefficient of the words of two sentences, from which one is a version of the other
ALIKE_ELSEWHERE = 0.7  # the same, for sentences at different places
MOST_SENTENCES = 4_000  # only a book has more; after that we tell only which sentences were added or removed
MOST_PAIRS = 40_000  # pairs of sentences that we compare in a rewritten part


@dataclass(frozen=True)
class Version:
    """The parts of a reading that we compare. ``published`` is the date with the precision that the page gives."""

    text: str
    title: str = ""
    byline: str = ""
    published: str = ""


@dataclass(frozen=True)
class SentenceEdit:
    """One change. A span is None outside the text, and on a side that has no such sentence."""

    kind: Kind
    old: str
    new: str
    flags: frozenset[str] = frozenset()
    numbers: tuple[tuple[str, str], ...] = ()
    is_boring: bool = False
    place: Place = "text"
    before: Span | None = None
    after: Span | None = None


@dataclass(frozen=True)
class DiffPiece:
    """A run of words; ``changed`` if the other side does not have it."""

    text: str
    changed: bool


@dataclass(frozen=True)
class _Side:
    """The sentences of one version, with their places in the text."""

    spans: list[Span]
    texts: list[str]

    def words(self, at: int) -> list[str]:
        return self.texts[at].casefold().split()

    def around(self, at: int) -> tuple[str, str]:
        """Return the sentences before and after one; empty at the ends."""
        before, after = self.texts[at - 1] if at else "", self.texts[at + 1 : at + 2]
        return before, "".join(after)


def between(before: Version, after: Version, language: str) -> list[SentenceEdit]:
    """Return the changes from one version to the next: headline, byline and date, then the text in its order.

    Changes of white space, punctuation, a dateline or the time of an update are boring. Changes of numbers, names,
    negations, attributions, dates and headlines never are.
    """
    found = [
        _elsewhere("headline", before.title, after.title, language),
        _elsewhere("byline", before.byline, after.byline, language),
        _elsewhere("date", before.published, after.published, language),
    ]
    return [edit for edit in found if edit] + edits(before.text, after.text, language)


def edits(before: str, after: str, language: str) -> list[SentenceEdit]:
    """Return the changes from one text to another, sentence by sentence, in the order of the page."""
    old, new = _side(before, language), _side(after, language)
    gone, come, pairs = _aligned(old, new)
    pairs += _pairs(old, new, gone, come, ALIKE_ELSEWHERE)
    found = [_pair(old, new, i, j, language) for i, j in pairs]
    running = _running(old, new, gone, come)
    found += [_single("removed", old, i, language, running=i in running[0]) for i in gone]
    found += [_single("added", new, j, language, running=j in running[1]) for j in come]
    return sorted(found, key=lambda edit: ((edit.after or edit.before or Span(0, 0)).start, edit.kind))


def words(old: str, new: str) -> tuple[list[DiffPiece], list[DiffPiece]]:
    """Return two sentences as pieces, and mark the pieces that the other sentence does not have."""
    ours, theirs = _tokens(old), _tokens(new)
    left: list[DiffPiece] = []
    right: list[DiffPiece] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if i2 > i1:
            left.append(DiffPiece("".join(ours[i1:i2]), kind != "equal"))
        if j2 > j1:
            right.append(DiffPiece("".join(theirs[j1:j2]), kind != "equal"))
    return _joined(left), _joined(right)


def alike(one: str, other: str) -> float:
    """Return the share of words that two sentences have in common, 0..1 (Dice's coefficient)."""
    return _dice(one.casefold().split(), other.casefold().split())


def _side(text: str, language: str) -> _Side:
    spans = split(text, language)
    return _Side(spans, [" ".join(text[start:end].split()) for start, end in spans])


def _aligned(old: _Side, new: _Side) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Return the sentences of one side only (old, then new), and the pairs of sentences that changed or moved."""
    most = MOST_SENTENCES
    gone, come = list(range(most, len(old.texts))), list(range(most, len(new.texts)))
    pairs: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, old.texts[:most], new.texts[:most], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        left, right = list(range(i1, i2)), list(range(j1, j2))
        pairs += _pairs(old, new, left, right, ALIKE)
        gone, come = gone + left, come + right
    moved = _moved(old, new, gone, come)
    return gone, come, pairs + moved


def _moved(old: _Side, new: _Side, gone: list[int], come: list[int]) -> list[tuple[int, int]]:
    """Take identical sentences out of both lists, and return them as pairs."""
    places: dict[str, list[int]] = {}
    for j in come:
        places.setdefault(new.texts[j], []).append(j)
    pairs = [(i, places[old.texts[i]].pop(0)) for i in gone if places.get(old.texts[i])]
    _take(gone, come, pairs)
    return pairs


def _pairs(old: _Side, new: _Side, gone: list[int], come: list[int], least: float) -> list[tuple[int, int]]:
    """Take versions of the same sentence out of both lists, the most similar first, and return them as pairs."""
    if len(gone) * len(come) > MOST_PAIRS:
        return []
    left, right = {i: old.words(i) for i in gone}, {j: new.words(j) for j in come}
    alike = [(_dice(left[i], right[j]), -abs(i - j), i, j) for i in gone for j in come]
    pairs: dict[int, int] = {}
    for score, _near, i, j in sorted(alike, reverse=True):
        if score < least:
            break
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    _take(gone, come, list(pairs.items()))
    return sorted(pairs.items())


def _take(gone: list[int], come: list[int], pairs: list[tuple[int, int]]) -> None:
    taken, given = {i for i, _j in pairs}, {j for _i, j in pairs}
    gone[:] = [i for i in gone if i not in taken]
    come[:] = [j for j in come if j not in given]


def _dice(some: Sequence[str], others: Sequence[str]) -> float:
    rest, common = list(others), 0
    for word in some:
        if word in rest:
            rest.remove(word)
            common += 1
    return 2 * common / ((len(some) + len(others)) or 1)


def _pair(old: _Side, new: _Side, i: int, j: int, language: str) -> SentenceEdit:
    before, after = old.texts[i], new.texts[j]
    edit = SentenceEdit("changed", before, after, before=old.spans[i], after=new.spans[j])
    if before == after:
        return replace(edit, kind="moved")
    if significance.is_typesetting(before, after):
        return replace(edit, is_boring=True)
    found = significance.difference(before, after, language)
    return replace(edit, flags=found.flags, numbers=found.numbers)


def _running(old: _Side, new: _Side, gone: list[int], come: list[int]) -> tuple[set[int], set[int]]:
    """Return the lines of both sides that stand where the other says how long ago it was: "Just now" is such a line."""
    places = {new.around(j): j for j in come}
    pairs = [(i, places[old.around(i)]) for i in gone if old.around(i) in places]
    met = [(i, j) for i, j in pairs if significance.runs_on(old.texts[i], new.texts[j])]
    return {i for i, _j in met}, {j for _i, j in met}


def _single(kind: Literal["added", "removed"], side: _Side, at: int, language: str, *, running: bool) -> SentenceEdit:
    text, span, is_old = side.texts[at], side.spans[at], kind == "removed"
    boring = running or not significance.bare(text)
    return SentenceEdit(
        kind,
        old=text if is_old else "",
        new="" if is_old else text,
        flags=frozenset() if boring else significance.flags_of(text, language),
        is_boring=boring,
        before=span if is_old else None,
        after=None if is_old else span,
    )


def _elsewhere(place: Literal["headline", "byline", "date"], old: str, new: str, language: str) -> SentenceEdit | None:
    """Return the change of a headline, byline or date, or None if a side does not have one."""
    if old == new or not old or not new:
        return None
    if place == "byline" and significance.is_typesetting(old, new):
        return SentenceEdit("changed", old, new, is_boring=True, place=place)
    own = {"headline": "headline", "byline": "attribution", "date": "date"}[place]
    if place == "date":
        return SentenceEdit("changed", old, new, frozenset({own}), place=place)
    found = significance.difference(old, new, language)
    return SentenceEdit("changed", old, new, found.flags | {own}, found.numbers, place=place)


def _tokens(text: str) -> list[str]:
    """Return the words of a text and the characters between them; together they are the text."""
    cuts = [0, *(at for at in range(1, len(text)) if _in_word(text[at]) != _in_word(text[at - 1])), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if end > start]


def _in_word(character: str) -> bool:
    """Return whether a character is part of a word. Vowel signs, as in Arabic, are no letters but belong to words."""
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _joined(pieces: list[DiffPiece]) -> list[DiffPiece]:
    """Return the pieces, with changed words in a row and the white space between them as one piece."""
    marks = [piece.changed for piece in pieces]
    for at in range(1, len(pieces) - 1):
        marks[at] = marks[at] or (pieces[at].text.isspace() and pieces[at - 1].changed and pieces[at + 1].changed)
    runs = groupby(zip(pieces, marks, strict=True), key=lambda pair: pair[1])
    return [DiffPiece("".join(piece.text for piece, _mark in run), changed) for changed, run in runs]
