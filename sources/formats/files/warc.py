"""Read web archives (WARC; WACZ of ArchiveWeb.page and others): the main page as served, its digest checked."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from urllib.parse import urljoin

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from sources.formats import html
from sources.formats.article import LARGEST, Article
from sources.formats.file_text import Fact
from sources.formats.files import copied_article
from sources.formats.files.line_text import LineText, one_line
from sources.formats.files.page_copy import PageCopy, Reference, Saved
from sources.formats.files.wacz_pages import ListedPage, Package
from sources.formats.unreadable import Unreadable
from sources.language import detection

ZIP, GZIP, START = b"PK\x03\x04", b"\x1f\x8b", b"WARC/"
MOST_UNPACKED = 150_000_000  # bytes of all records together
MOST_RECORDS = 50_000
STEP = 1 << 20
PAGES = ("text/html", "application/xhtml+xml")
HOLD_PAGES = ("response", "resource", "conversion")
SAID_TEXT = ("urn:text:", "urn:textfinal:")  # the text that a crawler saw in its browser
MOST_LISTED = 50
BROKEN = (
    ArchiveLoadFailed,
    EOFError,
    OSError,
    zlib.error,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    OverflowError,
)
AS_RECORDED = "The markup of this page holds no article. This is the text that the tool saw in the browser."


@dataclass
class ArchivedPage:
    """What the records of an archive hold of the wanted page: its markup, its text, and what was noted beside it."""

    wanted: str
    url: str = ""
    date: str = ""
    content_type: str = ""
    markup: bytes | None = None
    digest: str = ""
    text: str = ""
    software: str = ""
    records: int = 0
    first: ArchivedPage | None = field(default=None, repr=False)

    def is_wanted(self, url: str) -> bool:
        """Return whether this is the address of the wanted page."""
        return bool(self.wanted) and _key(url) == _key(self.wanted)


def read(body: bytes, known: Reference) -> PageCopy:
    """Return the article of the main page in a web archive. Raises ``Unreadable``."""
    package = Package(body) if body.startswith(ZIP) else None
    page = package.main if package else ListedPage(known.url)
    finding = ArchivedPage(page.url)
    for archive in package.archives() if package else [iter([body])]:
        _search(archive, finding)
    best = finding if finding.markup is not None else finding.first or finding
    if best.markup is None and not (finding.text or page.text):
        raise Unreadable("not_text", "The archive holds no page: no answer of a server with text in it.")
    facts = [*_facts(best, finding.software), *(package.facts() if package else [])]
    saved = Saved("warc", best.url or page.url, best.date or page.taken)
    try:
        return copied_article.of(best.markup or b"", best.content_type, saved, known, facts)
    except Unreadable:
        if text := _as_recorded(finding.text or page.text, page.title, (*saved.facts(), *facts)):
            return text
        raise


def _facts(found: ArchivedPage, software: str) -> Iterator[Fact]:
    if found.digest:
        yield Fact("warc", "digest", found.digest)
    if software:
        yield Fact("warc", "software", software)


def _as_recorded(text: str, title: str, facts: tuple[Fact, ...]) -> PageCopy | None:
    lines = LineText()
    for line in text.splitlines():
        lines.add(line)
    if len(lines.text) < html.SHORTEST:
        return None
    language = detection.detect(lines.text)[0]
    return PageCopy(Article(lines.text, one_line(title), language=language), facts, AS_RECORDED)


def _search(pieces: Iterator[bytes], finding: ArchivedPage) -> None:
    """Go through the records of a WARC file until the wanted page is found. Raises ``Unreadable``."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):  # warcio prints what it finds odd, however long it is
            for record in ArchiveIterator(_Unpacked(pieces), block_size=STEP, check_digests=True):
                finding.records += 1
                if finding.records > MOST_RECORDS:
                    raise Unreadable("too_large", f"The archive holds more than {MOST_RECORDS:,} records.")
                _weigh(record, finding)
    except BROKEN as problem:
        if finding.markup is None and finding.first is None:
            raise Unreadable("not_text", "The archive is damaged: its records cannot be read.") from problem


