"""The picture of a page of a PDF, with a passage marked on it, and the boxes of that passage."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageDraw

from sources.formats.files import pdf
from sources.formats.files.glyph import Box
from sources.formats.files.pdf_layout import Paragraph
from sources.formats.unreadable import Unreadable

WIDTH = 1_000  # pixels
MOST_PIXELS = 3_000_000
MARK = (255, 233, 120)  # as the mark of a passage in a text
EDGE = (176, 120, 0)
MARGIN = 1.5  # points around the words
HYPHENS = set("-\u2010\u00ad")


def picture(body: bytes, number: int, exact: str = "", offset: float = 0.0, width: int = WIDTH) -> bytes:
    """Return a page of a PDF as a PNG, with these words marked; ``number`` counts from 1. Raises ``Unreadable``.

    ``offset`` says about where on the page the words stand, as a share of its text, where they stand twice.
    """
    document = pdf.opened(body)
    try:
        page = _page(document, number)
        drawn = _drawn(page, width)
        if exact:
            _mark(drawn, page, marked(pdf.paragraphs_of(page), exact, offset))
    finally:
        document.close()
    out = io.BytesIO()
    drawn.quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


def boxes(body: bytes, number: int, exact: str, offset: float = 0.0) -> list[Box]:
    """Return where words stand on a page, one box a line, as shares of its width and height from its upper left."""
    document = pdf.opened(body)
    try:
        page = _page(document, number)
        found = [_on_paper(page, box, 10_000, 10_000) for box in marked(pdf.paragraphs_of(page), exact, offset)]
    finally:
        document.close()
    return [tuple(round(edge / 10_000, 4) for edge in box) for box in found]  # type: ignore[misc]


def marked(paragraphs: Sequence[Paragraph], exact: str, offset: float = 0.0) -> list[Box]:
    """Return the boxes of words on a page, one a row, in points of the page; none where they do not stand there.

    Spaces and hyphens do not count: a line end may have cut a word.
    """
    rows = [part for paragraph in paragraphs for row in paragraph.rows for part in row.parts()]
    letters = [
        (letter, box, at)
        for at, row in enumerate(rows)
        for letter, box in row
        if not letter.isspace() and letter not in HYPHENS
    ]
    found = _nearest("".join(letter for letter, _box, _at in letters), squeezed(exact), offset)
    if found is None:
        return []
    by_row: dict[int, list[Box]] = {}
    for _letter, box, at in letters[found : found + len(squeezed(exact))]:
        by_row.setdefault(at, []).append(box)
    return [_around(each) for each in by_row.values()]


def squeezed(text: str) -> str:
    """Return a text without spaces and hyphens."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in HYPHENS)


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    if not 1 <= number <= len(document):
        raise Unreadable("empty_extraction", f"The file has no page {number}.")
    try:
        return document[number - 1]
    except pdfium.PdfiumError:
        raise Unreadable("unparsable", f"Page {number} is damaged.") from None


def _drawn(page: pdfium.PdfPage, width: int) -> Image.Image:
    """Return a page as a picture of this width; smaller, where it would be too large."""
    wide, high = (max(1.0, side) for side in page.get_size())
    scale = min(width / wide, (MOST_PIXELS / (wide * high)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=True, rev_byteorder=True, prefer_bgrx=True)
    drawn: Image.Image = bitmap.to_pil()
    return drawn.convert("RGB")


def _mark(drawn: Image.Image, page: pdfium.PdfPage, found: Sequence[Box]) -> None:
    """Lay color over boxes, so that the words stay black on it, and a line around it for those who see no colors."""
    layer = Image.new("RGB", drawn.size, (255, 255, 255))
    pen = ImageDraw.Draw(layer)
    for box in found:
        pen.rectangle(_on_paper(page, box, *drawn.size), fill=MARK, outline=EDGE)
    drawn.paste(ImageChops.multiply(drawn, layer))


def _on_paper(page: pdfium.PdfPage, box: Box, width: int, height: int) -> Box:
    """Return a box in pixels of the picture of a page, turned as it is shown."""
    left, bottom, right, top = box
    corners = [_pixel(page, *corner, width, height) for corner in _corners(left, bottom, right, top)]
    across, down = [x for x, _y in corners], [y for _x, y in corners]
    return min(across), min(down), max(across), max(down)


def _corners(left: float, bottom: float, right: float, top: float) -> list[tuple[float, float]]:
    return [(left - MARGIN, bottom - MARGIN), (right + MARGIN, top + MARGIN)]


def _pixel(page: pdfium.PdfPage, x: float, y: float, width: int, height: int) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
    return min(max(across.value, 0), width - 1), min(max(down.value, 0), height - 1)


def _around(found: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in found),
        min(box[1] for box in found),
        max(box[2] for box in found),
        max(box[3] for box in found),
    )


def _nearest(text: str, wanted: str, offset: float) -> int | None:
    """Return where words begin in a text: of several places, the one nearest to a share of the text."""
    places: list[int] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + 1)
    return min(places, key=lambda place: abs(place - offset * len(text)), default=None)
