"""Bring a feed or sitemap into UTF-8, whatever its header and XML declaration say, without what no XML may hold."""

from __future__ import annotations

import codecs
import re

import webencodings

from sources.formats import charset
from sources.formats.charset_labels import declared

# What no XML may hold (1.0, 2.2), in bytes of UTF-8: one such character would make a parser refuse the whole feed.
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]{1,40})\s*[\"']", re.IGNORECASE)
# UTF-32 by its marks or its first letter, and EBCDIC: in none of these does markup read as ASCII.
_OTHER_SHAPES = (
    *(codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, b"<\x00\x00\x00", b"\x00\x00\x00<"),
    b"\x4c\x6f\xa7\x94",
)


def in_utf_8(body: bytes, content_type: str) -> bytes | None:
    """Return a feed in UTF-8 without a byte order mark; letters that were cut become one U+FFFD each.

    None for a feed in an encoding that no browser knows: its own reader may.
    """
    if body.startswith(_OTHER_SHAPES):
        return None
    try:
        body.decode()
    except UnicodeDecodeError:
        return None if _is_exotic(body) else _decoded(body, content_type)
    if body.startswith(codecs.BOM_UTF8):
        body = body.removeprefix(codecs.BOM_UTF8)
    elif b"\x00" in body[:200] or b"\x1b" in body:  # UTF-16 or ISO-2022-JP, which have no byte beyond ASCII
        return _decoded(body, content_type)
    return _FORBIDDEN.sub(b"", body)


def _decoded(body: bytes, content_type: str) -> bytes:
    """Return a feed in UTF-8; XML and JSON that declare nothing are in UTF-8 (XML 1.0, 4.3.3; RFC 8259, 8.1)."""
    if not declared(body, content_type):
        content_type = f"{content_type.partition(';')[0]}; charset=utf-8"
    return charset.decode(body, content_type).encode()


def _is_exotic(body: bytes) -> bool:
    """Return whether an XML declaration names an encoding that Python knows and browsers do not."""
    found = _DECLARED.match(body)
    if not found or webencodings.lookup(found[1].decode()):
        return False
    try:
        codecs.lookup(found[1].decode())
    except LookupError:
        return False
    return True
