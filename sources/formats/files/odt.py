"""Read texts of LibreOffice (ODT): headings, paragraphs, tables and notes in their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from sources.formats.file_text import Fact, FileText
from sources.formats.files.line_text import LineText, one_line
from sources.formats.files.zip_members import Members
from sources.formats.unreadable import Unreadable
from sources.language import detection

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
LINES, CELL, ROW = {f"{TEXT}p", f"{TEXT}h"}, f"{TABLE}table-cell", f"{TABLE}table-row"
GAPS = {f"{TEXT}tab", f"{TEXT}line-break", f"{TEXT}s", f"{TEXT}p", f"{TEXT}h"}
LEFT_OUT = {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{OFFICE}forms", f"{TEXT}note-citation"}
# Elements of meta.xml that are worth showing; those of people other than the author are private.
SHOWN = {
    **dict.fromkeys(
        ("title", "subject", "description", "initial-creator", "creation-date", "date", "generator"), False
    ),
    **dict.fromkeys(("creator", "printed-by", "print-date", "template"), True),
}
MOST_VALUE = 500  # characters
IN_PART = "Only the beginning of this file was read: it is too long."


def read(body: bytes, name: str = "") -> FileText:
    """Return the text of an OpenDocument text, without deleted words. Raises ``Unreadable``."""
    members = Members(body)
    facts = tuple(_facts(members.xml("meta.xml"))) if "meta.xml" in members.names else ()
    content = members.xml("content.xml").find(f"{OFFICE}body")
    if content is None:
        raise Unreadable("not_text", "The file is no OpenDocument text.")
    text = LineText()
    for line in _blocks(content):
        text.add(line)
    if not text.text:
        return FileText(facts=facts, note="This document holds no words.")
    return FileText(
        text=text.text,
        title=next((fact.value for fact in facts if fact.name == "title"), ""),
        language=detection.detect(text.text)[0],
        facts=facts,
        note=IN_PART if text.is_full else "",
    )


def _facts(root: Any) -> Iterator[Fact]:
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        value = one_line(element.text or "")[:MOST_VALUE]
        if value and name in SHOWN:
            yield Fact("odf", name, value, is_private=SHOWN[name])


def _blocks(root: Any) -> Iterator[str]:
    """Yield the lines below an element: one for a paragraph, one for a row of a table."""
    for element in root.iterchildren(etree.Element):
        if element.tag in LEFT_OUT:
            continue
        if element.tag in LINES:
            yield _words(element)
        elif element.tag == ROW:
            yield " | ".join(filter(None, (one_line(" ".join(_blocks(cell))) for cell in element.iterchildren(CELL))))
        else:
            yield from _blocks(element)


def _words(paragraph: Any) -> str:
    pieces: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            is_left_out = element.tag in LEFT_OUT or not isinstance(element.tag, str)
            if is_left_out:
                walk.skip_subtree()
            pieces.append(" " if element.tag in GAPS else "")
            pieces.append("" if is_left_out else element.text or "")
        elif element is not paragraph:
            pieces.append(element.tail or "")
    return "".join(pieces)
