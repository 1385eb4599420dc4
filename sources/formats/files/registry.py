"""The functions of the readers of files, by their names (``reader_names``): only the sandbox loads them."""

from __future__ import annotations

from collections.abc import Callable

from sources.formats.file_text import FileText
from sources.formats.files import docx, film, mail, odt, pdf, picture, reader_names, text, transcript, xlsx
from sources.formats.unreadable import Unreadable

READERS: dict[str, Callable[[bytes, str], FileText]] = {
    reader_names.PICTURE: picture.read,
    reader_names.FILM: film.read,
    reader_names.TRANSCRIPT: transcript.read,
    reader_names.PDF: pdf.read,
    reader_names.TEXT: text.read,
    reader_names.DOCX: docx.read,
    reader_names.ODT: odt.read,
    reader_names.XLSX: xlsx.read,
    reader_names.MAIL: mail.read,
}


def read(body: bytes, media_type: str, name: str) -> FileText:
    """Return what the reader of this media type finds in a file. Raises ``Unreadable``."""
    reader = reader_names.NAMES.get(media_type)
    if reader is None:
        raise Unreadable("not_text", f"No text is read from {media_type}.")
    return READERS[reader](body, name)
