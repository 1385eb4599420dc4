"""Strict reader of WARC records for the verifier, with only Python's standard library: each deviation is an error."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from sources.archive.trust import Broken

# What is packed unpacks to at most so many bytes, or so many times its size: more is a bomb, made to fill the memory.
ROOM, RATIO = 64 << 20, 100
BOMB = "unpacks to far more than it takes up"
END = b"\r\n\r\n"
LEAST, MOST = 1 << 12, 1 << 18  # bytes of a file in one piece
HEADERS = 1 << 20  # bytes: the headers of a record, or of an answer in it, are not longer
BLOCK, PAYLOAD = "warc-block-digest", "warc-payload-digest"
DIGESTS = (BLOCK, PAYLOAD)
METHODS = {name for name in hashlib.algorithms_guaranteed if not name.startswith("shake")}  # those have no one length
SHOWS = {"response", "revisit", "resource"}  # kinds of records that show what was published
_TYPE = re.compile(rb"(?im)^content-type:[ \t]*([^\s;]+)")
_BLANK = re.compile(rb"\r?\n\r?\n")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")


class Record:
    """One record: where it lies, its headers in lower case, and hashes of its block and its payload.

    The payload is as in WARC 1.1 section 6.3.2. ``size`` is how long the record is without its ``END``. The block is
    not kept: ``again`` reads it once more from the file, which must still be open.
    """

    def __init__(self, place: str, offset: int, head: bytes) -> None:
        self.place, self.offset, self.length = place, offset, 0
        if not re.match(rb"WARC/[01]\.\d+\r\n", head):
            raise Broken(self.where, "not readable")
        text = re.sub(r"\r\n[ \t]+", " ", head.decode("utf-8", "surrogateescape"))
        pairs = [line.partition(":")[::2] for line in text.split("\r\n")[1:]]
        self.head: dict[str, str] = {name.strip().lower(): value.strip() for name, value in reversed(pairs)}
        self.kind, self.id = self.said("warc-type"), self.said("warc-record-id")
        self.url, self.date = self.said("warc-target-uri").strip("<>"), self.said("warc-date")
        size = self.said("content-length")
        if not (self.kind and self.id and _DATE.fullmatch(self.date) and re.fullmatch(r"\d{1,12}", size, re.ASCII)):
            raise Broken(self.where, "not readable")
        self.before, self.size = len(head) + len(END), len(head) + len(END) + int(size)
        self._status, self._served, self._split = "-", "", 0
        self.again: Callable[[], Iterator[bytes]] = lambda: iter(())
        self._known: dict[str, tuple[bytes, bytes, bytes]] = {}  # by method

    def read(self, pieces: Iterator[bytes]) -> int:
        """Take hashes of the block, which comes in pieces, and return its size. Raises ``Broken``."""
        begins = b""
        while len(begins) < HEADERS and not _BLANK.search(begins) and (piece := next(pieces, b"")):
            begins += piece
        if found := re.match(rb"HTTP/\S+ (\d{3})", begins):
            self._status = found[1].decode()
            served = _TYPE.search(begins.partition(END)[0])
            self._served = served[1].decode("latin-1").lower() if served else ""
        if self.said("content-type").replace(" ", "").startswith("application/http"):
            blank = _BLANK.search(begins)
            if blank is None and len(begins) >= HEADERS:
                raise Broken(self.where, "not readable")
            self._split = blank.end() if blank else len(begins)
        methods = {"sha256", *(_method(self.said(name).partition(":")[0]) for name in DIGESTS)}
        return self._take(methods & METHODS, itertools.chain([begins], pieces))

    @property
    def where(self) -> str:
        """Return how people find this record."""
        return f"{self.place} @{self.offset}"

    @property
    def block(self) -> bytes:
        """Return the whole block, read from the file: only of a record that is known to be small."""
        return b"".join(self.again())

    @property
    def payload(self) -> bytes:
        """Return the whole payload, in the same way."""
        return self.block[self._split :]

    @property
    def status(self) -> str:
        """Return the HTTP status that was served; a dash where none was."""
        return self._status

    @property
    def mime(self) -> str:
        """Return the kind of content as an index names it."""
        if self.kind == "revisit":
            return "warc/revisit"
        return self._served or self.said("content-type").partition(";")[0].lower()

    @property
    def is_shown(self) -> bool:
        """Return whether there is something to look at: not where a server only said "not modified" (304)."""
        return self.kind in SHOWS and (self.kind, self.status) != ("revisit", "304")

    def said(self, name: str) -> str:
        """Return the value of a header, empty when there is none."""
        return self.head.get(name, "")

    def holds(self, name: str, of: Record) -> bool | None:
        """Return whether the digest in a header of this record is that of a record; None when there is none.

        Of a body with chunk framing, some writers take the digest without it.
        """
        method, _colon, value = self.said(name).partition(":")
        if not value:
            return None
        if _method(method) not in METHODS:
            return False
        block, payload, plain = of.hashes(_method(method))
        return value.upper().rstrip("=") in _spelled({block} if name == BLOCK else {payload, plain})

    def hashes(self, method: str) -> tuple[bytes, bytes, bytes]:
        """Return the hashes of the block, of the payload, and of the payload without chunk framing."""
        if method not in self._known:
            self._take({method}, self.again())
        return self._known[method]

    def _take(self, methods: set[str], pieces: Iterator[bytes]) -> int:
        made = {each: (hashlib.new(each), hashlib.new(each), hashlib.new(each)) for each in methods}
        chunks, split, size = Chunks(), self._split, 0
        for piece in pieces:
            size += len(piece)
            payload, split = piece[split:], max(split - len(piece), 0)
            plain = b"".join(chunks.read(payload))
            for hashes in made.values():
                for each, data in zip(hashes, (piece, payload, plain), strict=True):
                    each.update(data)
        for method, hashes in made.items():
            block, payload, plain = (each.digest() for each in hashes)
            self._known[method] = (block, payload, plain if chunks.are_there else payload)
        return size


class Chunks:
    """Takes the chunk framing and trailers off a body that comes in pieces (RFC 9112 section 7.1), where it has any.

    Sizes are read as loosely as http.client and urllib3 do, else what was taken off the wire would not be found again.
    """

    def __init__(self) -> None:
        self.are_there, self._line, self._size, self._after = False, b"", 0, 0
        self._ends = False

    def read(self, piece: bytes) -> Iterator[bytes]:
        """Yield what a piece holds of the body."""
        while piece and not self._ends:
            if self._size:
                yield piece[: self._size]
                self._size, piece = max(self._size - len(piece), 0), piece[self._size :]
            elif self._after:
                piece, self._after = piece[self._after :], max(self._after - len(piece), 0)
            else:
                piece = self._begin(piece)

    def _begin(self, piece: bytes) -> bytes:
        """Read the line with which a chunk begins; return what comes behind it."""
        line, end, rest = piece.partition(b"\n")
        self._line += line
        if not end:
            self._ends = len(self._line) > HEADERS
            return b""
        try:
            size = int(self._line.partition(b";")[0], 16)
            self.are_there = True
        except ValueError:
            size = 0
        self._line, self._size, self._after, self._ends = b"", max(size, 0), 2, size <= 0
        return rest


def unchunked(data: bytes) -> bytes:
    """Return a body without its chunk framing and trailers."""
    return b"".join(Chunks().read(data))


class Pieces:
    """Bytes that come in pieces, read from the front."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""

    def until(self, mark: bytes, most: int) -> bytes | None:
        """Return what comes before a mark, and go on behind it; None where it does not come soon enough."""
        while (at := self.rest.find(mark)) < 0 and len(self.rest) <= most:
            piece = next(self.pieces, b"")
            if not piece:
                return None
            self.rest += piece
        found, self.rest = self.rest[: max(at, 0)], self.rest[at + len(mark) :]
        return found if at >= 0 else None

    def next(self, number: int) -> Iterator[bytes]:
        """Yield the next so many bytes, or as many as there are."""
        while number:
            self.rest = self.rest or next(self.pieces, b"")
            if not self.rest:
                return
            piece, self.rest = self.rest[:number], self.rest[number:]
            number -= len(piece)
            yield piece


