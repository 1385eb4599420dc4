"""Clean the fields of feeds and sitemaps: addresses, texts without markup, languages, dates."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

FIRST_OF_DAYS = datetime(1990, 1, 1, tzinfo=UTC)  # there was no web before; 1970 is the zero of a clock
LONGEST_URL = 2_048

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]+;")
# The forms in which feedparser reads the day that is meant: ISO 8601, RFC 822 and asctime, and Perforce's. In others it
# finds one too: in 1732874400 one of 2017, in 12-11-2024 one of 2012, and in 2024/11/29 the first of November.
_DATED = re.compile(
    r"\s*(?:(?:\d{4}-\d\d-\d\d|\d{8})(?!\d)"
    r"|(?:[^\W\d]+,?\s+)?(?:\d\d?\s+[^\W\d]{3}|[^\W\d]{3,}\s+\d)"
    r"|[^\W\d]{3}, \d{4}/\d)"
)
# W3C-DTF, of which sitemaps use every precision (sitemaps.org, protocol).
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?")


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


def said(row: dict[str, Any], name: str) -> datetime | None:
    """Return the moment that an entry names, where its words for it are those of a date."""
    text, moment = dict.get(row, name), dict.get(row, f"{name}_parsed")
    if moment is None or not isinstance(text, str) or not _DATED.match(text):
        return None
    try:
        return _credible(datetime.fromtimestamp(calendar.timegm(moment), UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _credible(moment: datetime) -> datetime | None:
    return moment if moment >= FIRST_OF_DAYS else None


def from_w3c(text: str) -> datetime | None:
    """Return the moment of a W3C-DTF date; a time without zone is taken as UTC, a day as its midnight."""
    found = _DATE.match(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    offset = "+00:00" if zone in {None, "Z"} else f"{zone[:3]}:{zone[-2:]}"
    stamp = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{offset}"
    try:
        return _credible(datetime.fromisoformat(stamp).astimezone(UTC))
    except (ValueError, OverflowError):
        return None
