"""What a report tells of a file: on which pages a passage stands, with the words to mark there; who dates a mail."""

from __future__ import annotations

from typing import Any

from sources.formats.file_text import DATED_BY_MAIL
from sources.models import Document, Passage, Reading
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


def dated_by(document: Document, reading: Reading) -> Facts:
    """Return that a mail gives its date itself, unless a person has set it: a header can hold any date."""
    is_of_mail = reading.published_method == DATED_BY_MAIL and document.date_setting_id is None
    return {"dated_by": DATED_BY_MAIL} if is_of_mail else {}
