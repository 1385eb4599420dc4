"""The evidence of a report as a table, one row per passage: what its CSV and Excel files hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from claims.models import Report
from claims.publishing import waivers

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
AMBIGUOUS = "or_published_at"  # the other date that "03/04/2026" may mean
ALONE = "done_alone"
BESIDE = COLUMNS.index("published_at") + 1


def columns(report: Report) -> list[str]:
    """Return the names of the columns; the second date of publication has one only where the report gives such a date.

    What one person did alone has one only where the report has such an exception to four eyes.

    The files of all other reports stay as they were, byte for byte.
    """
    content = json.loads(report.content)
    alone = [ALONE] if waivers.in_one_line(content) else []
    if not any(item.get(AMBIGUOUS) for item in content["evidence"]):
        return [*COLUMNS, *alone]
    return [*COLUMNS[:BESIDE], AMBIGUOUS, *COLUMNS[BESIDE:], *alone]


def rows(report: Report) -> Iterator[list[Any]]:
    """Yield the values of each row in the order of ``columns``; times are texts in ISO 8601, in UTC."""
    content = json.loads(report.content)
    is_ambiguous, alone = AMBIGUOUS in columns(report), waivers.in_one_line(content)
    for item in content["evidence"]:
        row = _row(report, content, item)
        row = [*row[:BESIDE], item.get(AMBIGUOUS), *row[BESIDE:]] if is_ambiguous else row
        yield [*row, alone] if alone else row


def _row(report: Report, content: dict[str, Any], item: dict[str, Any]) -> list[Any]:
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
