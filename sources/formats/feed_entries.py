"""What a feed or sitemap says: its entries, the sitemaps of an index, and why something is no feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["rss", "atom", "json", "sitemap", "news_sitemap", "sitemap_index"]

MOST_ENTRIES = 1_000
ENOUGH_BYTES = 10_000_000  # of a longer feed or sitemap we read no more than these
LONGEST_TITLE = 500
LONGEST_SUMMARY = 2_000


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogue; the code that shows it to a person translates it."""
    return message


class NotAFeed(Exception):
    """What was served is no feed. ``reason`` is a key; the message may be shown to a person."""

    def __init__(self, reason: Literal["empty", "page", "too_large", "doctype", "broken", "unknown"]) -> None:
        super().__init__(_REASONS[reason])
        self.reason = reason


_REASONS = {
    "empty": gettext_noop("This address returned nothing."),
    "page": gettext_noop("This is the address of a web page, not of a feed."),
    "too_large": gettext_noop("This feed is too large for us to read."),
    "doctype": gettext_noop("This sitemap defines its own XML entities, so we do not read it."),
    "broken": gettext_noop("This feed is broken: we cannot read all of it."),
    "unknown": gettext_noop("This address returned something that is neither a feed nor a sitemap."),
}


@dataclass(frozen=True)
class Entry:
    """One publication that a feed names. What the feed does not say is empty, or None."""

    url: str
    title: str = ""
    published: datetime | None = None
    language: str = ""
    summary: str = ""
    precision: str = field(default="", compare=False)  # of the date: minute, day, month, year
    until: datetime | None = field(default=None, compare=False)  # the later of two readings of the date
    publisher: str = ""  # of an article that comes from another feed: the name and address that the feed gives for it
    publisher_url: str = ""


@dataclass(frozen=True)
class Parsed:
    """What a feed says. ``children`` are the sitemaps that an index names, the newest first; it has no entries.

    ``is_capped`` says that it names more entries than we read, ``without_page`` how many are sound or video alone.
    ``is_aggregator`` says that most of its links lead over its own site to articles of others.
    """

    kind: Kind
    title: str = ""
    language: str = ""
    entries: list[Entry] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    is_capped: bool = False
    without_page: int = 0
    is_aggregator: bool = False
