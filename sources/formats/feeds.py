"""Read feeds and sitemaps."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import replace
from io import BytesIO
from typing import Any

import feedparser
from lxml import etree

from sources.formats import sitemaps
from sources.formats.aggregators import named_publisher, resolved
from sources.formats.content_coding import GZIP_MAGIC, BadCoding, inflate
from sources.formats.feed_entries import (
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    MOST_ENTRIES,
    Entry,
    Kind,
    NotAFeed,
    Parsed,
)
from sources.formats.feed_fields import address, date_of, dated, language_of, plain, said
from sources.formats.feed_text import in_utf_8
from sources.formats.media_items import is_media_alone

MOST_FEED_BYTES = 5_000_000
MOST_BROKEN_BYTES = 1_000_000  # of a feed that is no XML: feedparser reads it like soup, at two seconds a megabyte
MOST_SITEMAP_BYTES = 50_000_000  # sitemaps.org: no sitemap is larger, once decompressed
PACKED_RATIO = 200

# What may stand before the content. It never backtracks: a comment without an end is read once.
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
_SITEMAP = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex)[\s>/]")
_ADDRESSES = re.compile(rb"https?://[^\s<>]+[ \t]*(?:[\r\n]|$)", re.IGNORECASE)
_END_OF_ENTRY = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT = re.compile(rb"<(rss|feed|(?:\w{1,20}:)?RDF)[\s>]", re.IGNORECASE)
_END_OF_FEED = re.compile(rb"</(?:rss|feed|(?:\w{1,20}:)?RDF)\s*>", re.IGNORECASE)
_PAGE = re.compile(rb"<(!doctype\s+html|html[\s>])", re.IGNORECASE)
_CONTENT_TYPE = re.compile(r"[\w/+.;:=\"' -]{1,200}")


def parse(body: bytes, content_type: str, base_url: str) -> Parsed:
    """Read a feed or sitemap as ``read`` does; of its entries ``MOST_ENTRIES`` with an address, each once."""
    found = read(body, content_type, base_url)
    entries, is_aggregator = resolved(_distinct(found.entries))
    entries = _distinct(entries)
    is_capped = found.is_capped or len(entries) > MOST_ENTRIES
    return replace(found, entries=entries[:MOST_ENTRIES], is_capped=is_capped, is_aggregator=is_aggregator)


def read(body: bytes, content_type: str, base_url: str) -> Parsed:
    """Read a feed or sitemap: RSS, Atom, JSON Feed 1.1, sitemap (XML, text, news or index), each gzipped or not.

    Entries are all that it names, up to some thousand, also those without an http address: of a longer feed the first,
    of a longer sitemap those that were changed last. A feed may be cut off anywhere after these. Dates are in UTC, in
    Atom that of the last change when there is no other. Raises ``NotAFeed``. Nothing is fetched.
    """
    if body.startswith(GZIP_MAGIC):  # whatever the headers say: sitemaps are often files that were gzipped
        body = _unpacked(body)
    octets = in_utf_8(body, content_type)
    if octets is None:  # its parser may know what browsers do not
        return _feed(body, content_type, base_url, is_page=False)
    start = _start(octets)
    if not start:
        raise NotAFeed("empty")
    if "json" in content_type.lower() or start.startswith(b"{"):
        return _json_feed(octets, base_url)
    if _ADDRESSES.match(start):
        return sitemaps.read_text(octets, base_url)
    if _SITEMAP.search(start):
        return sitemaps.read_xml(octets, base_url)
    return _feed(octets, "application/xml; charset=utf-8", base_url, is_page=bool(_PAGE.search(start)))


def _feed(body: bytes, content_type: str, base_url: str, *, is_page: bool) -> Parsed:
    # As a stream: given plain bytes, feedparser tries to open a file of that name first.
    # It also fails on a charset that is no word, where none at all would do.
    kind_served = content_type if _CONTENT_TYPE.fullmatch(content_type) else ""
    headers = {"content-type": kind_served, "content-location": base_url}
    body, is_capped = _shortened(body)
    if len(body) > MOST_FEED_BYTES:
        raise NotAFeed("too_large")
    try:
        # Embedded markup is neither cleaned nor completed: we keep its text alone, and it takes most of the time.
        raw = {"sanitize_html": False, "resolve_relative_uris": False}
        found = feedparser.parse(BytesIO(_unbroken(body)), response_headers=headers, **raw)
    except Exception as error:  # hostile bytes make the library raise more than it documents
        raise NotAFeed("broken") from error
    if not found.version and (is_page or not found.entries):
        raise NotAFeed("page" if is_page else "unknown")
    language = language_of(found.feed.get("language"))
    rows = [row for row in found.entries[: 2 * MOST_ENTRIES] if not is_media_alone(row)]
    entries = [_entry(row, base_url, language) for row in rows]
    kind: Kind = "atom" if found.version.startswith("atom") else "rss"
    return Parsed(
        *(kind, plain(found.feed.get("title"), LONGEST_TITLE), language, entries),
        is_capped=is_capped,
        without_page=min(len(found.entries), 2 * MOST_ENTRIES) - len(rows),
    )


def _entry(row: Any, base_url: str, language: str) -> Entry:
    publisher, publisher_url = named_publisher(row, base_url)
    return Entry(
        url=address(base_url, row.get("link")),
        title=plain(row.get("title"), LONGEST_TITLE),
        language=language_of(row.get("language")) or language,
        summary=plain(row.get("summary"), LONGEST_SUMMARY),
        publisher=publisher,
        publisher_url=publisher_url,
        **dated(said(row, "published", language) or said(row, "updated", language)),
    )


def _start(body: bytes) -> bytes:
    """Return where the content of a feed begins, and 4 KB of it."""
    before = _PROLOG.match(body)
    at = before.end() if before else 0
    return body[at : at + 4_096]


def _unpacked(body: bytes) -> bytes:
    try:
        return inflate(body, "gzip", most=MOST_SITEMAP_BYTES, ratio=PACKED_RATIO)
    except BadCoding as error:
        raise NotAFeed("too_large" if error.outcome == "too_large" else "broken") from error


def _shortened(body: bytes) -> tuple[bytes, bool]:
    """Return a feed without the entries beyond those that are read, and whether there are any.

    Each entry takes as long as the others. One that was cut off after many entries gets its end back.
    """
    ends = [found.end() for found in _END_OF_ENTRY.finditer(body)]
    kept = min(MOST_ENTRIES, bisect_right(ends, MOST_FEED_BYTES))
    if kept == 0 or (kept == len(ends) and len(body) <= MOST_FEED_BYTES):
        return body, False
    after, root = body[ends[-1] :], _ROOT.search(body[: ends[0]])
    if root and not _END_OF_FEED.search(after):
        after = b"</channel></rss>" if root[1].lower() == b"rss" else b"</%b>" % root[1]
    return body[: ends[kept - 1]] + after, True


def _unbroken(body: bytes) -> bytes:
    """Return a feed, or as much of it as feedparser may take time for where it is no XML."""
    return body if len(body) <= MOST_BROKEN_BYTES or _is_well_formed(body) else body[:MOST_BROKEN_BYTES]


def _is_well_formed(body: bytes) -> bool:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def _json_feed(body: bytes, base_url: str) -> Parsed:
    if len(body) > MOST_FEED_BYTES:
        raise NotAFeed("too_large")
    try:
        feed = json.loads(body.decode(errors="replace"), strict=False)
    except (ValueError, RecursionError) as error:
        raise NotAFeed("broken") from error
    is_feed = isinstance(feed, dict) and str(feed.get("version", "")).startswith("https://jsonfeed.org/version/")
    if not is_feed or not isinstance(feed.get("items"), list):
        raise NotAFeed("unknown")
    language = language_of(feed.get("language"))
    rows = [row for row in feed["items"][: 2 * MOST_ENTRIES] if isinstance(row, dict)]
    pages = [row for row in rows if not is_media_alone(row)]
    entries = [
        Entry(
            url=address(base_url, row.get("url") or row.get("external_url")),
            title=plain(row.get("title"), LONGEST_TITLE),
            language=language_of(row.get("language")) or language,
            summary=plain(row.get("summary") or row.get("content_text") or row.get("content_html"), LONGEST_SUMMARY),
            **dated(date_of(str(row.get("date_published") or ""))),
        )
        for row in pages
    ]
    title = plain(feed.get("title"), LONGEST_TITLE)
    return Parsed("json", title, language, entries, without_page=len(rows) - len(pages))


def _distinct(entries: list[Entry]) -> list[Entry]:
    """Return the first entry of each address, without those that have none."""
    by_url: dict[str, Entry] = {}
    for entry in entries:
        if entry.url:
            by_url.setdefault(entry.url, entry)
    return list(by_url.values())
