"""Read feeds and sitemaps."""

from __future__ import annotations

import codecs
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from typing import Any, Literal

import feedparser
from lxml import etree

from sources.formats.content_coding import GZIP_MAGIC, BadCoding, inflate
from sources.formats.feed_fields import FeedDate, address, date_of, language_of, plain, said

Kind = Literal["rss", "atom", "json", "sitemap", "news_sitemap", "sitemap_index"]

MOST_ENTRIES = 1_000
MOST_FEED_BYTES = 5_000_000
MOST_BROKEN_BYTES = 1_000_000  # of a feed that is no XML: feedparser reads it like soup, at two seconds a megabyte
MOST_SITEMAP_BYTES = 50_000_000  # sitemaps.org: no sitemap is larger, once decompressed
MOST_IN_SITEMAP = 50_000  # sitemaps.org: no sitemap names more addresses
ENOUGH_BYTES = 10_000_000  # of a longer feed or sitemap we read no more than these
PACKED_RATIO = 200
MOST_EVENTS = 1_000_000  # elements of a sitemap, twice: MOST_ENTRIES with a hundred pictures each have fewer
LAST_OF_DAYS = datetime.max.replace(tzinfo=UTC)
LONGEST_TITLE = 500
LONGEST_SUMMARY = 2_000

# What may stand before the content. It never backtracks: a comment without an end is read once.
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
_SITEMAP = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex)[\s>/]")
_ADDRESSES = re.compile(rb"https?://[^\s<>]+[ \t]*(?:[\r\n]|$)", re.IGNORECASE)
_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_END_OF_ENTRY = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT = re.compile(rb"<(rss|feed|(?:\w{1,20}:)?RDF)[\s>]", re.IGNORECASE)
_END_OF_FEED = re.compile(rb"</(?:rss|feed|(?:\w{1,20}:)?RDF)\s*>", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,10};)")
_PAGE = re.compile(rb"<(!doctype\s+html|html[\s>])", re.IGNORECASE)
_CONTENT_TYPE = re.compile(r"[\w/+.;:=\"' -]{1,200}")


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


@dataclass(frozen=True)
class Parsed:
    """What a feed says. ``children`` are the sitemaps that an index names, the newest first; it has no entries.

    ``is_capped`` says that it names more entries than we read.
    """

    kind: Kind
    title: str = ""
    language: str = ""
    entries: list[Entry] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    is_capped: bool = False


def parse(body: bytes, content_type: str, base_url: str) -> Parsed:
    """Read a feed or sitemap as ``read`` does; of its entries ``MOST_ENTRIES`` with an address, each once."""
    found = read(body, content_type, base_url)
    entries = _distinct(found.entries)
    is_capped = found.is_capped or len(entries) > MOST_ENTRIES
    return replace(found, entries=entries[:MOST_ENTRIES], is_capped=is_capped)


def read(body: bytes, content_type: str, base_url: str) -> Parsed:
    """Read a feed or sitemap: RSS, Atom, JSON Feed 1.1, sitemap (XML, text, news or index), each gzipped or not.

    Entries are all that it names, up to some thousand, also those without an http address: of a longer feed the first,
    of a longer sitemap those that were changed last. A feed may be cut off anywhere after these. Dates are in UTC, in
    Atom that of the last change when there is no other. Raises ``NotAFeed``. Nothing is fetched.
    """
    if body.startswith(GZIP_MAGIC):  # whatever the headers say: sitemaps are often files that were gzipped
        body = _unpacked(body)
    octets = _in_utf_8(body)
    start = _start(octets)
    if not start:
        raise NotAFeed("empty")
    if "json" in content_type.lower() or start.startswith(b"{"):
        return _json_feed(octets, base_url)
    if _ADDRESSES.match(start):
        return _text_sitemap(octets, base_url)
    if _SITEMAP.search(start):
        return _sitemap(octets, base_url)
    return _feed(body, content_type, base_url, is_page=bool(_PAGE.search(start)))


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
    entries = [
        Entry(
            url=address(base_url, row.get("link")),
            title=plain(row.get("title"), LONGEST_TITLE),
            language=language_of(row.get("language")) or language,
            summary=plain(row.get("summary"), LONGEST_SUMMARY),
            **_dated(said(row, "published", language) or said(row, "updated", language)),
        )
        for row in found.entries[: 2 * MOST_ENTRIES]
    ]
    kind: Kind = "atom" if found.version.startswith("atom") else "rss"
    return Parsed(kind, plain(found.feed.get("title"), LONGEST_TITLE), language, entries, is_capped=is_capped)


def _in_utf_8(body: bytes) -> bytes:
    is_wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return body.decode("utf-16", "replace").encode("utf-8-sig") if is_wide else body


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


