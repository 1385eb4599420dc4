"""WARC 1.1 files: write requests and answers as they were on the wire, and read them back."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from sources.archive.records import unchunked
from sources.archive.trust import pem

LARGEST_FILE = 200_000_000
SOFTWARE = "ClaimWorkbench"
FORMAT = "WARC File Format 1.1"

# WARC 1.1 section 6.7: what a revisit record may say of the payload that it does not repeat.
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
HTML = "text/html; charset=utf-8"
VIEW = "urn:view:"
CERTIFICATES = "application/pem-certificate-chain"  # RFC 8555 section 9.1

FOLDER_MODE, FILE_MODE = 0o700, 0o600  # what the desk looks at is for nobody else on this machine

NAME = re.compile(r"(?:\d{4}/\d{2}/(?:\d{2}/)?)?[\w-][\w.-]*", re.ASCII)  # of a file, with its month


class RecordedExchange(Protocol):
    """One request and its answer, as they were on the wire."""

    @property
    def url(self) -> str:
        """The address that was asked."""

    @property
    def request_head(self) -> bytes:
        """The request as it was sent."""

    @property
    def response_head(self) -> bytes:
        """Status line and headers as served."""

    @property
    def wire_body(self) -> bytes:
        """The body as served, compressed and framed as it was."""

    @property
    def peer_ip(self) -> str:
        """The IP address that answered."""

    @property
    def started_at(self) -> datetime:
        """When the request was begun."""

    @property
    def truncated(self) -> bool:
        """Whether the body had more than we read."""

    @property
    def certificates(self) -> Sequence[bytes]:
        """The certificates that the server showed, its own first, each as DER; none without TLS."""


@dataclass(frozen=True)
class Original:
    """A response in the archive whose payload a later one repeats, as its record's headers name it."""

    record_id: str
    url: str
    date: str
    payload_digest: str


@dataclass(frozen=True)
class View:
    """What a browser made of a page: its markup and text, and a picture (PNG)."""

    html: bytes
    text: bytes
    screenshot: bytes


class Missing(Exception):
    """There is no response at this place in the archive."""


