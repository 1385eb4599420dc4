"""The readers of files by media type: their names with their versions, as readings keep them.

To add one, write its module, name it here, and enter its function in ``registry``. Raise the version of a reader when
it reads the same bytes otherwise than before: what an older one has read is then read again. Nothing here parses a
file, so programs that only ask for names load no parsers.
"""

from __future__ import annotations

from sources.formats import article
from sources.formats.files import kinds
from sources.formats.files.kinds import KINDS

PICTURE = "picture@1"
FILM = "film@1"
TRANSCRIPT = "transcript@1"
PDF = "pdf@3"
TEXT = "text@1"
DOCX = "docx@1"
ODT = "odt@1"
XLSX = "xlsx@1"
MAIL = "mail@2"

_PICTURES = ("jpeg", "png", "webp", "heic", "avif", "gif", "tiff", "bmp")
_RECORDINGS = [kind.name for kind in KINDS.values() if kind.group in (kinds.AUDIO, kinds.VIDEO)]

NAMES = {
    **{KINDS[name].media_type: PICTURE for name in _PICTURES},
    **{KINDS[name].media_type: FILM for name in _RECORDINGS},
    **{KINDS[name].media_type: TRANSCRIPT for name in ("vtt", "srt")},
    KINDS["pdf"].media_type: PDF,
    KINDS["text"].media_type: TEXT,
    KINDS["csv"].media_type: TEXT,
    KINDS["docx"].media_type: DOCX,
    KINDS["odt"].media_type: ODT,
    KINDS["xlsx"].media_type: XLSX,
    KINDS["eml"].media_type: MAIL,
}
NONE = f"no-reader@{len(NAMES)}"  # in place of the name of a reader, for files that none of those above reads
# Pages that people saved: their text is that of a page, by the reader of pages (``pages``).
SAVED_PAGES = frozenset(KINDS[name].media_type for name in ("html", "mhtml", "warc", "wacz"))


def family(reader: str) -> str:
    """Return the name of a reader without its version: readings of one family can be compared."""
    return reader.partition("@")[0]


def current() -> dict[str, str]:
    """Return the readers in use by their families, those of pages and of files."""
    return {family(name): name for name in (article.READER, NONE, *NAMES.values())}
