"""Read feeds and sitemaps."""

from __future__ import annotations

import calendar
import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import feedparser
import lxml.html
from lxml import etree

from sources.formats.content_coding import GZIP_MAGIC, BadCoding, inflate

Kind = Literal["rss", "atom", "json", "sitemap", "news_sitemap", "sitemap_index"]

MOST_ENTRIES = 1_000
MOST_FEED_BYTES = 5_000_000
MOST_BROKEN_BYTES = 1_000_000  # of a feed that is no XML: feedparser reads it like soup, at two seconds a megabyte
MOST_SITEMAP_BYTES = 50_000_000  # sitemaps.org: no sitemap is larger, once decompressed
PACKED_RATIO = 200
MOST_EVENTS = 1_000_000  # elements of a sitemap, twice: MOST_ENTRIES with a hundred pictures each have fewer
FIRST_OF_DAYS = datetime(1990, 1, 1, tzinfo=UTC)  # there was no web before; 1970 is the zero of a clock
LAST_OF_DAYS = datetime.max.replace(tzinfo=UTC)
LONGEST_TITLE = 500
LONGEST_SUMMARY = 2_000
LONGEST_URL = 2_048

# What may stand before the content. It never backtracks: a comment without an end is read once.
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
_SITEMAP = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex)[\s>/]")
_ADDRESSES = re.compile(rb"https?://[^\s<>]+[ \t]*(?:[\r\n]|$)", re.IGNORECASE)
_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_END_OF_ENTRY = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,10};)")
_PAGE = re.compile(rb"<(!doctype\s+html|html[\s>])", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CONTENT_TYPE = re.compile(r"[\w/+.;:=\"' -]{1,200}")
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


@dataclass(frozen=True)
class Parsed:
    """What a feed says. ``children`` are the sitemaps that an index names, the newest first; it has no entries."""

    kind: Kind
    title: str = ""
    language: str = ""
    entries: list[Entry] = field(default_factory=list)
    children: list[str] = field(default_factory=list)


def parse(body: bytes, content_type: str, base_url: str) -> Parsed:
    """Read a feed or sitemap as ``read`` does; of its entries the first ``MOST_ENTRIES`` with an address, each once."""
    found = read(body, content_type, base_url)
    return replace(found, entries=_distinct(found.entries))


def read(body: bytes, content_type: str, base_url: str) -> Parsed:
    """Read a feed or sitemap: RSS, Atom, JSON Feed 1.1, sitemap (XML, text, news or index), each gzipped or not.

    Entries are all that it names, up to some thousand, also those without an http address. Dates are in UTC, in Atom
    that of the last change when there is no other. Raises ``NotAFeed``. Nothing is fetched.
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
    if len(body) > MOST_FEED_BYTES:
        raise NotAFeed("too_large")
    return _feed(body, content_type, base_url, is_page=bool(_PAGE.search(start)))


def _feed(body: bytes, content_type: str, base_url: str, *, is_page: bool) -> Parsed:
    # As a stream: given plain bytes, feedparser tries to open a file of that name first.
    # It also fails on a charset that is no word, where none at all would do.
    kind_served = content_type if _CONTENT_TYPE.fullmatch(content_type) else ""
    headers = {"content-type": kind_served, "content-location": base_url}
    try:
        # Embedded markup is neither cleaned nor completed: we keep its text alone, and it takes most of the time.
        plain = {"sanitize_html": False, "resolve_relative_uris": False}
        found = feedparser.parse(BytesIO(_shortened(body)), response_headers=headers, **plain)
    except Exception as error:  # hostile bytes make the library raise more than it documents
        raise NotAFeed("broken") from error
    if not found.version and (is_page or not found.entries):
        raise NotAFeed("page" if is_page else "unknown")
    language = _language(found.feed.get("language"))
    entries = [
        Entry(
            url=address(base_url, row.get("link")),
            title=_plain(row.get("title"), LONGEST_TITLE),
            published=_said(row, "published") or _said(row, "updated"),
            language=_language(row.get("language")) or language,
            summary=_plain(row.get("summary"), LONGEST_SUMMARY),
        )
        for row in found.entries[: 2 * MOST_ENTRIES]
    ]
    kind: Kind = "atom" if found.version.startswith("atom") else "rss"
    return Parsed(kind, _plain(found.feed.get("title"), LONGEST_TITLE), language, entries)


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


def _shortened(body: bytes) -> bytes:
    """Return a feed without the entries beyond those that are read, each of which takes as long as the others."""
    ends = [found.end() for found in _END_OF_ENTRY.finditer(body)]
    if len(ends) > MOST_ENTRIES:
        body = body[: ends[MOST_ENTRIES - 1]] + body[ends[-1] :]
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
    language = _language(feed.get("language"))
    entries = [
        Entry(
            url=address(base_url, row.get("url") or row.get("external_url")),
            title=_plain(row.get("title"), LONGEST_TITLE),
            published=_from_w3c(str(row.get("date_published") or "")),
            language=_language(row.get("language")) or language,
            summary=_plain(row.get("summary") or row.get("content_text") or row.get("content_html"), LONGEST_SUMMARY),
        )
        for row in feed["items"][: 2 * MOST_ENTRIES]
        if isinstance(row, dict)
    ]
    return Parsed("json", _plain(feed.get("title"), LONGEST_TITLE), language, entries)


def _sitemap(body: bytes, base_url: str) -> Parsed:
    """Read a sitemap element by element, whatever its namespaces say, until there are enough."""
    entries: list[Entry] = []
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
                entries.append(_sitemap_entry(fields, base_url))
            if len(entries) + len(children) >= 2 * MOST_ENTRIES:
                break
    except etree.XMLSyntaxError as error:
        raise NotAFeed("broken") from error
    # Indexes without dates, or with today's on each of their sitemaps, number these and add to the end of the list.
    newest_first = sorted(children, key=lambda child: (child[1], _numbers(child[0])))[::-1]
    addresses = [url for url in dict.fromkeys(url for url, _changed in newest_first) if url][:MOST_ENTRIES]
    return Parsed("sitemap_index" if addresses else kind, entries=entries, children=addresses)


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


def _child(fields: dict[str, str], base_url: str) -> tuple[str, datetime]:
    """Return the address of a sitemap and when it was changed; one that does not say may be the newest."""
    return address(base_url, fields.get("loc")), _from_w3c(fields.get("lastmod", "")) or LAST_OF_DAYS


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
        title=_plain(fields.get("title"), LONGEST_TITLE) if "news" in fields else "",
        published=_from_w3c(fields.get("publication_date", "")),
        language=_language(fields.get("language")),
    )


def _name(element: Any) -> str:
    """Return the local name of an element, also where the prefix stands for no namespace."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _distinct(entries: list[Entry]) -> list[Entry]:
    """Return the first entry of each address, without those that have none."""
    by_url: dict[str, Entry] = {}
    for entry in entries:
        if entry.url:
            by_url.setdefault(entry.url, entry)
    return list(by_url.values())[:MOST_ENTRIES]


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


def _plain(text: object, longest: int) -> str:
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


def _language(tag: object) -> str:
    """Return the primary subtag of a language tag (BCP 47), lower-case, or nothing."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", tag) if isinstance(tag, str) else None
    return found[1].lower() if found else ""


def _said(row: dict[str, Any], name: str) -> datetime | None:
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


def _from_w3c(text: str) -> datetime | None:
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
