"""Have pages that people saved read in the sandbox."""

from __future__ import annotations

from sources.formats import sandbox
from sources.formats.file_text import Fact
from sources.formats.files.page_copy import PageCopy, Reference
from sources.formats.unreadable import Unreadable


def read(body: sandbox.Body, media_type: str, known: Reference) -> PageCopy:
    """Return the page in a file that a person saved. Raises ``Unreadable`` and ``sandbox.GaveUp``."""
    latest = known.latest.isoformat()
    found = sandbox.ask("saved_page", body, media_type, known.url, limit=sandbox.FILE_LIMIT, latest=latest)
    if "unreadable" in found:
        raise Unreadable(*found["unreadable"])
    page = found["page"]
    return PageCopy(sandbox.article_of(page["article"]), tuple(Fact(**fact) for fact in page["facts"]), page["note"])
