"""What our reader of pages makes of one: its article, with dates and doubts. Nothing here parses a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from sources.formats.claim_reviews import ClaimReviewRecord
from sources.formats.text_parts import Part

READER = f"trafilatura@{version('trafilatura')}+7"
LARGEST = 20_000_000  # bytes; our client takes no more
PAGES = {"", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain"}

EVER = datetime.max.replace(tzinfo=UTC)
AHEAD = timedelta(days=1)  # the clock or time zone of a page may be wrong by this much; later dates are mistakes


@dataclass(frozen=True)
class Dated:
    """A date as a page gives it: ``value`` is exact to ``precision`` and no further; ``confidence`` in 0..1.

    A minute is in the zone in which it is written. Where a text has two readings, ``until`` is the later one.
    """

    value: datetime
    precision: str  # year, month, day, minute
    method: str
    confidence: float
    until: datetime | None = None


@dataclass(frozen=True)
class Doubt:
    """What another place on a page says of its title, byline or date, where that differs; ``field`` names which."""

    field: str  # title, byline, published
    value: str  # of a date its ISO 8601 form
    method: str
    precision: str = ""


@dataclass(frozen=True)
class Article:
    """What our reader made of a page; empty where the page says nothing. ``text`` has one line per paragraph."""

    text: str
    title: str = ""
    byline: str = ""
    site_name: str = ""
    canonical_url: str = ""
    language: str = ""
    language_score: float = 0.0
    published: Dated | None = None
    modified: Dated | None = None
    date_written: str = ""  # in a calendar that we do not convert, where the page has no other date
    doubts: tuple[Doubt, ...] = ()
    free: bool | None = None
    charset: str = ""
    declared_charset: str = ""
    is_garbled: bool = False
    share: float | None = None  # of the sentences that stand with the headline; None where the page has none
    parts: tuple[Part, ...] = ()
    claim_reviews: tuple[ClaimReviewRecord, ...] = ()
    reader: str = READER
