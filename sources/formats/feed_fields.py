"""Clean the fields of feeds and sitemaps: addresses, texts without markup, languages, dates."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from sources.formats import printed_dates

LONGEST_DATE = 100
LONGEST_URL = 2_048

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]+;")
# The forms in which feedparser reads the day that is meant, in languages that we do not read: RFC 822 and asctime. In
# others it finds one too: in 1732874400 one of 2017, and in 12-11-2024 one of 2012.
_DATED = re.compile(r"\s*(?:\d{4}-\d\d-\d\d(?!\d)|(?:[^\W\d]+,?\s+)?(?:\d\d?\s+[^\W\d]{3}|[^\W\d]{3,}\s+\d))")

_ZONED = re.compile(r"(?:[+-]\d\d:?\d\d|GMT|UTC?|Z)\s*$")


def address(base_url: str, link: object) -> str:
    """Return an absolute http address, or nothing."""
    if not isinstance(link, str) or not link.strip():
        return ""
    try:
        url = urljoin(base_url, _CONTROL.sub("", link).strip().replace(" ", "%20"))
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return url if is_web and len(url) <= LONGEST_URL else ""


def plain(text: object, longest: int) -> str:
    """Return a text without markup and control characters, on one line."""
    if not isinstance(text, str):
        return ""
    words = _CONTROL.sub("", text[: 20 * longest])
    if _MARKUP.search(words):
        words = _without_markup(words)
    return " ".join(words.split())[:longest]


def _without_markup(text: str) -> str:
    try:
        fragment = lxml.html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):  # only comments and similar nodes
        return ""
    for code in fragment.xpath("//script|//style"):
        code.drop_tree()
    return str(fragment.text_content())


def language_of(tag: object) -> str:
    """Return the primary subtag of a language tag (BCP 47), lower-case, or nothing."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", tag) if isinstance(tag, str) else None
    return found[1].lower() if found else ""


@dataclass(frozen=True)
class FeedDate:
    """When a feed says that an entry was published, no more exact than it says; ``until`` is the later reading."""

    value: datetime
    precision: str = "minute"  # or day, month, year
    until: datetime | None = None


def said(row: dict[str, Any], name: str, language: str = "") -> FeedDate | None:
    """Return the date that an entry names, in the language of its feed.

    feedparser takes a time whose zone it does not know for one in UTC. So what only feedparser reads is known to its
    day, unless an offset or GMT stands at its end.
    """
    text, moment = dict.get(row, name), dict.get(row, f"{name}_parsed")
    if not isinstance(text, str):
        return None
    found = date_of(text, language)
    if found is not None or moment is None or not _DATED.match(text):
        return found
    try:
        value = datetime.fromtimestamp(calendar.timegm(moment), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    if not is_credible(value):
        return None
    day = FeedDate(datetime(value.year, value.month, value.day, tzinfo=UTC), "day")
    return FeedDate(value) if _ZONED.search(text) else day


def date_of(text: str, language: str = "") -> FeedDate | None:
    """Return the date in a field of a feed or sitemap; a time without a known zone is known to its day."""
    found = printed_dates.read(text.strip(), language) if len(text) <= LONGEST_DATE else None
    if found is None or found.value is None:
        return None
    return FeedDate(found.value.astimezone(UTC), found.precision, found.until)


def dated(date: FeedDate | None) -> dict[str, Any]:
    """Return the fields of an entry that hold its date."""
    return {"published": date.value, "precision": date.precision, "until": date.until} if date else {}


def is_credible(moment: datetime) -> bool:
    """Return whether a page may be of this time: there was no web before, and 1970 is the zero of a clock."""
    return printed_dates.FIRST_YEAR <= moment.year <= printed_dates.LAST_YEAR
