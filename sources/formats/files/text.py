"""Read files of plain text: their lines, whatever their character set."""

from __future__ import annotations

from sources.formats import charset
from sources.formats.file_text import FileText
from sources.formats.unreadable import Unreadable

LARGEST = 20_000_000  # bytes that are decoded
MOST = 2_000_000  # characters; a long book has a million
LONGEST_TITLE = 300


def read(body: bytes, name: str = "") -> FileText:
    """Return the text of a file, one paragraph a line. Raises ``Unreadable`` where it has no letters."""
    text = charset.clean(charset.decoded(body[:LARGEST], "text/plain").text).replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip()
    if not text:
        raise Unreadable("empty_extraction", "The file holds no text.")
    cut = len(text) > MOST or len(body) > LARGEST
    note = f"Only the first {MOST} characters of this file were read." if cut else ""
    first = text.partition("\n")[0].strip()
    return FileText(text[:MOST], title=first if len(first) <= LONGEST_TITLE else name, note=note)
