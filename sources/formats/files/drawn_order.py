"""Put characters that are drawn from left to right into the order in which people read and write them.

Arabic and Hebrew run from right to left, and numbers and Latin words within them from left to right. A PDF says where
each character is drawn, not where it comes in its sentence (the reverse of https://unicode.org/reports/tr9/).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from sources.formats.files.glyph import Glyph

RIGHT, LEFT, NUMBER, NEUTRAL, MARK = "R", "L", "N", "-", "M"
CLASSES = {"R": RIGHT, "AL": RIGHT, "L": LEFT, "EN": NUMBER, "AN": NUMBER, "NSM": MARK}
JOINS_NUMBERS = set(".,:/-+٫٬−–") | {"\u00a0", "\u202f"}  # between two digits, as in 12,4 or 2023-11-05
JOINS_ARABIC = JOINS_NUMBERS - set("-+−–")
PERCENT = set("%‰٪")  # comes after its number, on whichever side of it a program has drawn it
WITH_NUMBERS = set("$€£+-−#°")  # right beside a digit
PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "<": ">"}
OPENING = {**{a: a for a in PAIRS}, **{b: a for a, b in PAIRS.items()}}
CLOSING = {**PAIRS, **{b: b for b in PAIRS.values()}}
ENDS = set(" \t.,;:!?،؛؟…")
PRESENTED = (("\ufb1d", "\ufdff"), ("\ufe70", "\ufeff"))  # Hebrew and Arabic presentation forms
LIGATURES = ("\ufb00", "\ufb06")  # ﬀ to ﬆ


@lru_cache(maxsize=4096)
def kind_of(text: str) -> str:
    """Return the direction of the first character of a glyph."""
    return CLASSES.get(unicodedata.bidirectional(text[0]), NEUTRAL)


@lru_cache(maxsize=4096)
def base_letters(text: str) -> str:
    """Return a character without its form of presentation: ﻻ is لا, and ﬁ is fi. Letters with accents stay."""
    first = text[:1]
    if LIGATURES[0] <= first <= LIGATURES[1] or any(low <= first <= high for low, high in PRESENTED):
        return unicodedata.normalize("NFKC", text).strip()
    return text


def runs_from_right(glyphs: Sequence[Glyph]) -> bool:
    """Return whether a line has letters that run from right to left, as most of its letters do, or any."""
    return any(kind_of(glyph.text) == RIGHT for glyph in glyphs)


def is_mostly_from_right(text: str) -> bool:
    """Return whether most letters of a text run from right to left."""
    kinds = [kind_of(letter) for letter in text]
    return kinds.count(RIGHT) > kinds.count(LEFT)


def logical(glyphs: Sequence[Glyph], *, from_right: bool) -> list[Glyph]:
    """Return the glyphs of a line, given from left to right, in logical order; ``from_right`` is its main direction."""
    line = list(reversed(glyphs)) if from_right else list(glyphs)
    kinds = _resolved([kind_of(glyph.text) for glyph in line], [glyph.text for glyph in line], from_right=from_right)
    against = LEFT if from_right else RIGHT
    ordered: list[Glyph] = []
    run: list[Glyph] = []
    for glyph, kind in zip(line, kinds, strict=True):
        if kind == against:
            run.append(glyph)
            continue
        ordered += [*reversed(run), glyph]
        run = []
    return _with_brackets([*ordered, *reversed(run)])


def _resolved(kinds: list[str], texts: list[str], *, from_right: bool) -> list[str]:
    """Return R or L for each glyph: numbers run from the left; neutrals go with both neighbors, or with the line."""
    main = RIGHT if from_right else LEFT
    found = _numbers(kinds, texts) if from_right else [LEFT if kind == NUMBER else kind for kind in kinds]
    before, after = _neighbors(found, main), list(reversed(_neighbors(list(reversed(found)), main)))
    resolved = []
    for kind, one, other in zip(found, before, after, strict=True):
        if kind == NUMBER:
            resolved.append(LEFT)
        elif kind in {LEFT, RIGHT}:
            resolved.append(kind)
        else:
            resolved.append(one if one == other or kind == MARK else main)
    return resolved


def _neighbors(kinds: list[str], main: str) -> list[str]:
    """Return the direction before each glyph; a number counts as a word from the right."""
    found, last = [], main
    for kind in kinds:
        found.append(last)
        if kind != NEUTRAL and kind != MARK:
            last = LEFT if kind == LEFT else RIGHT
    return found


def _numbers(kinds: list[str], texts: list[str]) -> list[str]:
    """Return the kinds of a line from the right, with what stands within a number, and numbers beside Latin words.

    After an Arabic letter the bidirectional algorithm turns the signs beside a number with the line (rules W2 to W7).
    """
    found = list(kinds)
    is_arabic = any(unicodedata.bidirectional(text[0]) == "AL" for text in texts)
    joins = JOINS_ARABIC if is_arabic else JOINS_NUMBERS
    for at, text in enumerate(texts):
        before, after = kinds[at - 1] if at else "", kinds[at + 1] if at + 1 < len(kinds) else ""
        is_within = text in joins and before == after == NUMBER
        is_percent = text in PERCENT and after == NUMBER != before
        is_sign = not is_arabic and text in WITH_NUMBERS and NUMBER in {before, after}
        if is_within or is_percent or is_sign:
            found[at] = NUMBER
    return _with_latin(found)


def _with_latin(kinds: list[str]) -> list[str]:
    """Return kinds in which a number at the right of a Latin word belongs to it, as in “Boeing 737”."""
    found = list(kinds)
    number: list[int] = []
    for at, kind in enumerate(kinds):
        if kind == NUMBER:
            number.append(at)
        elif kind == LEFT:
            for one in number:
                found[one] = LEFT
            number = []
        elif kind == RIGHT:
            number = []
    return found


def _with_brackets(glyphs: list[Glyph]) -> list[Glyph]:
    """Return a line with each bracket opening or closing, as the spaces around it say: PDFs give either for both."""
    found = list(glyphs)
    for at, glyph in enumerate(glyphs):
        if glyph.text not in OPENING:
            continue
        before = glyphs[at - 1].text if at else " "
        after = glyphs[at + 1].text if at + 1 < len(glyphs) else " "
        if before.isspace() and after not in ENDS:
            found[at] = glyph._replace(text=OPENING[glyph.text])
        elif not before.isspace() and (after in ENDS or after in OPENING):
            found[at] = glyph._replace(text=CLOSING[glyph.text])
    return found
