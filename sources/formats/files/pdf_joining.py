"""From the lines on the pages of a PDF to its text: without running heads, with words whole that a line end had cut.

A paragraph that goes on in the next column or on the next page is one. What stands again and again at the head or foot
of pages, and page numbers, stay out, so that they do not come into the middle of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sources.formats.files import drawn_order
from sources.formats.files.pdf_layout import END, Paragraph
from sources.formats.files.pdf_lines import LINE_END

EDGE = 0.13  # of the height of a page, at its head and at its foot
RANK = 2  # rows from the head or the foot: a running head has two lines at most
OFTEN = 3  # pages on which a running head stands
SAME_PLACE = 6.0  # points
LONGEST_HEAD = 160  # characters
SAME_SIZE = 0.1  # a paragraph goes on in letters of the same size

LONG = 4  # letters: words that stand alone elsewhere are the two halves of a compound

HYPHENS = "-\u2010\u00ad"
CUT = re.compile(rf"([^\W\d_]+)[{HYPHENS}]$")
DIGITS = re.compile(r"\d+")
ROMAN = re.compile(r"[ivxlcdm]+", re.IGNORECASE)
WORD = re.compile(rf"[^\W\d_]+(?:[{HYPHENS}’'][^\W\d_]+)*")
# Beginnings and ends of words with a hyphen of their own, in English and French.
KEPT_BEFORE = {"self", "non", "vice", "well", "half", "peut", "celui", "celle", "ceux", "celles"}
_AFTER = "il elle ils elles on je tu nous vous moi toi lui leur ce là ci même mêmes être dire t y en"
KEPT_AFTER = frozenset(_AFTER.split())


@dataclass(frozen=True, slots=True)
class TextLine:
    """A row as text, and where it stands: ``edge`` is its distance from the head (or below 0, from the foot)."""

    text: str
    edge: float | None = None


@dataclass(slots=True)
class TextBlock:
    """A paragraph as its lines."""

    lines: list[TextLine]
    em: float
    is_full: bool
    is_cells: bool


@dataclass(slots=True)
class PageLines:
    """What stands on one page."""

    blocks: list[TextBlock]


def page_lines(paragraphs: Sequence[Paragraph], top: float, bottom: float) -> PageLines:
    """Return the paragraphs of a page as text; ``top`` and ``bottom`` are the ends of the page for its reader."""
    rows = sorted((row for paragraph in paragraphs for row in paragraph.rows), key=lambda row: row.top)
    border = EDGE * (bottom - top)
    edges = {id(row): row.top - top for row in rows[:RANK] if row.top - top < border}
    edges |= {id(row): row.bottom - bottom for row in rows[-RANK:] if bottom - row.bottom < border}
    blocks = [
        TextBlock(
            [TextLine(row.text, edges.get(id(row))) for row in paragraph.rows],
            paragraph.em,
            paragraph.is_full,
            any(row.is_cells for row in paragraph.rows),
        )
        for paragraph in paragraphs
    ]
    return PageLines(blocks)


def without_heads(pages: Sequence[PageLines]) -> tuple[list[PageLines], list[str]]:
    """Return pages without running heads and page numbers, and the heads left out, the most frequent first."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    often = max(2, min(OFTEN, len(pages)))
    heads = {key for key, number in seen.items() if key and number >= (2 if key[0] == "#" else often)}
    left_out = Counter(line.text for page in pages for line in _edges(page) if _key(line) in heads and line.text)
    told = [text for text, number in left_out.most_common(4) if number > 1 and DIGITS.sub("", text).strip(" -–—·|/")]
    return [_without(page, heads) for page in pages], told