def _weigh(record: Any, finding: ArchivedPage) -> None:
    """Take what a record holds of the wanted page; where nobody names one, the first page is kept."""
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if record.rec_type == "warcinfo":
        finding.software = finding.software or _software(record)
    elif url.lower().startswith(SAID_TEXT) and not finding.text:
        if not finding.wanted or finding.is_wanted(url.split(":", 2)[2]):
            finding.text = _content(record).decode("utf-8", "replace")
    elif record.rec_type in HOLD_PAGES and finding.markup is None:
        status = record.http_headers.get_statuscode() if record.http_headers else "200"
        if status.startswith("3") and finding.is_wanted(url):
            finding.wanted = urljoin(url, record.http_headers.get_header("Location") or "")
        elif status == "200" and _type(record).partition(";")[0].strip().lower() in PAGES:
            _take(record, url, finding)


def _take(record: Any, url: str, finding: ArchivedPage) -> None:
    if finding.is_wanted(url):
        _fill(finding, record, url)
    elif finding.first is None:
        finding.first = ArchivedPage(url)
        _fill(finding.first, record, url)


def _fill(found: ArchivedPage, record: Any, url: str) -> None:
    found.url, found.date = url, record.rec_headers.get_header("WARC-Date") or ""
    found.content_type = _type(record)
    found.markup = _content(record)
    while record.raw_stream.read(STEP):
        pass  # the digest is known at the end of the record
    found.digest = _digest(record)


def _digest(record: Any) -> str:
    """Return whether the bytes are those of the digest; of a body in chunks, some writers take it without framing."""
    passed = record.digest_checker.passed if record.digest_checker else None
    if passed is None:
        return "The record has no digest."
    if passed:
        return "The page has the digest that its record names."
    is_chunked = record.http_headers and record.http_headers.get_header("Transfer-Encoding")
    return (
        "The digest could not be checked." if is_chunked else "The page does NOT have the digest that its record names."
    )


def _content(record: Any) -> bytes:
    """Return the body in a record, decompressed. Raises ``Unreadable`` where it is too large."""
    stream = record.content_stream()
    pieces, left = [], LARGEST
    while piece := stream.read(STEP):
        left -= len(piece)
        if left < 0:
            raise Unreadable("too_large", f"The page has more than {LARGEST:,} bytes; at most so many are read.")
        pieces.append(piece)
    return b"".join(pieces)


def _type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _software(record: Any) -> str:
    said = _content(record).decode("utf-8", "replace")
    found = [line.partition(":")[2] for line in said.splitlines() if line.lower().startswith("software:")]
    return one_line(found[0])[:200] if found else ""


def _key(url: str) -> str:
    """Return an address without what makes no difference between two records of one page."""
    return url.partition("#")[0].partition("://")[2].rstrip("/")


class _Unpacked:
    """A file of records without its compression, for a reader that has no limits of its own."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._made = _unpacked(pieces)
        self._rest = b""

    def read(self, size: int) -> bytes:
        """Return at most so many bytes; none at the end."""
        if not self._rest:
            self._rest = next(self._made, b"")
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    first = next(pieces, b"")
    if not first.startswith(GZIP):
        _check_start(first)
        yield from _bounded(chain([first], pieces))
        return
    yield from _bounded(_inflated(chain([first], pieces)))


def _bounded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    left = MOST_UNPACKED
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise Unreadable("too_large", f"The archive unpacks to more than {MOST_UNPACKED:,} bytes.")
        yield piece


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what the members of a gzip file hold, in pieces."""
    member, is_first = zlib.decompressobj(31), True
    for piece in pieces:
        rest, made = piece, b""
        while rest or len(made) == STEP:  # at its limit, zlib may hold back more without further input
            made = member.decompress(rest, STEP)
            rest = member.unconsumed_tail or member.unused_data
            if made:
                _check_start(made if is_first else START)
                is_first = False
                yield made
            if member.eof:
                member = zlib.decompressobj(31)
            elif not made and not rest:
                break


def _check_start(piece: bytes) -> None:
    """Raise ``Unreadable`` where an archive begins otherwise: its first line may have no end."""
    if not piece.startswith(START):
        raise Unreadable("not_text", "The archive is damaged: it does not begin with a record.")
