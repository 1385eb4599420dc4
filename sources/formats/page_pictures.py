"""Draw a page of a PDF with a passage marked, and tell where the passage stands, in the process that can be killed."""

from __future__ import annotations

from base64 import b64decode

from sources.formats import sandbox
from sources.formats.files.kinds import KINDS
from sources.formats.sandbox import Body
from sources.formats.unreadable import Unreadable

PDF = KINDS["pdf"].media_type
SECONDS = 20.0  # for one page; a page of text takes a third of one
WIDTH = 1_000  # pixels

Box = tuple[float, float, float, float]


def picture(body: Body, number: int, exact: str = "", offset: float = 0.0, width: int = WIDTH) -> bytes:
    """Return a page of a PDF as a PNG with these words marked. Raises ``Unreadable``, and ``sandbox.GaveUp``.

    ``number`` counts from 1. ``offset`` is the share of the page's text that stands before the words.
    """
    found = sandbox.ask(
        "page_picture", body, PDF, limit=SECONDS, number=number, exact=exact, offset=offset, width=width
    )
    if "unreadable" in found:
        raise Unreadable(*found["unreadable"])
    return b64decode(found["png"])


def boxes(body: Body, number: int, exact: str, offset: float = 0.0) -> list[Box]:
    """Return where words stand on a page, a box for each line: left, top, right and bottom as shares of the page.

    Raises ``Unreadable``, and ``sandbox.GaveUp``.
    """
    found = sandbox.ask("boxes", body, PDF, limit=SECONDS, number=number, exact=exact, offset=offset)
    if "unreadable" in found:
        raise Unreadable(*found["unreadable"])
    return [(left, top, right, bottom) for left, top, right, bottom in found["boxes"]]
