"""Pictures of the pages of captured PDFs, with a passage marked: for the page of a document, and for reports."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sources.capturing import drawn_pictures, preserving
from sources.formats import page_pictures, sandbox
from sources.formats.files import reader_names
from sources.formats.page_pictures import Box
from sources.formats.unreadable import Unreadable
from sources.models import Capture, Passage
from sources.models.file_pages import FilePage, are_marked, pages_at
from workbench.desk.refusal import Refusal

DRAWN_BY = reader_names.PDF  # another version may find a passage elsewhere on its page
MOST_BYTES = 100_000_000  # of a file; the process that draws it has 768 MB


def picture(
    capture: Capture, number: int, exact: str = "", offset: float = 0.0, *, waits: bool = True, keeps: bool = False
) -> bytes:
    """Return a page of a captured PDF as a PNG, with these words marked.

    Raises ``Refusal``: ``no_picture``, and ``busy`` where it is not to wait while others draw. ``keeps`` is for
    pictures that many ask for.
    """
    key = f"{DRAWN_BY} {capture.sha256} {number} {offset} {page_pictures.WIDTH} {exact}"

    def draw() -> bytes:
        return page_pictures.picture(_body_of(capture), number, exact, offset)

    try:
        return drawn_pictures.drawn(key, draw, (Unreadable, sandbox.GaveUp), waits=waits, keeps=keeps)
    except (drawn_pictures.NotDrawn, *preserving.LOST) as problem:
        raise _refusal() from problem


def boxes(passage: Passage) -> dict[int, list[Box]]:
    """Return where a passage of a PDF stands: by the number of the page, a box for each line, as shares of the page.

    Raises ``Refusal`` (code ``no_picture``).
    """
    found: dict[int, list[Box]] = {}
    for page in pages_at(passage.reading, passage.start, passage.end):
        exact, offset = mark(passage, page)
        try:
            found[page.number] = page_pictures.boxes(_body_of(passage.reading.capture), page.number, exact, offset)
        except (Unreadable, sandbox.GaveUp, *preserving.LOST) as problem:
            raise _refusal() from problem
    return found


def mark(passage: Passage, page: FilePage) -> tuple[str, float]:
    """Return the words of a passage that stand on a page, and how much of the page's text stands before them."""
    if not are_marked(passage.reading):
        return "", 0.0
    skipped = max(0, page.start - passage.start)
    return passage.exact[skipped : page.end - passage.start], page.offset(passage.start)


def _body_of(capture: Capture) -> sandbox.Body:
    if capture.holder.size > MOST_BYTES:
        raise _refusal()
    return preserving.body_of(capture)


def _refusal() -> Refusal:
    return Refusal(_("We could not draw this page of the file."), "no_picture")
