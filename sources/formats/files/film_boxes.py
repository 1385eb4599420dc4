"""Read the header boxes of MP4 and QuickTime films (ISO/IEC 14496-12): when, where, how long, how large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sources.formats.file_text import Fact
from sources.language.clock_times import written

EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
HEAD, LONG_HEAD = 8, 16  # bytes before the content of a box
MOST_BOXES = 2_000
CONTAINERS = {b"moov", b"trak", b"mdia", b"udta"}
PLACE = b"\xa9xyz"
_PLACE = re.compile(rb"([+-]\d{1,3}\.?\d*)([+-]\d{1,3}\.?\d*)")


def facts(body: bytes) -> Iterator[Fact]:
    """Yield what the boxes say. Raises ``ValueError`` where a box that is needed is cut short."""
    sizes: list[tuple[int, int]] = []
    for number, (kind, start, end) in enumerate(_boxes(body, 0, len(body))):
        if number > MOST_BOXES:
            raise ValueError("boxes")
        content = body[start : min(end, start + 256)]
        if kind == b"mvhd":
            yield from _movie(content)
        elif kind == b"tkhd":
            sizes.append((_fixed(content[-8:-4]), _fixed(content[-4:])))
        elif kind == PLACE and (found := _PLACE.search(content)):
            yield Fact("mp4", "Place", f"{float(found[1]):.6f}, {float(found[2]):.6f}", is_private=True)
    if (largest := max(sizes, default=(0, 0))) != (0, 0):
        yield Fact("file", "Size", f"{largest[0]} × {largest[1]}")


def _boxes(body: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while start + HEAD <= end:
        size, kind = int.from_bytes(body[start : start + 4]), body[start + 4 : start + HEAD]
        head = HEAD
        if size == 1:
            size, head = int.from_bytes(body[start + HEAD : start + LONG_HEAD]), LONG_HEAD
        stop = end if size == 0 else start + size
        if stop < start + head:
            raise ValueError("box")
        if kind in CONTAINERS:
            yield from _boxes(body, start + head, min(stop, end))
        else:
            yield kind, start + head, min(stop, end)
        start = stop


def _movie(content: bytes) -> Iterator[Fact]:
    wide = 8 if content[:1] == b"\x01" else 4
    made, scale_at = int.from_bytes(content[4 : 4 + wide]), 4 + 2 * wide
    scale = int.from_bytes(content[scale_at : scale_at + 4])
    length = int.from_bytes(content[scale_at + 4 : scale_at + 4 + wide])
    if len(content) < scale_at + 4 + wide or not scale:
        raise ValueError("mvhd")
    yield Fact("file", "Duration", f"{length / scale:.3f}")
    yield Fact("file", "Length", written(length / scale))
    if made:
        yield Fact("mp4", "CreationTime", f"{EPOCH + timedelta(seconds=made):%Y-%m-%dT%H:%M:%SZ}")


def _fixed(value: bytes) -> int:
    return int.from_bytes(value) >> 16
