"""What a reader finds in a file: its text, where each part of it stands, and what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from sources.formats.text_parts import Part

DAMAGED = "damaged"  # the name of the fact that metadata of a standard could not be read
DATED_BY_MAIL = "mail-date"  # the header Date, which the program of the sender wrote


@dataclass(frozen=True)
class Fact:
    """One statement in the metadata of a file: what the file says, which need not be true.

    ``standard`` names the format it stands in ("pdf", "exif", "xmp", "c2pa", "ooxml", "mail"), ``name`` is its key in
    that format ("Producer", "DateTimeOriginal"). A private one (place, serial number, name of a device) stays out of
    reports and packages unless a person chooses it.
    """

    standard: str
    name: str
    value: str
    is_private: bool = False


@dataclass(frozen=True)
class FileText:
    """The text of a file, its parts by their first character and the one after their last, and its metadata.

    ``dated`` is when the file says that it was sent or published (ISO 8601), and ``dated_by`` where it says so. A file
    without words, such as a photograph or a scan, has an empty text; ``note`` then says why in one sentence.
    """

    text: str = ""
    title: str = ""
    byline: str = ""
    language: str = ""
    parts: tuple[Part, ...] = ()
    facts: tuple[Fact, ...] = ()
    note: str = ""
    dated: str = ""
    dated_by: str = ""
