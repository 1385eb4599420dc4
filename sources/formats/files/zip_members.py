"""Open the members of a ZIP file (DOCX, ODT, XLSX, WACZ) within bounds, against bombs of every kind."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from sources.formats.unreadable import Unreadable

MOST_MEMBERS = 20_000
MOST_UNPACKED = 300_000_000  # bytes of all members together
MOST_XML = 20_000_000  # bytes of one member of which a tree is made; it takes up to thirty times as much memory
STEP = 1 << 20
ENTRY, ENCRYPTED = b"PK\x01\x02", 0x1
BOUNDED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # Python unpacks other methods without a limit
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Members:
    """The members of a ZIP file by their names. Raises ``Unreadable`` wherever one is not what it should be."""

    def __init__(self, body: bytes) -> None:
        if body.count(ENTRY) > MOST_MEMBERS:
            raise Unreadable("too_large", f"The file packs more than {MOST_MEMBERS:,} others.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except BROKEN as problem:
            raise Unreadable("not_text", "The file is damaged: its ZIP directory is not readable.") from problem
        self.names = self._zip.namelist()
        self._left = MOST_UNPACKED

    def read(self, name: str, most: int) -> bytes:
        """Return the bytes of a member, which has at most ``most``; more of it is not even unpacked."""
        pieces = list(self.pieces(name, most))
        return b"".join(pieces)

    def pieces(self, name: str, most: int = MOST_UNPACKED) -> Iterator[bytes]:
        """Yield the bytes of a member in pieces of a megabyte."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & ENCRYPTED:
                raise Unreadable("not_text", "The file is protected with a password.")
            if info.compress_type not in BOUNDED:
                raise Unreadable("not_text", "The file is packed with a method that is not read here.")
            with self._zip.open(info) as member:
                while piece := member.read(STEP):
                    most -= len(piece)
                    self._left -= len(piece)
                    if most < 0 or self._left < 0:
                        raise Unreadable("too_large", f"“{name[:80]}” in the file unpacks to more than is read.")
                    yield piece
        except KeyError as problem:
            raise Unreadable("not_text", f"The file lacks “{name[:80]}”.") from problem
        except BROKEN as problem:
            raise Unreadable("not_text", f"“{name[:80]}” in the file is damaged.") from problem

    def xml(self, name: str) -> Any:
        """Return the root element of a member that is XML; entities are not resolved, and nesting has a limit."""
        return xml_root(self.read(name, MOST_XML), name)

    def check(self, streamed: str = "\0") -> None:
        """Unpack every member once, so that a library may unpack them all; XML has a limit of its own.

        It does not hold for XML in the folder that is ``streamed``: of that no tree is made.
        """
        for name in self.names:
            is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
            most = MOST_XML if is_xml and not name.startswith(streamed) else MOST_UNPACKED
            for number, piece in enumerate(self.pieces(name, most)):
                if is_xml and not number:
                    refuse_doctype(piece, name)


def xml_root(content: bytes, name: str) -> Any:
    """Return the root element of a piece of XML. Raises ``Unreadable``."""
    refuse_doctype(content, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise Unreadable("not_text", f"“{name[:80]}” in the file is no XML that can be read.") from problem


def refuse_doctype(content: bytes, name: str) -> None:
    """Raise ``Unreadable`` where XML declares a document type: office formats have none, bombs of entities do."""
    plain = content[:STEP].replace(b"\x00", b"")  # UTF-16 has one beside every letter
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Unreadable("not_text", f"“{name[:80]}” in the file declares entities, which files of this kind never do.")
