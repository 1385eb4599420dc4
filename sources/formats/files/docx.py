"""Read Word files (DOCX): paragraphs, tables, notes and comments in their order, as they read with changes accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from sources.formats.file_text import FileText
from sources.formats.files import office_facts
from sources.formats.files.line_text import LineText, one_line
from sources.formats.files.zip_members import Members, xml_root
from sources.formats.unreadable import Unreadable
from sources.language import detection

PARAGRAPH, ROW, CELL = qn("w:p"), qn("w:tr"), qn("w:tc")
WORDS = {qn("w:t"), qn("w:noBreakHyphen"), qn("w:sym")}
GAPS = {qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:ptab")}
# Words that are struck out, the rest of a moved paragraph, the twin of a drawing for old programs, and field codes.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), FALLBACK}
NOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES, RELATIONSHIP_TYPE.COMMENTS)
BROKEN = (
    OpcError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    zipfile.BadZipFile,
    etree.LxmlError,
    RecursionError,
)
IN_PART = "Only the beginning of this file was read: it is too long."


def read(body: bytes, name: str = "") -> FileText:
    """Return the text of a Word file; struck-out words are left out. Raises ``Unreadable``."""
    members = Members(body)
    members.check()
    facts = office_facts.of(members)
    try:
        document = docx.Document(io.BytesIO(body))
        text, title = _lines(document), _title(document)
    except BROKEN as problem:
        raise Unreadable("not_text", "The file is no Word document that can be read.") from problem
    if not text.text:
        return FileText(facts=facts, note="This document holds no words.")
    return FileText(
        text=text.text,
        title=title or next((fact.value for fact in facts if fact.name == "title"), ""),
        language=detection.detect(text.text)[0],
        facts=facts,
        note=IN_PART if text.is_full else "",
    )


def _lines(document: Any) -> LineText:
    text = LineText()
    for line in _blocks(document.element.body):
        text.add(line)
    for kind in NOTES:
        for relation in document.part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                for line in _blocks(xml_root(relation.target_part.blob, kind)):
                    text.add(line)
    return text


def _title(document: Any) -> str:
    """Return the paragraph in the style of titles; its name is English in every language, its key is not."""
    keys = {style.style_id for style in document.styles if style.name == "Title"}
    titled = (each for each in document.element.body.iterchildren(PARAGRAPH) if each.style in keys)
    return next((words for each in titled if (words := one_line(_words(each)))), "")


def _blocks(root: Any) -> Iterator[str]:
    """Yield the lines below an element: one for a paragraph, one for a row of a table."""
    for element in root.iterchildren(etree.Element):
        if element.tag in LEFT_OUT:
            continue
        if element.tag == PARAGRAPH:
            yield _words(element)
        elif element.tag == ROW:
            yield " | ".join(filter(None, (one_line(" ".join(_blocks(cell))) for cell in _cells(element))))
        else:
            yield from _blocks(element)


def _cells(element: Any) -> Iterator[Any]:
    """Yield the cells of a row; those of a table within a cell are part of it."""
    for child in element.iterchildren(etree.Element):
        if child.tag == CELL:
            yield child
        elif child.tag not in LEFT_OUT:
            yield from _cells(child)


def _words(paragraph: Any) -> str:
    pieces = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _event, element in walk:
        if element.tag in LEFT_OUT:
            walk.skip_subtree()
        elif element.tag in WORDS:
            pieces.append(element.text or "")
        elif element.tag in GAPS or element.tag == PARAGRAPH:
            pieces.append(" ")
    return "".join(pieces)
