"""The CSV export of a report: its evidence as a table (RFC 4180), with commas or semicolons, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from functools import partial

from babel import Locale, UnknownLocaleError
from django.utils.translation import to_locale

from claims.models import Report
from claims.publishing.exports.evidence_table import columns, rows
from claims.publishing.exports.format import Format

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for the code page of the machine
STARTS_A_FORMULA = frozenset("=+-@")
BREAKS_A_CELL = ("\t", "\r", "\n")


def render(report: Report, separator: str = ",") -> bytes:
    """Return the table with its header in UTF-8 with a byte order mark, without cells a spreadsheet would run."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns(report))
    for row in rows(report):
        writer.writerow([guarded(cell) for cell in row])
    return (BYTE_ORDER_MARK + table.getvalue()).encode()


def guarded(cell: object) -> str:
    """Return a cell as text that no spreadsheet runs as a formula: an apostrophe goes before what could start one.

    In some programs a full-width sign, or a sign behind spaces or invisible characters, starts a formula too
    (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    text = "" if cell is None else str(cell)
    seen = (letter for letter in text if unicodedata.category(letter) not in {"Cf", "Cc", "Zs"})
    first = unicodedata.normalize("NFKC", next(seen, ""))[:1]
    return f"'{text}" if first in STARTS_A_FORMULA or text.startswith(BREAKS_A_CELL) else text


def usual(languages: list[str]) -> Format:
    """Return the format whose separator spreadsheets expect where people use the first of these languages we know.

    Programs take the semicolon where the comma is the decimal mark (the list separator of Windows and LibreOffice).
    """
    for code in languages:
        try:
            decimal_mark = Locale.parse(to_locale(code)).number_symbols["latn"]["decimal"]
        except (UnknownLocaleError, ValueError, KeyError):
            continue
        return WITH_SEMICOLONS if decimal_mark == "," else FORMAT
    return FORMAT


FORMAT = Format("csv", "text/csv; charset=utf-8", "csv", render)
WITH_SEMICOLONS = Format(
    "csv-semicolon", "text/csv; charset=utf-8", "csv", partial(render, separator=";"), mark="-semicolon"
)
