"""The characters on a page of a PDF, as pdfium finds them: what each stands for, and where it is drawn.

Places are in points of the page, before the page is turned for the reader, with the origin at its lower left.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from sources.formats.files.glyph import Box, Glyph

MOST_GLYPHS = 200_000  # on a page; a page full of small print has 15,000
SHORTEST_VALUE = 1  # characters of a form field; an empty one says nothing
QUARTER = math.pi / 2
SKEW = 0.1  # radians from a quarter turn; what is turned more is a watermark
BREAKS = {"\r", "\n"}
DROPPED = {"\x00", "\ufeff", "\ufffe", "\uffff", "\u200b"}
HYPHEN = "\x02"  # by which pdfium replaces a hyphen at the end of a line
INVISIBLE = 3  # the rendering mode of text that is not drawn: the layer that programs lay over a scan


def glyphs_of(page: pdfium.PdfPage) -> list[Glyph]:
    """Return the characters of a page in the order in which they are drawn, then the values of its form fields."""
    textpage = page.get_textpage()
    try:
        found = list(_merged(_drawn(textpage.raw, page.get_bbox())))
    finally:
        textpage.close()
    return found


def is_dropped(text: str) -> bool:
    """Return whether a character says nothing: a control character, or one that has no width and no meaning."""
    return text in DROPPED or (text < " " and text not in {"\t", HYPHEN})


def is_invisible(page: pdfium.PdfPage) -> bool:
    """Return whether the first words of a page are not drawn: a program has read a picture, and laid its words over."""
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=3):
        return bool(pdfium_c.FPDFTextObj_GetTextRenderMode(item.raw) == INVISIBLE)
    return False


def has_picture(page: pdfium.PdfPage) -> bool:
    """Return whether a picture is drawn on a page."""
    return next(iter(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _drawn(textpage: pdfium_c.FPDF_TEXTPAGE, page: Box) -> Iterator[Glyph]:
    """Yield the characters of a page, without those outside of what is shown of it."""
    box = pdfium_c.FS_RECTF()
    at = ctypes.byref(box)
    left, bottom, right, top = page
    for index in range(min(pdfium_c.FPDFText_CountChars(textpage), MOST_GLYPHS)):
        code = pdfium_c.FPDFText_GetUnicode(textpage, index)
        text = chr(code) if code < 0x110000 else "\ufffd"
        is_generated = pdfium_c.FPDFText_IsGenerated(textpage, index) == 1
        if is_generated and text in BREAKS:
            yield Glyph("\n", 0, 0, 0, 0, 0, is_generated=True)
            continue
        if is_dropped(text):
            continue
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, at)
        is_outside = box.right < left or box.left > right or box.top < bottom or box.bottom > top
        if is_outside and not is_generated:
            continue
        turn = 0 if is_generated else _turn(pdfium_c.FPDFText_GetCharAngle(textpage, index))
        yield Glyph("-" if text == HYPHEN else text, box.left, box.bottom, box.right, box.top, turn, is_generated)


def _turn(angle: float) -> int | None:
    quarters = round(angle / QUARTER)
    return -quarters % 4 if abs(angle - quarters * QUARTER) < SKEW else None


def _merged(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """Yield glyphs; the halves of a character beyond the first plane of Unicode, which come apart, are one."""
    high: Glyph | None = None
    for glyph in glyphs:
        if high is not None:
            pair = (high.text + glyph.text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            whole, high = high, None
            if len(pair) == 1:
                yield whole._replace(text=pair)
                continue
        if "\ud800" <= glyph.text <= "\udbff":
            high = glyph
        elif not "\udc00" <= glyph.text <= "\udfff":
            yield glyph