class _AsServed(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """A head that is written as the bytes it came in: warcio would write what it understood of them."""

    def __init__(self, head: bytes) -> None:
        parsed = StatusAndHeadersParser([], verify=False).parse(BytesIO(head))
        super().__init__(parsed.statusline, parsed.headers, parsed.protocol)
        self.served = head

    def compute_headers_buffer(self, _filter: object = None) -> None:
        """Give the bytes as they came."""
        self.headers_buff = self.served


def record(
    exchanges: Sequence[RecordedExchange], facts: Mapping[str, str] | None = None, *, repeats: Original | None = None
) -> bytes:
    """Return the records of one fetch, each compressed by itself: response, request and metadata of every hop.

    Where the last hop ``repeats`` an original, it is kept as a revisit record (WARC 1.1 section 6.7): its headers as
    served, its payload in the original alone. The metadata (section 6.6) hold SHA-256 of the block and of the body as
    served, beside warcio's SHA-1 in the headers, the server's IP address, and on the last hop the ``facts``; the
    certificates that a server showed are a metadata record of their own.
    """
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    for number, exchange in enumerate(exchanges, start=1):
        last = number == len(exchanges)
        response = _response(writer, exchange, repeats if last else None)
        where = {"WARC-Date": _date(exchange), "WARC-IP-Address": exchange.peer_ip}
        request = writer.create_warc_record(
            exchange.url, "request", http_headers=_AsServed(exchange.request_head), warc_headers_dict=where
        )
        writer.write_request_response_pair(request, response)
        block = exchange.response_head + (b"" if response.rec_type == "revisit" else exchange.wire_body)
        fields = {
            "block-sha256": hashlib.sha256(block).hexdigest(),
            "payload-sha256": hashlib.sha256(exchange.wire_body).hexdigest(),
            "ip-address": exchange.peer_ip,
            **({"truncated": "length"} if exchange.truncated else {}),
            **(dict(facts or {}) if last else {}),
        }
        about = {"WARC-Date": _date(exchange), "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
        _write_metadata(writer, exchange.url, _fields(fields), "application/warc-fields", about)
        if exchange.certificates:
            _write_metadata(
                writer, exchange.url, "".join(map(pem, exchange.certificates)).encode(), CERTIFICATES, about
            )
    return out.getvalue()


def original(records: bytes) -> Original:
    """Return what a revisit needs to know of the last response of a fetch. Raises ``Missing`` when there is none."""
    found = None
    for entry in ArchiveIterator(BytesIO(records), no_record_parse=True):
        if entry.rec_type == "response":
            names = ("WARC-Record-ID", "WARC-Target-URI", "WARC-Date", "WARC-Payload-Digest")
            found = Original(*(entry.rec_headers.get_header(name) or "" for name in names))
    if found is None or not all((found.record_id, found.date, found.payload_digest)):
        raise Missing
    return found


def view(
    exchanges: Sequence[RecordedExchange], parts: Sequence[RecordedExchange], seen: View, facts: Mapping[str, str]
) -> bytes:
    """Return the records of a page that a browser made: the fetch of the page and of its parts, and what was seen.

    What was seen are conversion records (WARC 1.1 section 6.8) of the page, its markup and its text as they stood at
    the end, and the picture as a resource record, named ``urn:view:`` and the address, as Browsertrix names it.
    """
    page = record(exchanges, facts)
    about = original(page)
    refers = {"WARC-Refers-To": about.record_id}
    made = [
        _given("conversion", about.url, seen.html, HTML, refers),
        _given("conversion", about.url, seen.text, "text/plain; charset=utf-8", refers),
        _given("resource", VIEW + about.url, seen.screenshot, "image/png"),
    ]
    return b"".join([page, *(record([part]) for part in parts), *made])


def resource(uri: str, block: bytes, content_type: str) -> bytes:
    """Return a resource record (WARC 1.1 section 6.4): bytes that a person gave us, and no server."""
    return _given("resource", uri, block, content_type)


def append(folder: Path, records: bytes, now: datetime | None = None) -> tuple[str, int, int]:
    """Add the records of one fetch to the file of this process; return its name, and where they are: offset, length.

    The name begins with the month, as ``2026/11/``: a month that is over never changes, so a backup copies it once.
    When this returns they are on the disk. No two processes write to one file, and a new one is begun before it grows
    beyond ``LARGEST_FILE`` bytes, but for a record that is larger itself. Raises ``OSError``; what was written in part
    is then cut off again.
    """
    return append_pieces(folder, [records], len(records), now)


def append_pieces(
    folder: Path, pieces: Iterable[bytes], about: int, now: datetime | None = None
) -> tuple[str, int, int]:
    """Add records that come in pieces, about so many bytes, as ``append`` does."""
    with _lock:
        name = _current(folder, about, now or datetime.now(UTC))
        path = folder / name
        _make_folder(path.parent)
        # A buffer would write its rest at the close, after a failed write.
        with open(path, "ab", buffering=0, opener=_opened_for_us) as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # nobody else should be here; if somebody is, wait
            offset = file.seek(0, os.SEEK_END)
            if offset == 0:
                offset = _write(file, [started(path.name)])
                for changed in (path.parent, path.parent.parent, folder):
                    _sync_folder(changed)
            length = _write(file, pieces)
    return name, offset, length


def cut(folder: Path, name: str, offset: int, length: int) -> bytes:
    """Return the records of one fetch out of a file. Raises ``Missing`` for what is no name, and ``OSError``."""
    if not NAME.fullmatch(name):
        raise Missing(name)
    with (folder / name).open("rb") as file:
        file.seek(offset)
        return file.read(length)


def payload(records: bytes) -> tuple[list[tuple[str, str]], bytes]:
    """Return headers and body of the last response of a fetch; the body without chunk framing, compressed as served.

    For a page that a browser made, this is the markup that it made. Raises ``Missing`` when there is none, as in the
    records of a revisit.
    """
    found = None
    for kind, headers, body in _shown(records):
        found = headers, body
        if kind == "conversion":
            break
    if found is None:
        raise Missing
    return found


def screenshot(records: bytes) -> bytes:
    """Return the picture of a page that a browser made. Raises ``Missing``."""
    for found in ArchiveIterator(BytesIO(records)):
        if (found.rec_headers.get_header("WARC-Target-URI") or "").startswith(VIEW):
            return _all(found.raw_stream)
    raise Missing


def started(name: str) -> bytes:
    """Return the record that every file of ours begins with (WARC 1.1 section 6.1)."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record(name, {"software": SOFTWARE, "format": FORMAT}))
    return out.getvalue()


_lock = threading.Lock()
_files: dict[tuple[Path, int], str] = {}


def _shown(records: bytes) -> Iterator[tuple[str, list[tuple[str, str]], bytes]]:
    """Yield kind, headers and body of the records with a payload, in their order."""
    for found in ArchiveIterator(BytesIO(records)):
        if found.rec_type in {"conversion", "resource"}:
            headers = [("Content-Type", found.rec_headers.get_header("Content-Type") or "")]
            yield found.rec_type, headers, _all(found.raw_stream)
        if found.rec_type == "response" and found.http_headers is not None:
            head = found.http_headers
            body = _all(found.raw_stream)
            if (head.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
                body = unchunked(body)
            yield "response", list(head.headers), body


def _all(stream: BinaryIO) -> bytes:
    """Return all bytes of one of warcio's readers, which at times give less than is there."""
    pieces = []
    while piece := stream.read(1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def _current(folder: Path, coming: int, now: datetime) -> str:
    """Return the file of this process in a folder. A forked child gets its own, and so do every start and month."""
    key = (folder.resolve(), os.getpid())
    name = _files.get(key)
    month = f"{now.astimezone(UTC):%Y/%m}"
    if name is None or not name.startswith(month) or not _has_room(folder / name, coming):
        name = f"{month}/cw-{now.astimezone(UTC):%Y%m%d%H%M%S}-{os.getpid()}-{secrets.token_hex(4)}.warc.gz"
        _files[key] = name
    return name


def _has_room(path: Path, coming: int) -> bool:
    return path.exists() and path.stat().st_size + coming <= LARGEST_FILE


def _write(file: BinaryIO, pieces: Iterable[bytes]) -> int:
    """Write to the end of a file and wait until it is on the disk; on failure leave the file as it was."""
    end = file.seek(0, os.SEEK_END)
    written = 0
    try:
        for piece in pieces:
            left = memoryview(piece)
            while left:
                left = left[file.write(left) :]
            written += len(piece)
        os.fsync(file.fileno())
    except OSError:
        os.ftruncate(file.fileno(), end)
        raise
    return written


def _make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=FOLDER_MODE, exist_ok=True)


def _opened_for_us(path: str, flags: int) -> int:
    return os.open(path, flags, mode=FILE_MODE)


def _sync_folder(folder: Path) -> None:
    """Wait until the name of a new file is on the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _response(writer: Any, exchange: RecordedExchange, repeats: Original | None) -> Any:
    """Return the record of an answer: a revisit where its payload, or the server, says that nothing changed."""
    cut_short = {"WARC-Truncated": "length"} if exchange.truncated else {}
    headers = {"WARC-Date": _date(exchange), "WARC-IP-Address": exchange.peer_ip} | cut_short
    head = _AsServed(exchange.response_head)
    if repeats is None:
        body = exchange.wire_body
        return writer.create_warc_record(
            *(exchange.url, "response"),
            payload=BytesIO(body),
            length=len(body),
            http_headers=head,
            warc_headers_dict=headers,
        )
    headers |= {
        "WARC-Profile": NOT_MODIFIED if head.get_statuscode() == "304" else SAME_PAYLOAD,
        "WARC-Refers-To": repeats.record_id,
        "WARC-Refers-To-Target-URI": repeats.url,
        "WARC-Refers-To-Date": repeats.date,
        "WARC-Payload-Digest": repeats.payload_digest,
    }
    return writer.create_warc_record(exchange.url, "revisit", http_headers=head, warc_headers_dict=headers)


def _given(kind: str, uri: str, block: bytes, content_type: str, about: Mapping[str, str] | None = None) -> bytes:
    """Return a record of bytes that are no answer of a server, made now."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    where = {"WARC-Date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"} | dict(about or {})
    made = writer.create_warc_record(
        *(uri, kind),
        payload=BytesIO(block),
        length=len(block),
        warc_content_type=content_type,
        warc_headers_dict=where,
    )
    writer.write_record(made)
    return out.getvalue()


def _write_metadata(writer: Any, url: str, block: bytes, content_type: str, about: Mapping[str, str]) -> None:
    made = writer.create_warc_record(
        *(url, "metadata"),
        payload=BytesIO(block),
        length=len(block),
        warc_content_type=content_type,
        warc_headers_dict=dict(about),
    )
    writer.write_record(made)


def _date(exchange: RecordedExchange) -> str:
    return f"{exchange.started_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _fields(values: Mapping[str, str]) -> bytes:
    """Return values as application/warc-fields: a line each, so that no value may hold a line break."""
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in values.items()).encode()
