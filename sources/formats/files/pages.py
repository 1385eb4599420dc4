"""The readers of pages that people saved, by media type: their text is that of a page, read as a fetched one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sources.formats.files import mhtml, saved_page, warc
from sources.formats.files.kinds import KINDS
from sources.formats.files.page_copy import PageCopy, Reference
from sources.formats.unreadable import Unreadable

READERS: dict[str, Callable[[bytes, Reference], PageCopy]] = {
    KINDS["html"].media_type: saved_page.read,
    KINDS["mhtml"].media_type: mhtml.read,
    KINDS["warc"].media_type: warc.read,
    KINDS["wacz"].media_type: warc.read,
}


def read(body: bytes, media_type: str, known: Reference) -> PageCopy:
    """Return the page in a file of one of these media types. Raises ``Unreadable``."""
    return READERS[media_type](body, known)


def answer(body: bytes, content_type: str, url: str, latest: str) -> dict[str, Any]:
    """Do the act, in the process of the sandbox."""
    try:
        return {"page": asdict(read(body, content_type, Reference(url, datetime.fromisoformat(latest))))}
    except Unreadable as reason:
        return {"unreadable": [reason.outcome, str(reason)]}
