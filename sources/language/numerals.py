"""Read numbers, in digits and in number words, in the languages that have word tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sources.language.folding import fold
from sources.language.languages.registry import LANGUAGES

SPACES = "\u00a0\u202f\u2009 "
# Digits joined to letters are names (F16, Covid-19), to slashes or colons dates and times. Arabic letters may precede.
NUMBER = (
    rf"(?<![^\W\u0600-\u06ff])(?<![\d.,/:])(?<![^\W\d]-)"
    rf"(?:\d{{1,3}}+(?:[{SPACES}]\d{{3}}(?!\d))++(?:[.,٫]\d++)?|\d++(?:[.,٫٬]\d++)*+)(?![^\W\u0600-\u06ff]|[/:]\d)"
)
MARKS = "\u0300-\u036f\u064b-\u065f\u0670"  # accents and Arabic vowel signs, which \w does not match
WORD = rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*+"
TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<word>{WORD})")
DATE = re.compile(r"(?<!\d)(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}[:h]\d{2})(?!\d)")
MOST_DIGITS = 15  # a longer one is a telephone or account number

# The tables by language.
NUMERALS = {code: language.numbers.values for code, language in LANGUAGES.items()}
SCALES = {code: language.numbers.scales for code, language in LANGUAGES.items()}
AND = {code: language.numbers.joining for code, language in LANGUAGES.items()}
GLUED = {code: language.conjunctions for code, language in LANGUAGES.items()}
GROUPS = {code: language.numbers.thousands for code, language in LANGUAGES.items()}
EITHER = ",."  # may group thousands in a language without tables


class WordToken(NamedTuple):
    """A word or a number in digits: its place in the text and its folded form."""

    start: int
    end: int
    form: str
    digits: bool


def tokens(text: str) -> list[WordToken]:
    """Return the words and numbers of a text in order, without those that are parts of dates and times."""
    undated = DATE.sub(lambda date: " " * len(date[0]), text)
    return [
        WordToken(match.start(), match.end(), fold(match[0]), match["number"] is not None)
        for match in TOKEN.finditer(undated)
    ]


def number(words: Sequence[WordToken], at: int, language: str) -> tuple[Decimal, int] | None:
    """Return the number that starts at a token and the place of the next token, or None.

    It reads "two hundred", "3,5 milyon" and "ثمانية آلاف", but not one alone: "une" and "bir" are mostly articles.
    """
    if words[at].digits:
        value = digits(words[at].form, language)
        return None if value is None else _scaled(value, words, at + 1, language)
    total, after = _spelled(words, at, language)
    if after == at or total == 1 or (after == at + 1 and words[at].form in SCALES[language]):
        return None
    return Decimal(total), after


def digits(written: str, language: str) -> Decimal | None:
    """Return the value of folded digits. Whether dot or comma groups thousands depends on the language."""
    bare = re.sub(f"[{SPACES}]", "", written)
    parts = re.split("[.,]", bare)
    separators = re.findall("[.,]", bare)
    if sum(map(len, parts)) > MOST_DIGITS:
        return None
    if len(set(separators)) == 1 < len(separators) and not all(len(part) == 3 for part in parts[1:]):
        return None  # 192.168.1.2, 3.11.7
    grouped = all(len(part) == 3 for part in parts[1:])
    group = GROUPS.get(language, EITHER)
    if separators and not (grouped and (separators[0] in group or len(parts) > 2)):
        return Decimal("".join(parts[:-1]) + "." + parts[-1])
    return Decimal("".join(parts))


def _scaled(value: Decimal, words: Sequence[WordToken], after: int, language: str) -> tuple[Decimal, int]:
    """Return digits multiplied by the scale words after them (10 mille, 3,5 milyon, 600 ألف), and the place after."""
    scales = SCALES.get(language, {})
    while after < len(words) and words[after].form in scales and words[after].start - words[after - 1].end <= 1:
        value, after = value * scales[words[after].form], after + 1
    return value, after


def _spelled(words: Sequence[WordToken], at: int, language: str) -> tuple[int, int]:
    """Return the value of the number words from a token on and the place after them, which is ``at`` without any."""
    sums: tuple[int, int] | None = (0, 0)  # a finished part, and a part that a scale word may still multiply
    total, after = 0, at
    while after < len(words) and sums:
        joined = after > at and words[after].form in AND.get(language, ())
        place = after + 1 if joined else after
        if place >= len(words) or (place > at and words[place].start - words[place - 1].end > 1):
            break
        sums = _add(sums, words[place].form, language)
        if sums:
            total, after = sum(sums), place + 1
    return total, after


def _add(sums: tuple[int, int], form: str, language: str) -> tuple[int, int] | None:
    """Return the sums with one more number word, or None if the word does not continue the number."""
    settled, open_ = sums
    if settled + open_ and form[:1] in GLUED.get(language, ""):
        form = form[1:]  # Arabic writes "and" together with the word
    value = NUMERALS.get(language, {}).get(form)
    if value is not None:
        if (open_ % 100, value) == (4, 20):
            value = 76  # quatre-vingts: four twenties
        return (settled, open_ + value) if _fits(open_, value, language) else None
    scale = SCALES.get(language, {}).get(form, 0)
    if scale == 100 and open_ < 10:
        return settled, 100 * (open_ or 1)
    if scale > 100 and (open_ or not settled):
        return settled + scale * (open_ or 1), 0
    return None


def _fits(current: int, value: int, language: str) -> bool:
    """Return whether a number word may come next: twenty-one, soixante-douze, quatre-vingts, خمسة وعشرون."""
    rest = current % 100
    if rest == 0:
        return True
    if value < 10:
        return rest >= 10 and rest % 10 == 0
    if language == "ar":
        return rest < 10
    return language == "fr" and ((rest, value) == (4, 76) or (rest in {60, 80} and value < 20))
