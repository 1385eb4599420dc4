"""On which pages of a file a passage stands, as a report tells it, with the words to mark on their picture."""

from __future__ import annotations

from typing import Any

from sources.models import Passage
from sources.models.file_pages import are_marked, cited, pages_at

Facts = dict[str, Any]


def of(passage: Passage) -> Facts:
    """Return the pages of a passage by the numbers printed on them, and the first one; nothing for a web page."""
    pages = pages_at(passage.reading, passage.start, passage.end)
    if not pages:
        return {}
    first = pages[0]
    words = first.words(passage.reading.text, passage.start, passage.end)
    return {
        "pages": cited(pages),
        "page": first.number,
        "page_words": words if are_marked(passage.reading) else "",
        "page_offset": round(first.offset(passage.start), 4),
    }