def _text_sitemap(body: bytes, base_url: str) -> Parsed:
    """Read a sitemap that is a list of addresses, one to a line (sitemaps.org, protocol)."""
    lines = body[:MOST_FEED_BYTES].decode("utf-8-sig", "replace").splitlines()[: 2 * MOST_ENTRIES]
    whole = [line.strip() for line in lines if _WEB.match(line)]
    return Parsed("sitemap", entries=[Entry(address(base_url, line)) for line in whole])


def _json_feed(body: bytes, base_url: str) -> Parsed:
    if len(body) > MOST_FEED_BYTES:
        raise NotAFeed("too_large")
    try:
        feed = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotAFeed("broken") from error
    is_feed = isinstance(feed, dict) and str(feed.get("version", "")).startswith("https://jsonfeed.org/version/")
    if not is_feed or not isinstance(feed.get("items"), list):
        raise NotAFeed("unknown")
    language = language_of(feed.get("language"))
    entries = [
        Entry(
            url=address(base_url, row.get("url") or row.get("external_url")),
            title=plain(row.get("title"), LONGEST_TITLE),
            language=language_of(row.get("language")) or language,
            summary=plain(row.get("summary") or row.get("content_text") or row.get("content_html"), LONGEST_SUMMARY),
            **_dated(date_of(str(row.get("date_published") or ""))),
        )
        for row in feed["items"][: 2 * MOST_ENTRIES]
        if isinstance(row, dict)
    ]
    return Parsed("json", plain(feed.get("title"), LONGEST_TITLE), language, entries)


def _sitemap(body: bytes, base_url: str) -> Parsed:
    """Read a sitemap element by element, whatever its namespaces say."""
    found: list[dict[str, str]] = []
    children: list[tuple[str, datetime]] = []
    kind: Kind = "sitemap"
    try:
        for event, element in _events(body):
            if event == "start":
                kind = "sitemap_index" if _name(element) == "sitemapindex" else kind
            elif _name(element) == "sitemap":
                children.append(_child(_fields(element), base_url))
            elif _name(element) == "url":
                fields = _fields(element)
                kind = "news_sitemap" if "news" in fields else kind
                found.append(fields)
            if len(children) >= 2 * MOST_ENTRIES or len(found) >= MOST_IN_SITEMAP:
                break
    except etree.XMLSyntaxError as error:
        raise NotAFeed("broken") from error
    # Indexes without dates, or with today's on each of their sitemaps, number these and add to the end of the list.
    newest_first = sorted(children, key=lambda child: (child[1], _numbers(child[0])))[::-1]
    addresses = [url for url in dict.fromkeys(url for url, _changed in newest_first) if url][:MOST_ENTRIES]
    entries = [_sitemap_entry(fields, base_url) for fields in _newest(found)]
    return Parsed("sitemap_index" if addresses else kind, entries=entries, children=addresses)


def _newest(found: list[dict[str, str]]) -> list[dict[str, str]]:
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


def _changed(fields: dict[str, str]) -> str:
    return fields.get("publication_date") or fields.get("lastmod", "")


def _child(fields: dict[str, str], base_url: str) -> tuple[str, datetime]:
    """Return the address of a sitemap and when it was changed; one that does not say may be the newest."""
    changed = date_of(fields.get("lastmod", ""))
    return address(base_url, fields.get("loc")), changed.value if changed else LAST_OF_DAYS


def _numbers(url: str) -> list[int]:
    return [int(digits) for digits in re.findall("[0-9]+", url)]


def _fields(element: Any) -> dict[str, str]:
    """Return the first text of each kind of element inside one, by local names: its own, then those further down."""
    found: dict[str, str] = {}
    for child in (*element.iterchildren(etree.Element), *element.iterdescendants(etree.Element)):
        found.setdefault(_name(child), (child.text or "").strip())
    return found


def _sitemap_entry(fields: dict[str, str], base_url: str) -> Entry:
    """Return what a <url> says; `lastmod` is no date of publication (sitemaps.org)."""
    return Entry(
        url=address(base_url, fields.get("loc")),
        title=plain(fields.get("title"), LONGEST_TITLE) if "news" in fields else "",
        language=language_of(fields.get("language")),
        **_dated(date_of(fields.get("publication_date", ""))),
    )


def _dated(date: FeedDate | None) -> dict[str, Any]:
    """Return the fields of an entry that hold its date."""
    return {"published": date.value, "precision": date.precision, "until": date.until} if date else {}


def _name(element: Any) -> str:
    """Return the local name of an element, also where the prefix stands for no namespace."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _distinct(entries: list[Entry]) -> list[Entry]:
    """Return the first entry of each address, without those that have none."""
    by_url: dict[str, Entry] = {}
    for entry in entries:
        if entry.url:
            by_url.setdefault(entry.url, entry)
    return list(by_url.values())
