"""Records that are stored unpacked (gzip of level 0): written, and read in part without reading what stands before.

Such a record is a row of blocks (RFC 1951, section 3.2.4), each with its length before it. We write the head of the
record as one block and then blocks of one length, so that the place of any byte is known: of a film in a bucket two
ranges are read. In a folder also others can be read, by following the lengths: of 500 MB some 8,000 of five bytes each.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from typing import BinaryIO

from sources.archive import warc

START = b"\x1f\x8b\x08\x00"  # of a gzip member without a name or comment, as zlib writes it
HEADER = 10  # bytes
LENGTHS = 5  # bytes before each block: its kind, its length, and the complement of that
MOST = 0xFFFF  # bytes of a block
STORED = {0, 1}  # kinds of a block that is not packed: one that is followed by others, and the last one
HEAD_END = b"\r\n\r\n"
RESOURCE = b"\r\nWARC-Type: resource\r\n"
BODY = re.compile(rb"\r\nContent-Length: (\d+)\r\n")
FIRST = 4_096  # bytes of a record in a bucket that are read to find where its head ends

Block = tuple[int, int]  # where its bytes begin in the file, and how many there are
Read = Callable[[int, int], BinaryIO]  # opens so many bytes of a record from a place on


def written(head: bytes, body: Iterable[bytes], end: bytes) -> Iterator[bytes]:
    """Yield a record as blocks: one of its head, full ones of its body, and one of its end."""
    check, length, rest = zlib.crc32(head), len(head) + len(end), b""
    yield START + bytes(5) + b"\xff" + _lengths(head) + head
    for piece in body:
        check, length, rest = zlib.crc32(piece, check), length + len(piece), rest + piece
        full = len(rest) - len(rest) % MOST
        yield b"".join(_lengths(block) + block for block in _blocks(rest[:full]))
        rest = rest[full:]
    yield (_lengths(rest) + rest if rest else b"") + _lengths(end, kind=1) + end
    yield zlib.crc32(end, check).to_bytes(4, "little") + (length % (1 << 32)).to_bytes(4, "little")


def part(records: BinaryIO, start: int, size: int) -> Iterator[bytes] | None:
    """Return so many bytes of the resource in a record, from a place on; None where the record is packed.

    Fewer come where it ends before, and none from its end on, as of a slice. The file stands at the beginning of the
    record. It is closed where nothing is returned, or else at the end.
    """
    begin = records.tell()
    if records.read(HEADER)[: len(START)] == START and (first := _block(records, begin + HEADER)):
        head = records.read(first[1])
        end = head.find(HEAD_END)
        body = _body(head[: end + 2]) if end >= 0 else None
        if body is not None:
            return _pieces(records, begin + HEADER, end + len(HEAD_END) + start, min(size, body - start))
    records.close()
    return None


def ranged(read: Read, record: int, start: int, size: int) -> Iterator[bytes] | None:
    """Return so many bytes of the resource in a record of this length, from a place on, by reading two ranges of it.

    None where its blocks are not of one length, as ``written`` writes them, or where the record ends too soon. Fewer
    bytes come where the resource ends before, as from ``part``.
    """
    with closing(read(0, min(FIRST, record))) as file:
        first = file.read()
    length = _length(first[HEADER : HEADER + LENGTHS])
    head = first[HEADER + LENGTHS : HEADER + LENGTHS + (length or 0)]
    body = _body(head)
    if not first.startswith(START) or body is None or not head.endswith(HEAD_END):
        return None
    size = min(size, body - start)
    if size <= 0:
        return iter(())
    return _whole_blocks(read, record, HEADER + LENGTHS + len(head), start, size)


def _whole_blocks(read: Read, record: int, begin: int, start: int, size: int) -> Iterator[bytes] | None:
    """Return bytes of blocks of one length, the first of which begins at a place of a record; None for other ones."""
    number, skipped = divmod(start, MOST)
    at = begin + number * (LENGTHS + MOST)
    if at >= record:
        return None
    blocks = (skipped + size + MOST - 1) // MOST
    records = read(at, min(blocks * (LENGTHS + MOST), record - at))
    found = _length(records.read(LENGTHS))
    if found is None or found < min(MOST, skipped + size):
        records.close()
        return None
    return _streamed(records, found, skipped, size)


def _body(head: bytes) -> int | None:
    """Return how long the resource is in the record with this head; None for another record."""
    length = BODY.search(head) if RESOURCE in head else None
    return int(length[1]) if length else None


def _streamed(records: BinaryIO, length: int | None, skipped: int, size: int) -> Generator[bytes]:
    """Yield bytes of blocks that are read one after the other, the first of which has this length."""
    with closing(records):
        while size > 0:
            block = records.read(length) if length else b""
            if not block:
                raise warc.Missing
            piece = block[skipped : skipped + size]
            size, skipped = size - len(piece), 0
            yield piece
            length = _length(records.read(LENGTHS)) if size else None


def _pieces(records: BinaryIO, at: int, skipped: int, size: int) -> Generator[bytes]:
    """Yield bytes of the blocks that begin at a place of the file, without so many first ones."""
    with closing(records):
        while size > 0:
            block = _block(records, at)
            if block is None:
                raise warc.Missing
            begin, length = block
            if skipped < length:
                records.seek(begin + skipped)
                piece = records.read(min(size, length - skipped))
                size -= len(piece)
                skipped = 0
                yield piece
            else:
                skipped -= length
            at = begin + length


def _block(records: BinaryIO, at: int) -> Block | None:
    """Return the block whose lengths stand at a place; None where there is none, or it is packed."""
    records.seek(at)
    length = _length(records.read(LENGTHS))
    return None if length is None else (at + LENGTHS, length)


def _length(found: bytes) -> int | None:
    """Return how long the block is that begins with these bytes; None where it is packed, or there is none."""
    length, complement = int.from_bytes(found[1:3], "little"), int.from_bytes(found[3:5], "little")
    return length if len(found) == LENGTHS and found[0] in STORED and length ^ complement == MOST else None


def _lengths(block: bytes, kind: int = 0) -> bytes:
    return bytes([kind]) + len(block).to_bytes(2, "little") + (len(block) ^ MOST).to_bytes(2, "little")


def _blocks(body: bytes) -> Iterator[bytes]:
    return (body[at : at + MOST] for at in range(0, len(body), MOST))
