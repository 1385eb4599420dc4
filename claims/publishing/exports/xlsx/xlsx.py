"""The Excel export of a report (XLSX): its evidence as a table, with dates as dates and text that never runs."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from claims.models import Report
from claims.publishing.exports.evidence_table import AMBIGUOUS, ASIDE, columns, rows
from claims.publishing.exports.format import Format
from sources.language.direction import direction
from sources.models.vocabulary import DatePrecision
from workbench.pages.templatetags.words import spelled

LONGEST_CELL = 32_767  # characters, by the format
RIGHT_TO_LEFT = 2  # reading order of a cell, by the format
PUBLISHED = {"published_at", AMBIGUOUS}
TIMES = PUBLISHED | {"as_of", "captured_at", "pasted_at"}
FIRST_DATE = date(1900, 3, 1)  # from here on all programs count days alike; the format has none before 1900
WIDTHS = {"claim": 48, "exact_words": 60, "words_before": 40, "words_after": 40, "title": 40, "note": 40, "url": 40}
WIDTHS[ASIDE] = 40
USUAL_WIDTH = 16

# A date is shown no finer than it is known; times are in UTC.
FORMATS = {DatePrecision.YEAR: "yyyy", DatePrecision.MONTH: "yyyy-mm", DatePrecision.DAY: "yyyy-mm-dd"}
EXACT = "yyyy-mm-dd hh:mm:ss"


@dataclass
class Book:
    """A workbook in memory with its cell formats, each made once."""

    made: Any
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def format(self, **properties: Any) -> Any:
        """Return a cell format: lines wrap, and text stays text when somebody edits the cell."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.made.add_format({"valign": "top", **properties})
        return self.formats[key]


def render(report: Report) -> bytes:
    """Return a workbook of one sheet; it runs from right to left where the claim does."""
    content = json.loads(report.content)
    file = io.BytesIO()
    book = Book(xlsxwriter.Workbook(file, {"in_memory": True}))
    published = datetime.fromisoformat(content["report"]["frozen_at"]).replace(tzinfo=None)
    # Without a time the file would say when it was made, and never be the same twice.
    book.made.set_properties({"author": spelled(content["report"]["desk"]["name"]), "created": published})
    with translation.override(report.language):
        sheet = book.made.add_worksheet(_("Evidence"))
    if direction(content["claim"]["text"]) == "rtl":
        sheet.right_to_left()
    names = columns(report)
    _head(book, sheet, names)
    precisions = [item["published_precision"] for item in content["evidence"]]
    for at, (row, precision) in enumerate(zip(rows(report), precisions, strict=True), start=1):
        for column, (name, value) in enumerate(zip(names, row, strict=True)):
            _write(book, sheet, (at, column), value, precision if name in PUBLISHED else "", is_time=name in TIMES)
    sheet.autofilter(0, 0, len(precisions), len(names) - 1)
    book.made.close()
    return file.getvalue()


def _head(book: Book, sheet: Any, names: list[str]) -> None:
    for column, name in enumerate(names):
        sheet.set_column(column, column, WIDTHS.get(name, USUAL_WIDTH))
        sheet.write_string(0, column, name, book.format(bold=True))
    sheet.freeze_panes(1, 0)


def _write(book: Book, sheet: Any, at: tuple[int, int], value: Any, precision: str, *, is_time: bool) -> None:
    """Write a cell as what it is: a number, a time, or text in its own direction."""
    if value in (None, ""):
        return
    if isinstance(value, int):
        sheet.write_number(*at, value, book.format())
    elif is_time:
        _write_time(book, sheet, at, datetime.fromisoformat(value).replace(tzinfo=None), precision)
    else:
        text = spelled(value)
        sides = {"reading_order": RIGHT_TO_LEFT} if direction(text) == "rtl" else {}
        sheet.write_string(*at, _cut(text), book.format(text_wrap=True, quote_prefix=True, **sides))


def _write_time(book: Book, sheet: Any, at: tuple[int, int], moment: datetime, precision: str) -> None:
    """Write a time as a date of the format, or as text (ISO 8601) where the format has no such date."""
    shown = FORMATS.get(DatePrecision(precision), EXACT) if precision else EXACT
    if moment.date() < FIRST_DATE:
        sheet.write_string(*at, moment.isoformat(" ")[: len(shown)], book.format(align="left"))
    else:
        sheet.write_datetime(*at, moment, book.format(num_format=shown, align="left"))


def _cut(text: str) -> str:
    """Return a text that fits into a cell, and says so where it was cut: the JSON file has all of it."""
    note = f" […{len(text)}]"
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(note)] + note


FORMAT = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", render)
