"""Read a PDF through pdfium: its text in reading order, where each page begins, and what the file says of itself."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from sources.formats.file_text import FileText
from sources.formats.files import (
    pdf_facts,
    pdf_fields,
    pdf_glyphs,
    pdf_joining,
    pdf_layout,
    pdf_lines,
    pdf_paths,
    pdf_rules,
)
from sources.formats.files.pdf_layout import Paragraph
from sources.formats.files.pdf_notes import BROKEN, EMPTY, IN_PART, LAYERED, LOCKED, SCANNED
from sources.formats.text_parts import Part
from sources.formats.unreadable import Unreadable
from sources.language import detection

PAGE = "page"  # kind of part
MOST_PAGES = 5_000
MOST_TEXT = 20_000_000  # characters
SECONDS = 40.0  # by the clock; the process that reads is killed after sixty
LARGER = 1.2  # times the size of the text: a title
LONGEST_TITLE = 200
TITLE_AT = 6  # paragraphs among which a title stands
SURE_OF_LANGUAGE = 0.5


@dataclass
class _Found:
    """What the pages of a file gave."""

    pages: list[pdf_joining.PageLines] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    title: str = ""
    pictures: int = 0
    layered: int = 0


def read(body: bytes, name: str = "") -> FileText:
    """Return the text of a PDF with its pages as parts. Raises ``Unreadable`` where it cannot be opened."""
    document = opened(body)
    try:
        facts = pdf_facts.facts_of(document)
        found, number = _pages(document), len(document)
    finally:
        document.close()
    pages, heads = pdf_joining.without_heads(found.pages)
    text, spans = pdf_joining.joined(pages)
    facts += tuple(pdf_facts.running_head(head) for head in heads)
    language, score = detection.detect(text) if text else ("", 0.0)
    parts = tuple(
        Part(PAGE, start, end, str(at), label)
        for at, ((start, end), label) in enumerate(zip(spans, found.labels, strict=True), start=1)
    )
    return FileText(
        text=text,
        title=(pdf_facts.title_said(facts) or found.title or _stem(name))[:LONGEST_TITLE],
        language=language if score >= SURE_OF_LANGUAGE else "",
        parts=parts,
        facts=facts,
        note=_note(found, text, number),
    )


def opened(body: bytes) -> pdfium.PdfDocument:
    """Return the document in a file, with its form. Raises ``Unreadable``."""
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as problem:
        is_locked = pdfium_c.FPDF_GetLastError() in {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}
        is_locked = is_locked or "password" in str(problem).lower()
        raise Unreadable(*(("encrypted", LOCKED) if is_locked else ("unparsable", BROKEN))) from None
    if not len(document):
        document.close()
        raise Unreadable("unparsable", BROKEN)
    document.init_forms()
    return document


def paragraphs_of(page: pdfium.PdfPage) -> list[Paragraph]:
    """Return the paragraphs on a page, upright text first, then what is turned, then what slants."""
    pieces = pdf_lines.pieces_of([*pdf_glyphs.glyphs_of(page), *pdf_fields.glyphs_of(page)])
    boxes = pdf_paths.boxes_of(page)
    slanting = pieces.pop(None, [])
    found: list[Paragraph] = []
    for turn, turned in sorted(pieces.items(), key=lambda each: -sum(len(piece.text) for piece in each[1])):
        found += pdf_layout.paragraphs_of(turned, pdf_rules.rules_of(boxes, turn or 0))
    rows = [pdf_lines.rows_of([piece], from_right=False) for piece in slanting]
    return found + [Paragraph(each, 0, 0, from_right=False) for each in rows]


def main_turn(page: pdfium.PdfPage) -> int:
    """Return the quarter turn by which a page is drawn, so that it stands upright for its reader."""
    turn: int = page.get_rotation() // 90
    return turn % 4


def _pages(document: pdfium.PdfDocument) -> _Found:
    found, began, length = _Found(), time.monotonic(), 0
    for index in range(min(len(document), MOST_PAGES)):
        if time.monotonic() - began > SECONDS or length > MOST_TEXT:
            break
        page = _page(document, index)
        lines = _read_page(page, found, index) if page else pdf_joining.PageLines([])
        length += sum(len(line.text) for block in lines.blocks for line in block.lines)
        found.pages.append(lines)
        found.labels.append(document.get_page_label(index) or str(index + 1))
        if page:
            page.close()
    return found


def _page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage | None:
    """Return a page; None where it is damaged: the others are read."""
    try:
        return document[index]
    except pdfium.PdfiumError:
        return None


def _read_page(page: pdfium.PdfPage, found: _Found, index: int) -> pdf_joining.PageLines:
    paragraphs = paragraphs_of(page)
    if not paragraphs:
        found.pictures += pdf_glyphs.has_picture(page)
    elif pdf_glyphs.is_invisible(page):
        found.layered += 1
    if not index:
        found.title = _largest(paragraphs)
    box = pdf_lines.placed(main_turn(page), page.get_bbox())
    return pdf_joining.page_lines(paragraphs, box[1], box[3])


def _largest(paragraphs: list[Paragraph]) -> str:
    """Return the paragraph near the top of the first page that has the largest letters, where it is a title."""
    if not paragraphs:
        return ""
    usual = median(row.em for paragraph in paragraphs for row in paragraph.rows)
    first = max(paragraphs[:TITLE_AT], key=lambda each: each.em)
    text = " ".join(row.text for row in first.rows).replace("\t", " ")
    return text if first.em > LARGER * usual and len(text) <= LONGEST_TITLE else ""


def _note(found: _Found, text: str, number: int) -> str:
    """Return the one thing that a person must know of this text first."""
    if not text.strip():
        return SCANNED if found.pictures else EMPTY
    if len(found.pages) < number:
        return IN_PART.format(n=len(found.pages))
    return LAYERED if found.layered else ""


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]
