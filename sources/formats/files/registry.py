"""The readers of files, by their media type: to add one, write its module and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sources.formats import article
from sources.formats.file_text import FileText
from sources.formats.files import docx, film, kinds, mail, odt, pdf, picture, text, transcript, xlsx
from sources.formats.files.kinds import KINDS, FileKind
from sources.formats.unreadable import Unreadable


@dataclass(frozen=True)
class FileReader:
    """A reader of files: its name with its version, as readings keep it, and its function."""

    name: str
    read: Callable[[bytes, str], FileText]


_PICTURES = ("jpeg", "png", "webp", "heic", "avif", "gif", "tiff", "bmp")
_RECORDINGS = [kind.name for kind in KINDS.values() if kind.group in (kinds.AUDIO, kinds.VIDEO)]

READERS = {
    **{KINDS[name].media_type: FileReader(picture.READER, picture.read) for name in _PICTURES},
    **{KINDS[name].media_type: FileReader(film.READER, film.read) for name in _RECORDINGS},
    **{KINDS[name].media_type: FileReader(transcript.READER, transcript.read) for name in ("vtt", "srt")},
    KINDS["pdf"].media_type: FileReader(pdf.READER, pdf.read),
    KINDS["text"].media_type: FileReader(text.READER, text.read),
    KINDS["csv"].media_type: FileReader(text.READER, text.read),
    KINDS["docx"].media_type: FileReader(docx.READER, docx.read),
    KINDS["odt"].media_type: FileReader(odt.READER, odt.read),
    KINDS["xlsx"].media_type: FileReader(xlsx.READER, xlsx.read),
    KINDS["eml"].media_type: FileReader(mail.READER, mail.read),
}
NONE = f"no-reader@{len(READERS)}"  # in place of the name of a reader, for files that none of those above reads


def reader_of(kind: FileKind) -> str:
    """Return the name of the reader of a kind of file; empty where none reads it."""
    reader = READERS.get(kind.media_type)
    return reader.name if reader else ""


def read(body: bytes, media_type: str, name: str) -> FileText:
    """Return what the reader of this media type finds in a file. Raises ``Unreadable``."""
    reader = READERS.get(media_type)
    if reader is None:
        raise Unreadable("not_text", f"No text is read from {media_type}.")
    return reader.read(body, name)


def family(reader: str) -> str:
    """Return the name of a reader without its version: readings of one family can be compared."""
    return reader.partition("@")[0]


def current() -> dict[str, str]:
    """Return the readers in use by their families, those of pages and of files."""
    names = [article.READER, NONE, *(reader.name for reader in READERS.values())]
    return {family(name): name for name in names}
