"""The form fields of a PDF, and what was typed upon its pages: their values, as pieces of text where they stand."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from sources.formats.files.glyph import Glyph
from sources.formats.files.pdf_glyphs import is_dropped

MOST_NOTES = 2_000  # annotations on a page
WIDTH = 0.5  # of the height of a letter
HEIGHT = 11.0  # points of a letter at most: fields may be as high as a page
TICKS = {pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON}
VALUES = {pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX}
TICKED = "☒"


def glyphs_of(page: pdfium.PdfPage) -> list[Glyph]:
    """Return the values of the fields and of the text boxes on a page, each as a line of characters."""
    found: list[Glyph] = []
    for index in range(min(pdfium_c.FPDFPage_GetAnnotCount(page.raw), MOST_NOTES)):
        note = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        try:
            found += _written(_value(page, note), note)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(note)
    return found


def _value(page: pdfium.PdfPage, note: pdfium_c.FPDF_ANNOTATION) -> str:
    kind = pdfium_c.FPDFAnnot_GetSubtype(note)
    if pdfium_c.FPDFAnnot_GetFlags(note) & (pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW):
        return ""
    if kind == pdfium_c.FPDF_ANNOT_FREETEXT:
        return _string(lambda buffer, size: pdfium_c.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size))
    form = page.formenv.raw if page.formenv else None
    if kind != pdfium_c.FPDF_ANNOT_WIDGET or form is None:
        return ""
    field = pdfium_c.FPDFAnnot_GetFormFieldType(form, note)
    if field in TICKS:
        return TICKED if pdfium_c.FPDFAnnot_IsChecked(form, note) else ""
    if field not in VALUES:
        return ""
    return _string(lambda buffer, size: pdfium_c.FPDFAnnot_GetFormFieldValue(form, note, buffer, size))


def _string(get: object) -> str:
    size = get(None, 0)  # type: ignore[operator]
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)  # type: ignore[operator]
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\x00")


def _written(value: str, note: pdfium_c.FPDF_ANNOTATION) -> Iterator[Glyph]:
    """Yield the lines of a value as if they were drawn in its box, from the top."""
    box = pdfium_c.FS_RECTF()
    if not value.strip() or not pdfium_c.FPDFAnnot_GetRect(note, ctypes.byref(box)):
        return
    lines = [line for line in value.replace("\r", "\n").split("\n") if line.strip()]
    high = min(HEIGHT, abs(box.top - box.bottom) / len(lines))
    top = max(box.top, box.bottom) - (abs(box.top - box.bottom) - high * len(lines)) / 2
    for row, line in enumerate(lines):
        wide = min(high * WIDTH, abs(box.right - box.left) / len(line))
        low = top - (row + 1) * high
        for at, letter in enumerate(line):
            left = min(box.left, box.right) + at * wide
            if is_dropped(letter):
                continue
            yield Glyph(letter, left, low, left + wide, low + high, 0)
        yield Glyph("\n", 0, 0, 0, 0, 0, is_generated=True)