def joined(pages: Sequence[PageLines]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of pages, one line a paragraph, and where in it each page begins and ends."""
    known = _words(pages)
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    last: TextBlock | None = None
    for page in pages:
        start = length
        for block in page.blocks:
            between = _between(last, block, known) if last else ""
            written = _block(block, known)
            if between == HYPHENS[0]:
                text[-1], length, between = text[-1][:-1], length - 1, ""
                start = min(start, length)
            elif last and start == length and last is not block and block is page.blocks[0]:
                start += len(between)
            text += [between, written]
            length += len(between) + len(written)
            last = block
        spans.append((start, length) if page.blocks else (length, length))
    return "".join(text), spans


def _between(last: TextBlock, block: TextBlock, known: Counter[str]) -> str:
    """Return what stands between two paragraphs: a line end, or how the second goes on; a hyphen is to be dropped."""
    if not _goes_on(last, block):
        return "\n"
    how = _seam(last.lines[-1].text, block.lines[0].text, known)
    return {"drop": HYPHENS[0], "keep": "", "space": " "}[how]


def _goes_on(last: TextBlock, block: TextBlock) -> bool:
    """Return whether a paragraph goes on in the next column or on the next page."""
    if last.is_cells or block.is_cells or abs(last.em - block.em) > SAME_SIZE * max(last.em, block.em):
        return False
    before, after = last.lines[-1].text, block.lines[0].text
    if CUT.search(before) and after[:1].islower():
        return True
    if END.search(before):
        return False
    if drawn_order.is_mostly_from_right(before) or after[:1].isupper():
        return last.is_full and len(last.lines) > 1
    return last.is_full and after[:1].islower()


def _block(block: TextBlock, known: Counter[str]) -> str:
    lines = [part for line in block.lines for part in line.text.split(LINE_END)]
    text = lines[0]
    for line in lines[1:]:
        how = _seam(text, line, known)
        text = text[:-1] + line if how == "drop" else text + (" " if how == "space" else "") + line
    return text.replace("\u00ad", "")


def _seam(before: str, after: str, known: Counter[str]) -> str:
    """Return how a line goes on in the next one: with a space, with its hyphen kept, or with its hyphen dropped."""
    if before[-1:] in "—–/" and before[-2:-1].isalnum() and after[:1].isalnum() and before[-1:] != "–":
        return "keep"
    cut = CUT.search(before)
    if cut is None:
        is_number = before[-1:] in HYPHENS and before[-2:-1].isalnum() and after[:1].isalnum()
        return "keep" if before[-1:] and is_number else "space"
    if before[-1] == "\u00ad":
        return "drop"
    rest = WORD.match(after)
    if rest is None or not after[0].islower():
        return "keep" if after[:1].isalnum() else "space"
    first, second = cut[1].lower(), rest[0].lower()
    whole, parted = known[first + second], known[f"{first}-{second}"]
    if whole or parted:
        return "drop" if whole >= parted else "keep"
    if len(first) >= LONG and len(second) >= LONG and known[first] and known[second]:
        return "keep"
    is_compound = first in KEPT_BEFORE or second in KEPT_AFTER or before[: cut.start()][-1:] in set(HYPHENS)
    return "keep" if is_compound else "drop"


def _words(pages: Iterable[PageLines]) -> Counter[str]:
    """Return the words of pages that no line end has cut."""
    found: Counter[str] = Counter()
    for line in (line for page in pages for block in page.blocks for line in block.lines):
        words = WORD.findall(line.text.lower())
        found.update(words[1 : -1 if CUT.search(line.text) else None])
    return found


def _edges(page: PageLines) -> Iterator[TextLine]:
    """Yield the lines at the head and foot of a page that are no part of a paragraph of its text."""
    for block in page.blocks:
        if _stands_apart(block):
            yield from (line for line in block.lines if len(line.text) <= LONGEST_HEAD)


def _stands_apart(block: TextBlock) -> bool:
    return all(line.edge is not None for line in block.lines)


def _key(line: TextLine) -> tuple[str, int] | None:
    """Return what makes a line the same on several pages: its words without numbers, and its place."""
    words = DIGITS.sub("#", line.text).strip(" -–—·|/.")
    if line.edge is None or line.text.count("\t") > 1:
        return None
    if ROMAN.fullmatch(words):
        words = "#"
    return words, round(line.edge / SAME_PLACE)


def _without(page: PageLines, heads: set[tuple[str, int]]) -> PageLines:
    blocks = []
    for block in page.blocks:
        lines = [line for line in block.lines if not (_stands_apart(block) and _is_head(line, heads))]
        if lines:
            blocks.append(TextBlock(lines, block.em, block.is_full, block.is_cells))
    return PageLines(blocks)


def _is_head(line: TextLine, heads: set[tuple[str, int]]) -> bool:
    return len(line.text) <= LONGEST_HEAD and _key(line) in heads
