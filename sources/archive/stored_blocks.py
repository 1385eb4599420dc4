"""Read a part of a record that is stored unpacked (gzip of level 0), without reading what stands before it.

Such a record is a row of blocks (RFC 1951, section 3.2.4), each with its length before it: of a film of 500 MB some
8,000 lengths are read, of five bytes each, until the block is found in which the part begins.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import BinaryIO

from sources.archive import warc

START = b"\x1f\x8b\x08\x00"  # of a gzip member without a name or comment, as zlib writes it
HEADER = 10  # bytes
LENGTHS = 5  # bytes before each block: its kind, its length, and the complement of that
STORED = {0, 1}  # kinds of a block that is not packed: one that is followed by others, and the last one
HEAD_END = b"\r\n\r\n"
RESOURCE = b"\r\nWARC-Type: resource\r\n"

Block = tuple[int, int]  # where its bytes begin in the file, and how many there are


def part(records: BinaryIO, start: int, size: int) -> Iterator[bytes] | None:
    """Return so many bytes of the resource in a record, from a place on; None where the record is packed.

    The file stands at the beginning of the record. It is closed where nothing is returned, or else at the end.
    """
    begin = records.tell()
    if records.read(HEADER)[: len(START)] == START and (first := _block(records, begin + HEADER)):
        head = records.read(first[1])
        end = head.find(HEAD_END)
        if end >= 0 and RESOURCE in head[: end + 2]:
            return _pieces(records, begin + HEADER, end + len(HEAD_END) + start, size)
    records.close()
    return None


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
    found = records.read(LENGTHS)
    length, complement = int.from_bytes(found[1:3], "little"), int.from_bytes(found[3:5], "little")
    is_stored = len(found) == LENGTHS and found[0] in STORED and length ^ complement == 0xFFFF
    return (at + LENGTHS, length) if is_stored else None
