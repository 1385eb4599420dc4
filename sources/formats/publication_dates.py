"""Weigh what a page says of its date of publication: every place where it says so, and whether these agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from sources.formats import date_words, printed_dates
from sources.formats.article import Dated
from sources.formats.headline import NearLine
from sources.formats.printed_dates import FIRST_YEAR, Printed
from sources.language.folding import fold

PUBLISHED_META = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
                  "sailthru.date", "dc.date.issued", "dcterms.created", "dcterms.date", "pubdate", "publishdate",
                  "publish-date", "publish_date", "publication_date", "dc.date", "dc.date.created", "article.published",
                  "cxenseparse:recs:publishtime", "og:published_time", "published_time", "date")  # fmt: skip
MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")

# Where hosts write the day of an article into its address: as folders (/2024/11/29/, /2024/nov/29/, /2024-11-29/), as
# the beginning or the end of a part (/20241129-title, /title-2024-11-29). Eight digits at an end may be any number.
DAY = r"(?P<year>(?:19|20)\d\d)(?P<sign>[/_-]?)(?P<month>[01]\d|[a-z]{3})(?P=sign)(?P<day>[0-3]\d)"
IN_PATH = (
    re.compile(rf"/{DAY}(?=[/_.-]|$)"),
    re.compile(r"[_-](?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?=/?(?:\.\w{1,5})?$)"),
    re.compile(r"/(?P<day>[0-3]\d)-(?P<month>[01]\d)-(?P<year>(?:19|20)\d\d)(?=[/_.-]|$)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>[01]?\d)(?:[/-](?P<day>[0-3]?\d))?(?=[/-]|$)"),
)
NEAR = timedelta(hours=36)  # two days that meet somewhere on earth, and what lies between writing and publishing
NEAR_MOMENTS = timedelta(hours=14)  # by which moments differ where a system mistakes its zone
BEHIND = timedelta(hours=12)  # of UTC, and before it: the clocks of the earth
BEFORE = timedelta(hours=14)
DAYS = {"year": 366, "month": 31, "day": 1, "minute": 0}
EXACTNESS = ("year", "month", "day", "minute")
DOUBTFUL = 0.5  # the most that a date is worth where another place on the page says another
MARKED = 0.85  # of a time element that is said to be that of publication
SURE = 0.8  # of a source that may make a date more exact
NEXT_TO = 120  # characters between two dates of one headline
WORDS_BESIDE = 12  # around a date in a line: more is a sentence that tells of another day


def dated(text: str, method: str, confidence: float, language: str = "") -> Dated | None:
    """Return a date with the precision in which it is written, or nothing.

    A time without a zone could be that of two days, so it counts as the day it is written in; so does midnight sharp,
    which is how most systems write a date without a time. Days, months and years stand at their start, in UTC.
    """
    found = printed_dates.read(text.strip(), language) if text and len(text) <= printed_dates.LONGEST else None
    return None if found is None else _of(found, method, confidence)


def dated_in(url: str) -> Dated | None:
    """Return the date written in the path of an address, such as ``/2024/11/29/``, to the day or month it gives."""
    try:
        path = urlsplit(url).path.lower()
    except ValueError:
        return None
    return next((date for pattern in IN_PATH if (date := _in_path(pattern.search(path)))), None)


def _in_path(match: re.Match[str] | None) -> Dated | None:
    if match is None:
        return None
    year, month, day = match.group("year", "month", "day")
    if month.isalpha():
        return dated(f"{day} {month} {year}", "url", 0.8)
    return dated(f"{year}-{month:0>2}-{day:0>2}", "url", 0.8) if day else dated(f"{year}-{month:0>2}", "url", 0.6)


def in_meta(meta: Mapping[str, str], names: Iterable[str], confidence: float, language: str = "") -> Iterator[Dated]:
    """Yield the dates of some meta elements, in the order of the names."""
    for name in names:
        date = dated(meta.get(name, ""), "meta", confidence, language)
        if date is not None:
            yield date


def shown(lines: Sequence[NearLine], language: str, seen: datetime | None) -> list[Dated]:
    """Return the dates that people see at the headline: those of time elements, then those in print.

    Of several right there the earliest is that of publication: a change comes after it. The day of the visit at the top
    of a page is its clock; no other date there counts where a line at the article says when it was published.
    """
    at_article = [line for line in lines if not line.is_top]
    told = (line for line in at_article if date_words.PUBLISHED.match(fold(line.text)))
    near = at_article if any(any(_in_print(line, language, seen)) for line in told) else lines
    times = [(line, date) for line in near for element in _times(line) if (date := _of_time(element, language, seen))]
    printed = [(line, date) for line in near for date in _in_print(line, language, seen)]
    by_kind = [[pair for pair in found if not _is_clock(*pair, seen)] for found in (times, printed)]
    return [date for found in by_kind if (date := _earliest(found))]


def is_clock(date: Dated, lines: Sequence[NearLine], language: str, seen: datetime | None) -> bool:
    """Return whether a date is the day of the visit, and one of these lines shows that day at the top of the page."""
    if not _is_today(date, seen):
        return False
    return any(_is_clock(line, each, seen) for line in lines if line.is_top for each in _in_print(line, language, seen))


def _is_clock(line: NearLine, date: Dated, seen: datetime | None) -> bool:
    return line.is_top and date.confidence < MARKED and _is_today(date, seen)


def _is_today(date: Dated, seen: datetime | None) -> bool:
    """Return whether a date is the day of the visit, wherever on earth."""
    if seen is None:
        return False
    return (seen - BEHIND).date() <= date.value.date() <= (seen + BEFORE).date()


def other_calendar(lines: Sequence[NearLine]) -> str:
    """Return the words of the first date at the headline that is in a calendar which we do not convert."""
    found = (date for line in lines for date in printed_dates.find(line.text) if date.value is None)
    return next((date.written for date in found), "")


def _times(line: NearLine) -> Iterator[HtmlElement]:
    own = [line.element] if line.element.tag == "time" else list(line.element.iter("time"))
    marked = [each for each in line.element.iter() if each.get("itemprop") in {"datePublished", "dateCreated"}]
    return (each for each in dict.fromkeys([*own, *marked]) if each.get("itemprop") != "dateModified")


def _of_time(element: HtmlElement, language: str, seen: datetime | None) -> Dated | None:
    marked = "pubdate" in element.attrib or element.get("itemprop") == "datePublished"
    confidence = MARKED if marked else 0.75
    exact = dated(element.get("datetime") or element.get("content") or "", "time", confidence, language)
    if exact is not None and exact.until is None:
        return exact
    found = printed_dates.read(str(element.text_content()).strip(), language, seen)
    return exact if found is None else _of(found, "time", confidence)


def _in_print(line: NearLine, language: str, seen: datetime | None) -> Iterator[Dated]:
    found = printed_dates.find(line.text, language) or _relative(line.text, language, seen)
    beside = len(line.text.split()) - sum(len(date.written.split()) for date in found)
    if beside > WORDS_BESIDE:
        return
    confidence = 0.4 if printed_dates.is_updated(line.text) and len(found) == 1 else 0.7
    for date in found:
        dates = _of(date, "printed", confidence)
        if dates is not None:
            yield dates


def _relative(text: str, language: str, seen: datetime | None) -> list[Printed]:
    date = printed_dates.relative(text, language, seen)
    return [date] if date else []


def _earliest(found: Sequence[tuple[NearLine, Dated]]) -> Dated | None:
    """Return the earliest of the dates nearest to the headline; one that is marked as such before others."""
    if not found:
        return None
    best = max(date.confidence for _line, date in found)
    likely = [(line, date) for line, date in found if date.confidence == best]
    nearest = min(likely, key=lambda pair: abs(pair[0].distance))[0].distance
    beside = [date for line, date in likely if abs(line.distance - nearest) <= NEXT_TO]
    return min(beside, key=lambda date: date.value)


def weighed(found: Sequence[Dated], latest: datetime) -> tuple[Dated | None, list[Dated]]:
    """Return the date that most of what a page says is for, and the dates that differ from it.

    Dates after ``latest`` are mistakes of the page. Where places on the page disagree, none is worth much.
    """
    credible = [date for date in found if date.value <= latest]
    if not credible:
        return None, []
    lead = max(credible, key=lambda date: _support(date, credible))
    best = _sharpened(lead, [date for date in credible if agree(date, lead)])
    others = [date for date in credible if not agree(date, best)]
    confidence = max(date.confidence for date in credible if agree(date, best))
    if others:
        confidence = min(confidence, DOUBTFUL)
    return replace(best, confidence=confidence), _distinct(others)


def agree(one: Dated, other: Dated) -> bool:
    """Return whether two dates can be the same: their spans of time meet, or nearly."""
    slack = NEAR_MOMENTS if {one.precision, other.precision} == {"minute"} else NEAR
    return any(
        start <= their_end + slack and their_start <= end + slack
        for start, end in spans(one.value, one.precision, one.until)
        for their_start, their_end in spans(other.value, other.precision, other.until)
    )


def spans(value: datetime, precision: str, until: datetime | None) -> list[tuple[datetime, datetime]]:
    """Return the spans of time that a date may stand for: one, or one for each of its readings."""
    length = timedelta(days=DAYS[precision])
    return [(start, start + length) for start in (value, until) if start is not None]


def _support(date: Dated, found: Sequence[Dated]) -> tuple[float, float]:
    """Return how much speaks for a date: each kind of place that agrees, once; then its own worth."""
    kinds: dict[str, float] = {}
    for other in found:
        if agree(date, other):
            kinds[other.method] = max(kinds.get(other.method, 0.0), other.confidence)
    return sum(kinds.values()), date.confidence


def _sharpened(lead: Dated, agreeing: Sequence[Dated]) -> Dated:
    """Return the best of the dates that agree: the most trusted, unless another that is trusted is more exact."""
    best = max(agreeing, key=lambda date: (date.confidence, date is lead))
    trusted = [date for date in agreeing if date.confidence >= min(SURE, best.confidence)]
    return max(trusted, key=lambda date: (_exactness(date) > _exactness(best), date.confidence))


def _exactness(date: Dated) -> int:
    return EXACTNESS.index(date.precision) - (date.until is not None)


def _distinct(found: Sequence[Dated]) -> list[Dated]:
    """Return the best of the dates that agree with one another, one for each day that is meant."""
    kept: list[Dated] = []
    for date in sorted(found, key=lambda each: -each.confidence):
        if not any(agree(date, other) for other in kept):
            kept.append(date)
    return kept


def of_json_ld(node: Mapping[str, Any], key: str, confidence: float) -> Dated | None:
    """Return a date of an object of JSON-LD."""
    value = node.get(key)
    if isinstance(value, list):
        value = value[0] if value else ""
    return dated(value, "json-ld", confidence) if isinstance(value, str) else None


def _of(found: Printed, method: str, confidence: float) -> Dated | None:
    if found.value is None or found.value.astimezone(UTC).year < FIRST_YEAR:
        return None
    return Dated(found.value, found.precision, method, confidence, found.until)
