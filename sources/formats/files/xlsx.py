"""Read workbooks (XLSX): each row is a line, each cell a part with its sheet and place; numbers as they are shown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from sources.formats.file_text import Fact, FileText
from sources.formats.files import office_facts
from sources.formats.files.cell_format import shown
from sources.formats.files.line_text import LineText
from sources.formats.files.zip_members import Members
from sources.formats.unreadable import Unreadable
from sources.language import detection

SHEET, SHEETS = "sheet", "xl/worksheets/"
BETWEEN = " | "
MOST_PLACES = 2_000_000  # cells, those without a value too: one in the last column makes 16,384 of a row
MOST_ROWS = 2_000_000  # of all sheets, those without a cell too
BROKEN = (
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    zipfile.BadZipFile,
    etree.LxmlError,
    SyntaxError,
)
IN_PART = "Only the first cells of this workbook were read: it holds too many."


def read(body: bytes, name: str = "") -> FileText:
    """Return the cells of a workbook, sheet by sheet, hidden ones too. Raises ``Unreadable``.

    Formulas show the result that the program saved with them. Nothing in the workbook is run or computed.
    """
    members = Members(body)
    members.check(streamed=SHEETS)
    facts = [*office_facts.of(members)]
    text = LineText()
    try:
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                facts.append(Fact("ooxml", "hidden sheet", sheet.title))
            text.add_parts([(sheet.title, sheet.title)], SHEET, BETWEEN)
            for row in _rows(sheet):
                text.add_parts(row, SHEET, BETWEEN)
                if text.is_full:
                    break
    except BROKEN as problem:
        raise Unreadable("not_text", "The file is no workbook that can be read.") from problem
    return FileText(
        text=text.text,
        title=next((fact.value for fact in facts if fact.name == "title"), ""),
        language=detection.detect(text.text)[0] if text.text else "",
        parts=tuple(text.parts),
        facts=tuple(facts),
        note=IN_PART if text.is_full else "",
    )


def _rows(sheet: Any) -> Iterator[list[tuple[str, str]]]:
    """Yield the cells of each row that has any, each as it is shown and with its place, such as “Budget!B4”."""
    sheet.reset_dimensions()  # a sheet may say that it has a billion cells
    places = rows = 0
    for row in sheet.iter_rows():
        rows, places = rows + 1, places + len(row)
        if rows > MOST_ROWS or places > MOST_PLACES:
            return
        cells = [(shown(cell.value, cell.number_format), f"{sheet.title}!{cell.coordinate}") for cell in _filled(row)]
        if cells:
            yield cells


def _filled(row: tuple[Any, ...]) -> Iterator[Any]:
    return (cell for cell in row if cell.value is not None)
