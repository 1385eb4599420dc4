"""The CSV export of a report: its evidence as a table (RFC 4180), one row per passage, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import Any

from claims.models import Report
from claims.publishing.exports.format import Format

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for the code page of the machine
STARTS_A_FORMULA = frozenset("=+-@")
BREAKS_A_CELL = ("\t", "\r", "\n")

COLUMNS = [
    *[
        "report",
        "report_address",
        "report_sha256",
        "claim",
        "claim_language",
        "claimant",
        "rating",
        "rating_label",
        "said",
        "as_of",
    ],
    *["evidence", "cited", "stance", "nearness", "outlet", "title", "url", "published_at", "language", "exact_words"],
    *["words_before", "words_after", "note", "confirmed_by", "captured_at", "sha256", "warc_file"],
]


def render(report: Report) -> bytes:
    """Return the table with its header in UTF-8 with a byte order mark, without cells a spreadsheet would run."""
    content = json.loads(report.content)
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item in content["evidence"]:
        writer.writerow([guarded(cell) for cell in _row(report, content, item)])
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


def _row(report: Report, content: dict[str, Any], item: dict[str, Any]) -> list[object]:
    claim, verdict = content["claim"], content["verdict"]
    imprint = content["report"]
    said = [imprint["number"], imprint["address"], report.sha256, claim["text"], claim["language"]]
    said += [_name(claim["claimant"]), verdict["rating"], verdict["rating_label"], verdict["said"], verdict["as_of"]]
    found = [item["number"], "yes" if item["cited"] else "no", item["stance"], item["nearness"]]
    found += [_name(item["outlet"]) or item["host"], item["title"]["text"], item["url"], item["published_at"]]
    found += [item["language"], item["exact"], item["before"], item["after"], item["note"]["text"]]
    return [*said, *found, item["confirmed_by"], item["captured_at"], item["sha256"], item["warc_file"]]


def _name(source: dict[str, str] | None) -> str:
    return source["name"] if source else ""


FORMAT = Format("csv", "text/csv; charset=utf-8", "csv", render)
