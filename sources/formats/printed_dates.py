"""Read dates as people and programs write them, in the languages of the desk, no more exact than they are written.

One function reads the dates of pages and of feeds. It never guesses: what has two readings (03/04) is a range of two
days, a time whose zone is not known is known to its day, and a date of a calendar that is not the Gregorian (Hijri,
Solar Hijri, Hebrew) is found and kept as it is written, never converted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from dateparser import DateDataParser

from sources.formats import date_words
from sources.language.folding import fold

FIRST_YEAR = 1990  # the web has no older pages; 1970 is the zero of a clock
LAST_YEAR = 2100
LONGEST = 2_000  # characters in which dates are looked for
LONGEST_RELATIVE = 60
HALF_A_DAY = 12
CENTURY = 2_000
FIRST_SHORT = 90  # of 1990
FEWEST_MONTHS = timedelta(days=28)
TWO_DAYS = timedelta(days=2)
MOST_OF_A_DAY = timedelta(hours=23, minutes=59)

CLOCK = r"(?P<hour>[0-2]?\d)\s?[:h٫.]\s?(?P<minute>[0-5]\d)(?:\s?[:m.]\s?(?P<second>[0-5]\d))?(?:[.,]\d{1,9})?"
HALF = r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?"
ZONE = r"(?:\s*\(?(?P<zone>(?:utc|gmt)?\s?[+-]\d\d?(?::?\d\d)?(?!\d)|[a-z]{1,5}\b)\)?)?"
TIME = re.compile(rf"[\s,;:|/·•–-]{{0,4}}(?:\w{{1,7}}\.?\s){{0,2}}?(?:t\s?)?{CLOCK}{HALF}{ZONE}")
TIME_BEFORE = re.compile(rf"{CLOCK}{HALF}{ZONE}[\s,;|·•–-]{{1,4}}(?:\w{{2,12}},?\s){{0,2}}$")
TIME_WITHIN = re.compile(rf"\s{CLOCK}{HALF}{ZONE}\s")
YEAR = r"(?P<year>(?:19|20)\d\d)"
END = r"(?!\d|[-/.]\d)"
COMPACT = re.compile(
    rf"(?<!\d){YEAR}(?P<month>[01]\d)(?P<day>[0-3]\d)(?:t?(?P<time>\d{{4}}(?:\d\d)?)(?P<zone>z)?)?(?!\d)"
)
ISO = re.compile(rf"(?<![\d/.-])(?P<year>\d{{4}})(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}}){END}")
DIGITS = re.compile(
    rf"(?<![\d/.-])(?P<first>\d{{1,2}})\s?(?P<sign>[-/.|])\s?(?P<second>\d{{1,2}})\s?(?P=sign)\s?"
    rf"(?P<year>\d{{4}}|\d\d){END}"
)

# Days of other calendars: a day, one to three words and a year of the 14th or 15th century (Hijri, Solar Hijri), the
# same in digits, and the letters in which Hebrew writes day and year.
OTHER_YEAR = r"1[34]\d\d(?!\d)"
OTHER_CALENDAR = re.compile(
    rf"(?<!\d)\d{{1,2}}[\s.,/-]{{1,3}}[^\W\d]+(?:\s[^\W\d]+){{0,2}}[\s.,/-]{{1,3}}{OTHER_YEAR}(?:\s?هـ?)?"
    rf"|(?<!\d){OTHER_YEAR}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{1,2}}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?{OTHER_YEAR}(?:\s?هـ?)?"
    r"|(?<!\w)[א-ת]['\"]?[א-ת]?['\"]?\s(?:ב)?[א-ת]{2,7}(?:\s[אב]['\"]?)?,?\sה?'?תש[א-ת]{0,2}\"?[א-ת](?!\w)"
)
SAME_LENGTH = str.maketrans("״׳", "\"'")


@dataclass(frozen=True)
class Printed:
    """A date in a text. ``value`` is exact to ``precision``, a minute in the zone in which it is written.

    ``until`` is the other day it may be, the later one.

    There is no value where the date is in a calendar that we do not convert; ``written`` has its words.
    """

    value: datetime | None
    precision: str  # year, month, day, minute
    written: str
    until: datetime | None = None
    at: int = 0  # where it begins in the folded text


def read(text: str, language: str = "", seen: datetime | None = None) -> Printed | None:
    """Return the one date of a text, or nothing: the first where it has several; relative to ``seen`` where it says so.

    A text with nothing but a year or a month is read, too.
    """
    found = find(text, language)
    return found[0] if found else _month_or_year(fold(text)) or relative(text, language, seen)


def find(text: str, language: str = "") -> list[Printed]:
    """Return the dates in a text to the day or better, in the order in which they stand.

    Dates of other calendars count only where no Gregorian one stands: the press often prints both.
    """
    words = fold(text[:LONGEST])
    taken: list[tuple[int, int]] = []
    found: list[Printed] = []
    for pattern, reading in _patterns():
        for match in pattern.finditer(words):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            date = reading(match, words, language)
            if date is not None:
                taken.append(match.span())
                found.append(date)
    return sorted(found, key=lambda date: date.at) or _of_other_calendars(text[:LONGEST])


def _of_other_calendars(text: str) -> list[Printed]:
    """Return the dates of calendars that we do not convert, as they are written."""
    plain = "".join(str(unicodedata.decimal(char, char)) for char in text).translate(SAME_LENGTH)
    spans = (match.span() for match in OTHER_CALENDAR.finditer(plain))
    return [Printed(None, "", text[start:end].strip(), at=start) for start, end in spans]


def is_updated(text: str) -> bool:
    """Return whether a line says that its date is that of a change."""
    return bool(date_words.UPDATED.search(fold(text[:LONGEST])))


@cache
def _patterns() -> list[tuple[re.Pattern[str], Callable[[re.Match[str], str, str], Printed | None]]]:
    """Return the forms of dates, the surest first; where two overlap, the earlier in the list counts."""
    names = date_words.any_of(date_words.months())
    day = r"(?:(?<![\d:.,])|(?<=[^\W\d],))(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|°|\.?[oa](?=[\s,])|\.)?"
    month = rf"(?P<name>(?:ה|ב|ל)?(?:{names}))(?:(?!\w)|(?<=[\u0620-\u064a])(?=\d))"
    year = rf"{YEAR}(?!\d)"
    link = r"(?:[\s.,/'׳-]|de[l ]?|di |of |the |ה|ב|ל|סל|العام|عام|سنه|من |شهر |-ה){1,5}"
    again = rf"(?:\s?(?:[/-]\s?(?P<again>{names})|[(\[]\s?(?P<beside>{names})\s?[)\]]))?"  # of the Levant
    close = rf"(?:{link}|(?=[\u0620-\u064a])|(?<=[\u0620-\u064a])(?=\d))"  # no space beside Arabic letters
    then = r"\.?\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?"
    time = r"\s[\d:]{4,8}(?:\s[a-z]{1,5}|\s[+-]\d{4})?\s"
    return [
        (ISO, _of_numbers),
        (re.compile(rf"{day}{close}{month}{again}{close}{year}"), _of_names),
        (re.compile(rf"(?<!\w){month}{then}{time}{year}"), _of_names),
        (re.compile(rf"(?<!\w){month}{then}{link}{year}"), _of_names),
        (re.compile(rf"(?<!\d){year}{link}{month}{link}(?P<day>[0-3]?\d)(?!\d)"), _of_names),
        (re.compile(rf"(?<!\d){year}{link}(?P<day>[0-3]?\d){link}{month}"), _of_names),
        (re.compile(rf"{day}[\s-]{month}[\s-](?P<year>\d\d)(?=\s[0-2]\d:)"), _of_short_year),
        (DIGITS, _of_digits),
        (COMPACT, _of_compact),
    ]


def _of_names(match: re.Match[str], words: str, _language: str) -> Printed | None:
    """Read 25 November 2026; nothing where two names of months differ."""
    groups, month = match.groupdict(), _month(match["name"])
    again = groups.get("again") or groups.get("beside")
    if again and _month(again) != month:
        return None
    return _dated(match, words, int(match["year"]), month, int(match["day"]))


def _of_short_year(match: re.Match[str], words: str, _language: str) -> Printed | None:
    """Read Wednesday, 25-Nov-26 14:30:00, as old programs write it: the weekday tells that the year is the last."""
    short = int(match["year"])
    year = short + (CENTURY if short < FIRST_SHORT else CENTURY - 100)
    date = _dated(match, words, year, _month(match["name"]), int(match["day"]))
    return date if date and _weekday(words, match) == _iso_weekday(date) else None


def _of_numbers(match: re.Match[str], words: str, _language: str) -> Printed | None:
    return _dated(match, words, int(match["year"]), int(match["month"]), int(match["day"]))


def _of_compact(match: re.Match[str], _words: str, _language: str) -> Printed | None:
    """Read 20261125 and 20261125T143000Z; a time without zone is left out."""
    year, month, day, time, zone = match.group("year", "month", "day", "time", "zone")
    try:
        value = datetime(int(year), int(month), int(day), tzinfo=UTC)
        if time and zone:
            value = value.replace(hour=int(time[:2]), minute=int(time[2:4]), second=int(time[4:] or 0))
    except ValueError:
        return None
    return _credible(Printed(value, "minute" if time and zone else "day", match[0], at=match.start()))


def _of_digits(match: re.Match[str], words: str, language: str) -> Printed | None:
    """Read 25.11.2026, 11/25/2026 or 03/04/2026: where both orders give a date, by the language, a weekday, or not."""
    first, second, year = int(match["first"]), int(match["second"]), _year(match, language)
    if year is None:
        return None
    days = [_dated(match, words, year, second, first), _dated(match, words, year, first, second)]
    known = [day for day in days if day is not None]
    if len(known) < 2 or first == second:
        return known[0] if known else None
    by_weekday = [day for day in known if _weekday(words, match) == _iso_weekday(day)]
    if len(by_weekday) == 1:
        return by_weekday[0]
    is_american = TIME.match(words, match.end())
    if match["sign"] == "." or (date_words.order(language) == "DMY" and not (is_american and is_american["half"])):
        return days[0]
    values = sorted(day.value for day in known if day.value is not None)
    start = [value.replace(hour=0, minute=0, second=0) for value in values]
    return Printed(start[0], "day", match[0], until=start[-1], at=match.start())


def _year(match: re.Match[str], language: str) -> int | None:
    """Return the year of a date in digits; of two digits only where day and month come first beyond doubt."""
    year = match["year"]
    if len(year) > 2:
        return int(year)
    is_plain = match["sign"] in "./" and date_words.order(language) == "DMY"
    return CENTURY + int(year) if is_plain else None


def _weekday(words: str, match: re.Match[str]) -> int:
    """Return the weekday that is named right before or after a date, Monday as 1; 0 where none is."""
    before = re.search(r"([^\W\d]+)[\s,.]{0,3}$", words[: match.start()])
    after = re.match(r"[\s,.(]{1,3}([^\W\d]+)", words[match.end() :])
    names = [found[1] for found in (before, after) if found]
    return next((date_words.weekdays()[name] for name in names if name in date_words.weekdays()), 0)


def _iso_weekday(day: Printed) -> int:
    return day.value.isoweekday() if day.value else -1


def _month(name: str) -> int:
    months = date_words.months()
    return months[name] if name in months else months[name[1:]]


def _dated(match: re.Match[str], words: str, year: int, month: int, day: int) -> Printed | None:
    """Return the date of a match with the time that stands beside it, to the minute where its zone is known."""
    try:
        value = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    plain = Printed(value, "day", match[0], at=match.start())
    moment = next((exact for time in _times(match, words) if (exact := _moment(value, time)) is not None), None)
    return _credible(plain if moment is None else Printed(moment, "minute", match[0], at=match.start()))


def _times(match: re.Match[str], words: str) -> Iterator[re.Match[str]]:
    within = TIME_WITHIN.search(match[0])
    before = TIME_BEFORE.search(words[: match.start()])
    return (time for time in (within, TIME.match(words, match.end()), before) if time is not None)


def _moment(day: datetime, time: re.Match[str]) -> datetime | None:
    """Return the moment of a time on a day; nothing where its zone is not known.

    Midnight sharp is how most systems write a date without a time, so it counts as none; 24:00 is meant.
    """
    zone = _zone(time["zone"])
    hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
    if zone is None or (hour, minute, second) == (0, 0, 0):
        return None
    if time["half"]:
        hour = hour % HALF_A_DAY + (HALF_A_DAY if time["half"] == "p" else 0)
    try:
        if (hour, minute, second) == (24, 0, 0):
            return day.replace(tzinfo=zone) + timedelta(days=1)
        return day.replace(hour=hour, minute=minute, second=second, tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def _zone(name: str | None) -> timezone | None:
    """Return the zone of a name or offset (+03:00, GMT+3, CET); nothing for a name that zones share or none bears."""
    if not name:
        return None
    offset = re.search(r"([+-])(\d\d?):?(\d\d)?$", name)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)) if minutes < 24 * 60 else None
    hours = date_words.ZONES.get(name.upper())
    return None if hours is None else timezone(timedelta(hours=hours))


def _month_or_year(words: str) -> Printed | None:
    """Read a text that is a month and a year, or a year, and nothing else."""
    names = date_words.any_of(date_words.months())
    digits = re.fullmatch(rf"{YEAR}(?:[-/](?P<month>[01]?\d))?", words)
    named = re.fullmatch(rf"(?P<name>[בל]?(?:{names}))[\s.,]+(?:(?:de|del|of)\s)?{YEAR}", words)
    if not digits and not named:
        return None
    match = digits or named
    month = _month(named["name"]) if named else int(digits["month"] or 0) if digits else 0
    try:
        value = datetime(int(match["year"]), month or 1, 1, tzinfo=UTC) if match else None
    except ValueError:
        return None
    return _credible(Printed(value, "month" if month else "year", words))


def relative(text: str, language: str, seen: datetime | None) -> Printed | None:
    """Return what "il y a 3 heures" or "dün" meant at the moment when it was seen: a day, or a month; or nothing."""
    if seen is None or language not in date_words.LANGUAGES or len(text) > LONGEST_RELATIVE:
        return None
    if fold(text).strip(" .,:|") in date_words.BEFORE_YESTERDAY:
        return _credible(Printed(_midnight(seen.replace(tzinfo=None) - TWO_DAYS), "day", text.strip()))
    settings = {"PARSERS": ["relative-time"], "RELATIVE_BASE": seen.replace(tzinfo=None), "TIMEZONE": "UTC"}
    found = DateDataParser(languages=[language], settings=settings).get_date_data(fold_digits(text))
    if found.date_obj is None or found.date_obj > seen.replace(tzinfo=None) + MOST_OF_A_DAY:
        return None
    value = _midnight(found.date_obj)
    if seen - value < FEWEST_MONTHS:
        return _credible(Printed(value, "day", text.strip()))
    return _credible(Printed(value.replace(day=1), "month", text.strip()))


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)


def fold_digits(text: str) -> str:
    """Return a text with Arabic and Persian digits as ASCII ones, and nothing else changed."""
    return "".join(fold(char) if char.isdecimal() else char for char in text)


def _credible(date: Printed) -> Printed | None:
    return date if date.value is not None and FIRST_YEAR <= date.value.year <= LAST_YEAR else None
