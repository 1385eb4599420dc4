"""The starter pack: public feeds of broadcasters and agencies, by language and country, for a desk that begins.

Its addresses are as they were known when the list was written. Nobody has tried them since, so each is tried when it is
chosen: the first check of a feed says whether it answers.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from sources.formats import feed_lists
from sources.models.vocabulary import SourceKind

LONGEST_LIST = feed_lists.LONGEST
FILE = Path(__file__).with_name("starter_pack.json")


@dataclass(frozen=True)
class StarterEntry:
    """A source with one feed; ``country`` is empty for an organization of many countries."""

    name: str
    country: str
    language: str
    kind: str
    site: str
    feed: str


@cache
def entries() -> tuple[StarterEntry, ...]:
    """Return the entries of the pack."""
    return tuple(StarterEntry(**each) for each in json.loads(FILE.read_text(encoding="utf-8"))["entries"])


@cache
def written() -> str:
    """Return the month in which the list was written, as year and month."""
    return str(json.loads(FILE.read_text(encoding="utf-8"))["written"])


def wanted(chosen: Collection[str], body: bytes) -> list[StarterEntry]:
    """Return the entries of the pack with these addresses, and what a list names that somebody brings."""
    return [each for each in entries() if each.feed in chosen] + [_of_list(each) for each in feed_lists.read(body)]


def _of_list(listed: feed_lists.ListedFeed) -> StarterEntry:
    host = urlsplit(listed.url).hostname or ""
    return StarterEntry(listed.name or host, "", listed.language, SourceKind.OUTLET, "", listed.url)


def chosen_from(languages: set[str], countries: set[str]) -> list[StarterEntry]:
    """Return the entries in these languages and countries; an empty set stands for all."""
    return [
        each
        for each in entries()
        if (not languages or each.language in languages) and (not countries or each.country in countries)
    ]
