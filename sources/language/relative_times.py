"""Relative times, such as "5 minutes ago": how each language writes them, by the patterns of Unicode CLDR."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import cache

from babel.dates import format_timedelta

from sources.language.folding import fold

CODES = ("ar", "de", "en", "es", "fa", "fr", "he", "it", "pt", "ru", "tr", "uk")
UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
AMOUNTS = (1, 2, 3, 5, 11, 25, 100)  # between them they have every plural form of these languages
NO_OTHER_UNIT = 10**9  # CLDR's threshold from which the next larger unit is used
# CLDR has one form of each; newsrooms also use these.
ALSO = {
    "ar": [("قبل", "منذ")],
    "fa": [("پیش", "قبل")],
    "en": [("minutes", "mins"), ("min.", "m"), ("hours", "hrs"), ("hr.", "h"), ("days", "d")],
}
# Today and yesterday, and what may stand between them and a time of day; Babel gives out neither.
DAYS = (
    "اليوم أمس heute gestern today yesterday hoy ayer امروز دیروز aujourd’hui hier היום אתמול oggi ieri hoje ontem "
    "сегодня вчера bugün dün сьогодні вчора"
)
AT = ("الساعة", "um", "at", "a las", "ساعت", "à", "בשעה", "alle", "às", "в", "saat", "о")
NUMBER = r"(?:(?:\d{1,4}|[^\W\d_]{1,12}'?)\s?)?"  # in digits or as a word, "an hour ago", or none


@cache
def pattern() -> re.Pattern[str]:
    """Return what finds a relative time of any of these languages in folded text (``sources.language.folding``)."""
    written = {line for code in CODES for line in _written(code)}
    longest_first = sorted(written, key=lambda line: (-len(line), line))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")


@cache
def abbreviated() -> re.Pattern[str]:
    """Return what a folded line is that says nothing but a time, whose last word is a short form with its stop."""
    ends = {_expression(said) for code in CODES for said in _short(code)}
    return re.compile(rf"(?:{'|'.join(sorted(ends))})\.")


@cache
def day_and_time() -> re.Pattern[str]:
    """Return what a folded line is that says nothing but a time of today or yesterday."""
    days, at = ("|".join(re.escape(fold(word)) for word in words) for words in (DAYS.split(), AT))
    return re.compile(rf"(?:{days}),?(?: (?:{at}))? (?:[01]?\d|2[0-3])(?:[:.]| ?h ?)[0-5]\d(?: ?[ap]m| uhr)?")


def _written(code: str) -> Iterator[str]:
    """Yield each relative time of a language as a regular expression for folded text."""
    for said in _lengths(code):
        for one in said.values():
            for word, other in [("", ""), *ALSO.get(code, [])]:
                yield _expression(one.replace(word, other) if word else one)


def _short(code: str) -> Iterator[str]:
    """Yield each relative time of a language that ends in a short form."""
    for said in _lengths(code):
        if len(said) > 1 and said["long"].split()[-1] != said["short"].split()[-1]:
            yield said["short"]


def _lengths(code: str) -> Iterator[dict[str, str]]:
    """Yield each relative time of a language in the lengths that it has: long, and mostly short."""
    for unit, span in UNITS.items():
        for amount in AMOUNTS:
            said = {}
            for length in ("long", "short"):
                with suppress(KeyError):  # CLDR has no short form
                    said[length] = _formatted(-amount * span, unit, length, code)
            yield said


def _formatted(ago: timedelta, unit: str, length: str, code: str) -> str:
    return format_timedelta(
        ago,
        granularity=unit,  # type: ignore[arg-type]  # they are the library's own names
        threshold=NO_OTHER_UNIT,
        add_direction=True,
        format=length,  # type: ignore[arg-type]
        locale=code,
    )


def _expression(said: str) -> str:
    """Return a time as a regular expression: any number, with or without spaces or the stop of short forms."""
    words = [NUMBER if word.isdigit() else re.escape(word).replace(r"\.", r"\.?") for word in fold(said).split()]
    return r"\s?".join(words).replace(rf"{NUMBER}\s?", NUMBER)
