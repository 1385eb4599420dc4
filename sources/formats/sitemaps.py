"""Read sitemaps: XML, lists of addresses, news sitemaps and indexes, whatever their namespaces say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from typing import Any

from lxml import etree

from sources.formats.feed_entries import LONGEST_TITLE, MOST_ENTRIES, Entry, Kind, NotAFeed, Parsed
from sources.formats.feed_fields import address, date_of, dated, language_of, plain

MOST_TEXT_BYTES = 5_000_000
MOST_IN_SITEMAP = 50_000  # sitemaps.org: no sitemap names more addresses
MOST_EVENTS = 1_000_000  # elements of a sitemap, twice: MOST_ENTRIES with a hundred pictures each have fewer
LAST_OF_DAYS = datetime.max.replace(tzinfo=UTC)
NEWS = "news"  # the element of Google's news sitemaps that holds what they say of an article, and its usual prefix

_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,10};)")


@dataclass(frozen=True)
class _Told:
    """What an element of a sitemap says of one address: for all readers, and for those of news."""

    loc: str = ""
    lastmod: str = ""
    is_news: bool = False
    title: str = ""
    published: str = ""
    language: str = ""


def read_text(body: bytes, base_url: str) -> Parsed:
    """Read a sitemap that is a list of addresses, one to a line (sitemaps.org, protocol)."""
    lines = body[:MOST_TEXT_BYTES].decode("utf-8-sig", "replace").splitlines()[: 2 * MOST_ENTRIES]
    whole = [line.strip() for line in lines if _WEB.match(line)]
    return Parsed("sitemap", entries=[Entry(address(base_url, line)) for line in whole])


def read_xml(body: bytes, base_url: str) -> Parsed:
    """Read a sitemap in UTF-8 element by element, whatever its namespaces and its XML declaration say."""
    found: list[_Told] = []
    children: list[tuple[str, datetime]] = []
    kind: Kind = "sitemap"
    try:
        for event, element in _events(body):
            if event == "start":
                kind = "sitemap_index" if _name(element) == "sitemapindex" else kind
            elif _name(element) == "sitemap":
                children.append(_child(_told(element), base_url))
            elif _name(element) == "url":
                told = _told(element)
                kind = "news_sitemap" if told.is_news else kind
                found.append(told)
            if len(children) >= 2 * MOST_ENTRIES or len(found) >= MOST_IN_SITEMAP:
                break
    except etree.XMLSyntaxError as error:
        raise NotAFeed("broken") from error
    # Indexes without dates, or with today's on each of their sitemaps, number these and add to the end of the list.
    newest_first = sorted(children, key=lambda child: (child[1], _numbers(child[0])))[::-1]
    addresses = [url for url in dict.fromkeys(url for url, _changed in newest_first) if url][:MOST_ENTRIES]
    entries = [_entry(told, base_url) for told in _newest(found)]
    return Parsed("sitemap_index" if addresses else kind, entries=entries, children=addresses)


def _newest(found: list[_Told]) -> list[_Told]:
    """Return what entries of a sitemap say: of too many, those that were changed last, or the first if none says when.

    Many sitemaps list the oldest first. Dates of one site compare as text: they have one form and one time zone.
    """
    if len(found) <= 2 * MOST_ENTRIES:
        return found
    newest_first = sorted(found, key=_changed, reverse=True)
    return newest_first[: 2 * MOST_ENTRIES]


def _events(body: bytes) -> Iterator[tuple[str, Any]]:
    """Yield starts and ends of the elements of a sitemap, and free each child of the root after its end."""
    events = etree.iterparse(
        BytesIO(_with_ampersands(body)),
        events=("start", "end"),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    for event, element in islice(events, MOST_EVENTS):
        above = element.getparent()
        if above is None and element.getroottree().docinfo.doctype:
            raise NotAFeed("doctype")
        yield event, element
        if event == "end" and above is not None and above.getparent() is None:
            element.clear()
            while element.getprevious() is not None:
                del above[0]


def _with_ampersands(body: bytes) -> bytes:
    """Return a sitemap with its bare ampersands escaped: the parser would drop what follows them."""
    return body if b"<![CDATA[" in body else _BARE_AMPERSAND.sub(b"&amp;", body)


def _changed(told: _Told) -> str:
    return told.published or told.lastmod


def _child(told: _Told, base_url: str) -> tuple[str, datetime]:
    """Return the address of a sitemap and when it was changed; one that does not say may be the newest."""
    changed = date_of(told.lastmod)
    return address(base_url, told.loc), changed.value if changed else LAST_OF_DAYS


def _numbers(url: str) -> list[int]:
    return [int(digits) for digits in re.findall("[0-9]+", url)]


def _told(element: Any) -> _Told:
    """Return what an element says: its address in its own children, its news in those of its news element.

    An image or a video has a title and dates of its own. Where ``news:title`` stands without a ``news:news`` around
    it, its prefix or namespace says that it is of the news.
    """
    children = sorted(element.iterchildren(etree.Element), key=_is_extension)
    own = _texts(child for child in children if len(child) == 0)
    about = next((child for child in element.iterdescendants(etree.Element) if _name(child) == NEWS), None)
    inside = (child for child in element.iterdescendants(etree.Element) if _is_news(child))
    news = _texts(inside if about is None else about.iterdescendants(etree.Element))
    return _Told(
        loc=own.get("loc", ""),
        lastmod=own.get("lastmod", ""),
        is_news=about is not None or bool(news),
        title=news.get("title", ""),
        published=news.get("publication_date", ""),
        language=news.get("language", ""),
    )


def _texts(elements: Iterator[Any]) -> dict[str, str]:
    """Return the first text of each kind of element, by local names."""
    found: dict[str, str] = {}
    for each in elements:
        if text := "".join(each.itertext()).strip():
            found.setdefault(_name(each), text)
    return found


def _is_extension(element: Any) -> bool:
    """Return whether an element is of an extension, such as images: its namespace is not that of the element around."""
    return _space(element) != _space(element.getparent())


def _is_news(element: Any) -> bool:
    return NEWS in _space(element).lower()


def _space(element: Any) -> str:
    """Return the namespace of an element, or its prefix where that stands for none."""
    tag = str(element.tag)
    return tag.rpartition("}")[0] or tag.rpartition(":")[0]


def _entry(told: _Told, base_url: str) -> Entry:
    """Return what a sitemap says of an article; `lastmod` is no date of publication (sitemaps.org)."""
    return Entry(
        url=address(base_url, told.loc),
        title=plain(told.title, LONGEST_TITLE),
        language=language_of(told.language),
        **dated(date_of(told.published)),
    )


def _name(element: Any) -> str:
    """Return the local name of an element, also where the prefix stands for no namespace."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
