"""Undo the compression of an answer within bounds."""

from __future__ import annotations

import zlib
from typing import Literal

STEP = 1 << 20
GZIP_MAGIC = b"\x1f\x8b"

# Window sizes of zlib.decompressobj: 31 reads gzip (RFC 1952), 15 zlib (RFC 1950), -15 bare deflate (RFC 1951).
GZIP, ZLIB, BARE = 31, 15, -15


class BadCoding(Exception):
    """The body cannot be decompressed within bounds. ``outcome`` is a word of the outcomes of a fetch."""

    def __init__(self, outcome: Literal["bad_encoding", "too_large"], message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


def inflate(content: bytes, coding: str, *, most: int, ratio: int) -> bytes:
    """Return the content behind a Content-Encoding, which may name one layer of gzip or deflate, or none.

    ``most`` is in bytes; ``ratio`` is how many bytes one byte may become, once there are more than a million of them.
    Raises ``BadCoding``: two layers hide bombs, and a coding that was not asked for is a mistake or a trick.
    """
    codings = [name for name in (part.strip().lower() for part in coding.split(",")) if name not in {"", "identity"}]
    if len(codings) > 1:
        raise BadCoding("bad_encoding", "compressed more than once")
    if not codings:
        if len(content) > most:
            raise BadCoding("too_large", "more than we accept")
        return content
    if codings[0] in {"gzip", "x-gzip"}:
        return _inflate(content, GZIP, most, ratio)
    if codings[0] == "deflate":
        # "deflate" means zlib (RFC 9110 section 8.4.1.2), but some servers send it bare.
        is_zlib = len(content) > 1 and content[0] & 0x0F == zlib.DEFLATED and (content[0] * 256 + content[1]) % 31 == 0
        return _inflate(content, ZLIB if is_zlib else BARE, most, ratio)
    raise BadCoding("bad_encoding", f"compressed with {codings[0][:20]}")


def _inflate(content: bytes, window: int, most: int, ratio: int) -> bytes:
    body = bytearray()
    rest = content
    while rest:
        rest = _inflate_member(rest, window, body, limit=_limit(len(content), most, ratio))
    return bytes(body)


def _inflate_member(rest: bytes, window: int, body: bytearray, limit: int) -> bytes:
    """Add one compressed member to the body; return what follows it, if that is another member."""
    engine = zlib.decompressobj(window)
    while not engine.eof:
        try:
            piece = engine.decompress(rest, STEP)
        except zlib.error as error:
            raise BadCoding("bad_encoding", "not what it says it is") from error
        rest = engine.unconsumed_tail
        body += piece
        if len(body) > limit:
            raise BadCoding("too_large", "more than we accept once decompressed")
        if not piece and not rest and not engine.eof:
            raise BadCoding("bad_encoding", "cut off")
    # A gzip file may have several members; whatever else follows is padding that browsers ignore too.
    return engine.unused_data if window == GZIP and engine.unused_data.startswith(GZIP_MAGIC) else b""


def _limit(served: int, most: int, ratio: int) -> int:
    """Return how many bytes may come of those that were served."""
    return min(most, max(STEP, served * ratio))