class WarcBytes:
    """The bytes of a file from a place on; of one that is compressed, what the member that begins there unpacks to."""

    def __init__(self, where: str, file: BinaryIO, offset: int, *, is_packed: bool, unpacked: int = 0) -> None:
        self.where, self.file, self.offset, self.is_packed = where, file, offset, is_packed
        self.before, self.unpacked, self.used = unpacked, unpacked, 0

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes from the beginning. Raises ``Broken``."""
        self.used, self.unpacked = 0, self.before
        yield from self._unpack() if self.is_packed else self._read()

    def _read(self) -> Iterator[bytes]:
        at, number = self.offset, LEAST  # most records are small, and another reader moves the file meanwhile
        while True:
            self.file.seek(at)
            piece = self.file.read(number)
            if not piece:
                return
            at, number = at + len(piece), min(2 * number, MOST)
            yield piece

    def _unpack(self) -> Iterator[bytes]:
        member, packed, data = zlib.decompressobj(31), self._read(), b""
        while not member.eof:
            data = data or next(packed, b"")
            if not data:
                raise Broken(self.where, "not readable")
            piece = member.decompress(data, MOST)
            left = member.unused_data if member.eof else member.unconsumed_tail
            self.used, data = self.used + len(data) - len(left), left
            self.unpacked += len(piece)
            check_room(self.where, self.unpacked, self.offset + self.used)
            yield piece


def records(place: str, file: BinaryIO) -> Iterator[Record]:
    """Read the records of a WARC file, each compressed by itself or none. Raises ``Broken``.

    No record is ever whole in memory. The file must be open as long as the records are used.
    """
    file.seek(0)
    is_packed, offset, unpacked = file.read(2) == b"\x1f\x8b", 0, 0
    while _goes_on(file, offset):
        source = WarcBytes(f"{place} @{offset}", file, offset, is_packed=is_packed, unpacked=unpacked)
        pieces = Pieces(iter(source))
        record = _record(place, offset, source, pieces)
        if is_packed and b"".join(pieces.next(len(END) + 1)) != END:
            raise Broken(record.where, "hidden bytes")
        if not is_packed and b"".join(pieces.next(len(END))) != END:
            raise Broken(record.where, "not readable")
        record.length, unpacked = source.used if is_packed else record.size + len(END), source.unpacked
        yield record
        offset += record.length


def _goes_on(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    return bool(file.read(1))


def _record(place: str, offset: int, source: WarcBytes, pieces: Pieces) -> Record:
    head = pieces.until(END, HEADERS)
    if head is None:
        raise Broken(source.where, "not readable")
    record = Record(place, offset, head)
    size = record.size - record.before

    def again() -> Iterator[bytes]:
        once_more = Pieces(iter(source))
        once_more.until(END, HEADERS)
        yield from once_more.next(size)

    record.again = again
    if record.read(pieces.next(size)) < size:
        raise Broken(record.where, "size does not match")
    return record


def check_room(where: str, unpacked: int, packed: int) -> None:
    """Raise ``Broken`` for what unpacks to far more than it takes up."""
    if unpacked > max(ROOM, RATIO * packed):
        raise Broken(where, BOMB)


def unpacked(where: str, data: bytes) -> bytes:
    """Return what was packed with gzip, in one piece or several. Raises ``Broken``."""
    pieces, size, left = [], 0, data
    while left:
        member = zlib.decompressobj(31)
        while not member.eof:
            if not left:
                raise Broken(where, "not readable")
            pieces.append(member.decompress(left, 1 << 24))
            size, left = size + len(pieces[-1]), member.unused_data if member.eof else member.unconsumed_tail
            check_room(where, size, len(data))
    return b"".join(pieces)


def _method(name: str) -> str:
    """Return how Python names a method of hashing."""
    return name.lower().replace("-", "")


def _spelled(digests: set[bytes]) -> set[str]:
    """Return how digests may be written."""
    hexadecimal = {each.hex().upper() for each in digests}
    return hexadecimal | {base64.b32encode(each).decode().rstrip("=") for each in digests}
