"""Read numbers, in digits and in words, in the four languages we know best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sources.language.folding import fold

SPACES = "\u00a0\u202f\u2009 "
# Digits glued to letters are names (F16, Covid-19), to slashes or colons dates and times; Arabic letters may lead.
NUMBER = (
    rf"(?<![^\W\u0600-\u06ff])(?<![\d.,/:])(?<![^\W\d]-)"
    rf"(?:\d{{1,3}}+(?:[{SPACES}]\d{{3}}(?!\d))++(?:[.,٫]\d++)?|\d++(?:[.,٫٬]\d++)*+)(?![^\W\u0600-\u06ff]|[/:]\d)"
)
MARKS = "\u0300-\u036f\u064b-\u065f\u0670"  # accents and Arabic vowel signs, which are no letters to a pattern
WORD = rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*+"
TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<word>{WORD})")
DATE = re.compile(r"(?<!\d)(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}[:h]\d{2})(?!\d)")
MOST_DIGITS = 15  # a longer one is a telephone or an account

UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "tr": "sifir bir iki uc dort bes alti yedi sekiz dokuz",
}
TENS = {
    "en": "ten twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "dix vingt trente quarante cinquante soixante septante huitante nonante",
    "tr": "on yirmi otuz kirk elli altmis yetmis seksen doksan",
}
ARABIC = {
    "ثلاثه ثلاث": 3, "اربعه اربع": 4, "خمسه خمس": 5, "سته ست": 6, "سبعه سبع": 7, "ثمانيه ثماني ثمان": 8,
    "تسعه تسع": 9, "عشره": 10, "عشرون عشرين": 20, "ثلاثون ثلاثين": 30, "اربعون اربعين": 40, "خمسون خمسين": 50,
    "ستون ستين": 60, "سبعون سبعين": 70, "ثمانون ثمانين": 80, "تسعون تسعين": 90, "احد احدي واحد": 1,
    "اثنان اثنين اثنا اثني": 2, "ميتان ميتين مايتان مايتين": 200, "الفان الفين": 2000,
}  # fmt: skip
SCALES: dict[str, dict[str, int]] = {
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    "fr": {"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9,
           "milliards": 10**9, "billion": 10**12, "billions": 10**12},
    "tr": {"yuz": 100, "bin": 1000, "milyon": 10**6, "milyar": 10**9, "trilyon": 10**12},
    "ar": {"ميه": 100, "مايه": 100, "الف": 1000, "الفا": 1000, "الاف": 1000, "مليون": 10**6, "مليونا": 10**6,
           "ملايين": 10**6, "مليار": 10**9, "مليارا": 10**9},
}  # fmt: skip
AND = {"en": {"and"}, "fr": {"et"}}
GROUPS = {"en": ",", "ar": ",٬", "tr": ".", "fr": ".", "": ",."}


class Token(NamedTuple):
    """A word or a number in digits, where it stands, and its folded form."""

    start: int
    end: int
    form: str
    digits: bool


def _numerals() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {language: {} for language in SCALES}
    for language, words in UNITS.items():
        found[language] |= {word: value for value, word in enumerate(words.split())}
    for language, words in TENS.items():
        found[language] |= {word: 10 * value for value, word in enumerate(words.split(), start=1)}
    found["fr"] |= {"vingts": 20, "une": 1}
    found["ar"] |= {word: value for words, value in ARABIC.items() for word in words.split()}
    return found


NUMERALS = _numerals()


def tokens(text: str) -> list[Token]:
    """Return the words and numbers of a text in order, without those that are parts of dates and times."""
    undated = DATE.sub(lambda date: " " * len(date[0]), text)
    return [
        Token(match.start(), match.end(), fold(match[0]), match["number"] is not None)
        for match in TOKEN.finditer(undated)
    ]


def number(words: Sequence[Token], at: int, language: str) -> tuple[Decimal, int] | None:
    """Return the number that starts at a token and the place of the token after it, or nothing.

    "Two hundred", "3,5 milyon", "ثمانية آلاف". One alone ("une", "bir") is an article more often than a number.
    """
    if words[at].digits:
        value = digits(words[at].form, language)
        return None if value is None else _scaled(value, words, at + 1, language)
    total, after = _spelled(words, at, language)
    if after == at or total == 1 or (after == at + 1 and words[at].form in SCALES[language]):
        return None
    return Decimal(total), after


def digits(written: str, language: str) -> Decimal | None:
    """Return the value of folded digits; which of dot and comma groups thousands hangs on the language."""
    bare = re.sub(f"[{SPACES}]", "", written)
    parts = re.split("[.,]", bare)
    separators = re.findall("[.,]", bare)
    if sum(map(len, parts)) > MOST_DIGITS:
        return None
    if len(set(separators)) == 1 < len(separators) and not all(len(part) == 3 for part in parts[1:]):
        return None  # 192.168.1.2, 3.11.7
    grouped = all(len(part) == 3 for part in parts[1:])
    group = GROUPS.get(language, GROUPS[""])
    if separators and not (grouped and (separators[0] in group or len(parts) > 2)):
        return Decimal("".join(parts[:-1]) + "." + parts[-1])
    return Decimal("".join(parts))


def _scaled(value: Decimal, words: Sequence[Token], after: int, language: str) -> tuple[Decimal, int]:
    """Return digits multiplied by the scale words right after them: 10 mille, 3,5 milyon, 600 ألف."""
    scales = SCALES.get(language, {})
    while after < len(words) and words[after].form in scales and words[after].start - words[after - 1].end <= 1:
        value, after = value * scales[words[after].form], after + 1
    return value, after


def _spelled(words: Sequence[Token], at: int, language: str) -> tuple[int, int]:
    """Return the value of the number words from a token on, and the place after them (the same: there are none)."""
    sums: tuple[int, int] | None = (0, 0)  # what is settled, and what a scale word may still multiply
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
    """Return the sums with one more number word, or nothing when it does not continue the number."""
    settled, open_ = sums
    if language == "ar" and settled + open_:
        form = form.removeprefix("و")  # "and" is glued to the word
    value = NUMERALS.get(language, {}).get(form)
    if form == "عشر":
        value = 10
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
    """Return whether a number word may follow: twenty-one, soixante-douze, quatre-vingts, خمسة وعشرون."""
    rest = current % 100
    if rest == 0:
        return True
    if value < 10:
        return rest >= 10 and rest % 10 == 0
    if language == "ar":
        return rest < 10
    return language == "fr" and ((rest, value) == (4, 76) or (rest in {60, 80} and value < 20))
