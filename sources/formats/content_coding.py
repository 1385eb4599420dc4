"""Decompress the content coding of an answer (gzip, deflate), with limits against decompression bombs.

The label is a claim of the server, and the bytes decide: a plain body is read as it is, whatever its label says.
"""

from __future__ import annotations

import zlib
from typing import Literal

STEP = 1 << 20  # bytes
FIRST_PIECE = 1 << 10
GZIP_MAGIC = b"\x1f\x8b"

# Window sizes of zlib.decompressobj: 31 reads gzip (RFC 1952), 15 zlib (RFC 1950), -15 bare deflate (RFC 1951).
GZIP, ZLIB, BARE = 31, 15, -15

# The content codings of IANA's registry. Any other label names none: servers put character sets and media types there.
CODINGS = {
    *("aes128gcm", "br", "compress", "dcb", "dcz", "deflate", "exi", "gzip", "pack200-gzip", "x-compress", "x-gzip"),
    "zstd",
}
LOOKED_AT = 4_096  # bytes of a body: among so many that are compressed, there are always control characters
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\f\r\x1b"))  # text has none; ISO-2022 shifts with escape
BOMS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16, which is text with null bytes


class BadCoding(Exception):
    """The body cannot be decompressed within bounds. ``outcome`` is a word of the outcomes of a fetch."""

    def __init__(self, outcome: Literal["bad_encoding", "too_large"], message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


def inflate(content: bytes, coding: str, *, most: int, ratio: int, enough: int = 0) -> bytes:
    """Return the content behind a Content-Encoding, which may name one layer of gzip or deflate, or none.

    ``most`` is in bytes; ``ratio`` is how many bytes one byte may become, once there are more than a million of them.
    ``enough`` are the bytes after which the rest is left out; 0 for all of them. A plain body is returned as it is.
    Raises ``BadCoding``: two layers hide bombs, and a coding that was not asked for is a mistake or a trick.
    """
    codings = [name for name in (part.strip().lower() for part in coding.split(",")) if name in CODINGS]
    try:
        if codings:
            return _decompress(content, codings, most, ratio, enough)
    except BadCoding as error:
        if error.outcome != "bad_encoding" or not is_plain(content):
            raise
    if len(content) > most:
        raise BadCoding("too_large", "more than we accept")
    return content


def is_plain(content: bytes) -> bool:
    """Return whether a body is text as it stands: compressed bytes have control characters, and text has none.

    A few compressed bytes may have none by chance, so ask this only of what cannot be decompressed.
    """
    return content.startswith(BOMS) or not set(CONTROLS) & set(content[:LOOKED_AT])


def _decompress(content: bytes, codings: list[str], most: int, ratio: int, enough: int) -> bytes:
    if len(codings) > 1:
        raise BadCoding("bad_encoding", "compressed more than once")
    coding = codings[0]
    if coding in {"gzip", "x-gzip"}:
        return _inflate(content, GZIP, _limit(len(content), most, ratio), enough)
    if coding == "deflate":
        # "deflate" means zlib (RFC 9110 section 8.4.1.2), but some servers send it bare.
        is_zlib = len(content) > 1 and content[0] & 0x0F == zlib.DEFLATED and (content[0] * 256 + content[1]) % 31 == 0
        return _inflate(content, ZLIB if is_zlib else BARE, _limit(len(content), most, ratio), enough)
    raise BadCoding("bad_encoding", f"compressed with {coding}")


def _inflate(content: bytes, window: int, limit: int, enough: int) -> bytes:
    body = bytearray()
    at = 0
    while at < len(content):
        at = _inflate_member(content, at, window, body, limit, enough)
        # A gzip file may have several members; whatever else follows is padding that browsers ignore too.
        if window != GZIP or not content.startswith(GZIP_MAGIC, at):
            break
    return bytes(body)


def _inflate_member(content: bytes, at: int, window: int, body: bytearray, limit: int, enough: int) -> int:
    """Add the compressed member that begins at a place to the body; return where it ends, or the end once it is enough.

    It is fed in pieces that grow: what stands behind its end is copied, and of a hundred thousand members each would
    copy all the others.
    """
    engine = zlib.decompressobj(window)
    size = FIRST_PIECE
    while not engine.eof:
        given = engine.unconsumed_tail or content[at : at + size]
        try:
            piece = engine.decompress(given, STEP)
        except zlib.error as error:
            raise BadCoding("bad_encoding", "not what it says it is") from error
        if not given and not piece:
            raise BadCoding("bad_encoding", "cut off")
        body += piece
        if 0 < enough < len(body) <= limit:
            return len(content)
        if len(body) > limit:
            raise BadCoding("too_large", "more than we accept once decompressed")
        at += len(given) - len(engine.unconsumed_tail) - len(engine.unused_data)
        size = min(2 * size, STEP)
    return at


def _limit(served: int, most: int, ratio: int) -> int:
    """Return how many bytes may come of those that were served."""
    return min(most, max(STEP, served * ratio))
