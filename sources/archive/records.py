"""Strict reader of WARC records for the verifier, with only Python's standard library: each deviation is an error."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from sources.archive.trust import Broken

# What is packed unpacks to at most so many bytes, or so many times its size: more is a bomb, made to fill the memory.
ROOM, RATIO = 64 << 20, 100
BOMB = "unpacks to far more than it takes up"
END = b"\r\n\r\n"
SHOWS = {"response", "revisit", "resource"}  # kinds of records that show what was published
_TYPE = re.compile(rb"(?im)^content-type:[ \t]*([^\s;]+)")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")


class Record:
    """One record: where it lies, its headers in lower case, its block, and its payload (WARC 1.1 section 6.3.2).

    It begins at ``start`` of the data, which may go on behind it; ``size`` is how long it is without its ``END``.
    """

    def __init__(self, place: str, offset: int, data: bytes, start: int = 0) -> None:
        self.place, self.offset, self.length = place, offset, 0
        end = data.find(END, start)
        head = data[start : max(start, end)]
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
        self.size = len(head) + len(END) + int(size)
        self.block = data[end + len(END) : start + self.size]
        if len(self.block) < int(size):
            raise Broken(self.where, "size does not match")
        self.payload = self._payload()

    @property
    def where(self) -> str:
        """Return how people find this record."""
        return f"{self.place} @{self.offset}"

    @property
    def status(self) -> str:
        """Return the HTTP status that was served; a dash where none was."""
        found = re.match(rb"HTTP/\S+ (\d{3})", self.block)
        return found[1].decode() if found else "-"

    @property
    def mime(self) -> str:
        """Return the kind of content as an index names it."""
        if self.kind == "revisit":
            return "warc/revisit"
        served = _TYPE.search(self.block.partition(END)[0]) if self.status != "-" else None
        return served[1].decode("latin-1").lower() if served else self.said("content-type").partition(";")[0].lower()

    @property
    def is_shown(self) -> bool:
        """Return whether there is something to look at: not where a server only said "not modified" (304)."""
        return self.kind in SHOWS and (self.kind, self.status) != ("revisit", "304")

    def said(self, name: str) -> str:
        """Return the value of a header, empty when there is none."""
        return self.head.get(name, "")

    def holds(self, name: str, data: bytes) -> bool | None:
        """Return whether the digest in a header is that of some bytes; None when there is none.

        Of a body with chunk framing, some writers take the digest without it.
        """
        method, _colon, value = self.said(name).partition(":")
        if not value:
            return None
        name = method.lower().replace("-", "")
        if name not in hashlib.algorithms_guaranteed:
            return False
        return any(value.upper().rstrip("=") in _spelled(name, each) for each in (data, unchunked(data)))

    def _payload(self) -> bytes:
        if not self.said("content-type").replace(" ", "").startswith("application/http"):
            return self.block
        split = re.search(rb"\r?\n\r?\n", self.block)
        return self.block[split.end() :] if split else b""


def unchunked(data: bytes) -> bytes:
    """Return a body without its chunk framing and trailers (RFC 9112 section 7.1), as far as it has any.

    Sizes are read as loosely as http.client and urllib3 do, else what was taken off the wire would not be found again.
    """
    pieces, at = [], 0
    while size := _chunk_size(data, at):
        start = data.index(b"\n", at) + 1
        pieces.append(data[start : start + size])
        at = start + size + 2
    return b"".join(pieces)


def _chunk_size(data: bytes, at: int) -> int:
    """Return the size of the chunk that begins at a place of a body; 0 where none does."""
    try:
        return max(int(data[at : data.index(b"\n", at)].partition(b";")[0], 16), 0)
    except ValueError:
        return 0


def records(place: str, file: BinaryIO) -> Iterator[Record]:
    """Read the records of a WARC file, each compressed by itself or none. Raises ``Broken``."""
    start = file.read(2)
    file.seek(0)
    if start == b"\x1f\x8b":
        yield from _packed(place, file)
        return
    data, offset = file.read(), 0
    while offset < len(data):
        record = Record(place, offset, data, offset)
        record.length = record.size + len(END)
        if not data.startswith(END, offset + record.size):
            raise Broken(record.where, "not readable")
        yield record
        offset += record.length


def _packed(place: str, file: BinaryIO) -> Iterator[Record]:
    offset, size, data = 0, 0, file.read(1 << 16)
    while data:
        member, pieces, used = zlib.decompressobj(31), [], 0
        while not member.eof:
            data = data or file.read(1 << 16)
            if not data:
                raise Broken(f"{place} @{offset}", "not readable")
            pieces.append(member.decompress(data, 1 << 24))
            size += len(pieces[-1])
            left = member.unused_data if member.eof else member.unconsumed_tail
            used += len(data) - len(left)
            data = left
            check_room(f"{place} @{offset}", size, offset + used)
        whole = b"".join(pieces)
        record = Record(place, offset, whole)
        record.length = used
        if whole[record.size :] != END:
            raise Broken(record.where, "hidden bytes")
        yield record
        offset += used
        data = data or file.read(1 << 16)


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


def _spelled(method: str, data: bytes) -> set[str]:
    """Return how a digest may be written."""
    made = hashlib.new(method, data)
    return {made.hexdigest().upper(), base64.b32encode(made.digest()).decode().rstrip("=")}
