"""Resource records (WARC 1.1 section 6.4) of whole files, written and read in pieces: a film is never in memory."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.limitreader import LimitReader

from sources.archive import stored_blocks, warc

PIECE = 1 << 20  # bytes
END = b"\r\n\r\n"  # of a record
HEAD = 1_000  # bytes that a record may have beyond its block
STORED, PACKED = 0, 6  # levels of compression: pictures and films are compressed already


def pieces(uri: str, file: BinaryIO, *, size: int, sha1: str, content_type: str, level: int) -> Iterator[bytes]:
    """Yield the compressed record of a file of ``size`` bytes, whose SHA-1 is known (base32, as warcio writes it)."""
    headers = {
        "WARC-Type": "resource",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Target-URI": uri,
        "WARC-Date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        "WARC-Block-Digest": f"sha1:{sha1}",
        "WARC-Payload-Digest": f"sha1:{sha1}",
        "Content-Type": content_type,
        "Content-Length": str(size),
    }
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    file.seek(0)
    body = iter(lambda: file.read(PIECE), b"")
    yield from stored_blocks.written(head.encode(), body, END) if level == STORED else _packed(head, body, level)


def _packed(head: str, body: Iterator[bytes], level: int) -> Iterator[bytes]:
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    yield packer.compress(head.encode())
    for piece in body:
        yield packer.compress(piece)
    yield packer.compress(END) + packer.flush()


def opened(folder: Path, name: str, offset: int, length: int) -> BinaryIO:
    """Return records out of a file of the archive, as a file that ends where they end. Raises as ``warc.cut`` does."""
    return cast("BinaryIO", LimitReader(opened_at(folder, name, offset), length))


def opened_at(folder: Path, name: str, offset: int) -> BinaryIO:
    """Return a file of the archive, at a place in it. Raises as ``warc.cut`` does."""
    if not warc.NAME.fullmatch(name):
        raise warc.Missing(name)
    file = (folder / name).open("rb")
    file.seek(offset)
    return file


def block(records: BinaryIO) -> Generator[bytes]:
    """Yield the block of the resource record in some records, and close them. Raises ``warc.Missing`` without one."""
    try:
        for found in ArchiveIterator(records):
            if found.rec_type == "resource":
                yield from iter(lambda: found.raw_stream.read(PIECE), b"")  # noqa: B023 -- used up before the next one
                return
    finally:
        records.close()
    raise warc.Missing
