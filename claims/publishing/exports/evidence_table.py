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
BROUGHT = ["brought_by", "brought_at", "said_url", "said_account", "seen_at", "obtained", "note_on_the_file"]
PASTED = ["pasted_by", "pasted_at"]
ALONE = "done_alone"
ASIDE = "rules_set_aside"
PAGES = "pages"  # of a file; other reports have no such column
BESIDE = COLUMNS.index("published_at") + 1


def columns(report: Report) -> list[str]:
    """Return the names of the columns. Some are only in the files of reports that have something to say in them.

    These are the second date of publication, who brought a file, who pasted a text, that the report is a sample, the
    report that it replaces, what one person did alone as an exception to four eyes, the rules of the method that were
    set aside, and the pages of files. The files of all other reports stay as they were, byte for byte.
    """
    content = json.loads(report.content)
    both = [*COLUMNS[:BESIDE], AMBIGUOUS, *COLUMNS[BESIDE:]] if _is_ambiguous(content) else COLUMNS
    told = [*both, *(BROUGHT if _is_brought(content) else [])]
    told += [*(PASTED if _is_pasted(content) else []), *_of_report(content)]
    return [*told, *([PAGES] if _has_pages(content) else [])]


def rows(report: Report) -> Iterator[list[Any]]:
    """Yield the values of each row in the order of ``columns``; times are texts in ISO 8601, in UTC."""
    content = json.loads(report.content)
    is_ambiguous, is_brought, is_pasted = _is_ambiguous(content), _is_brought(content), _is_pasted(content)
    of_report, has_pages = _of_report(content).values(), _has_pages(content)
    for item in content["evidence"]:
        row = _row(report, content, item)
        row = [*row[:BESIDE], item.get(AMBIGUOUS), *row[BESIDE:]] if is_ambiguous else row
        row += _of_file(item) if is_brought else []
        row += _of_pasted(item) if is_pasted else []
        yield [*row, *of_report, *([item.get(PAGES, "")] if has_pages else [])]


def _is_ambiguous(content: dict[str, Any]) -> bool:
    return any(item.get(AMBIGUOUS) for item in content["evidence"])


def _has_pages(content: dict[str, Any]) -> bool:
    return any(item.get("pages") for item in content["evidence"])


def _is_brought(content: dict[str, Any]) -> bool:
    return any(item.get("brought") for item in content["evidence"])


def _of_file(item: dict[str, Any]) -> list[Any]:
    """Return who brought the file of a passage and what this person says of it, and whether the words are a note."""
    brought = item.get("brought") or {}
    told = [brought.get(name) for name in ("by", "brought_at", "said_url", "said_account", "seen_at", "obtained")]
    return [*told, "yes" if item.get("is_note") else "no"]


def _is_pasted(content: dict[str, Any]) -> bool:
    return any(item.get("pasted") for item in content["evidence"])


def _of_pasted(item: dict[str, Any]) -> list[Any]:
    """Return who pasted the text of a passage, and when."""
    pasted = item.get("pasted") or {}
    return [pasted.get("by"), pasted.get("pasted_at")]


def _of_report(content: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that hold the same in each row, with their values."""
    told = {ALONE: waivers.alone_in_one_line(content), ASIDE: waivers.aside_in_one_line(content)}
    same = {name: value for name, value in told.items() if value}
    same |= {"sample": "yes"} if content["report"].get("sample") else {}
    if "replaces" not in content:
        return same
    old = content["replaces"]["reports"]
    reasons = [each["reason"]["text"] for each in content["replaces"]["reopened"]]
    return same | {
        "replaces_reports": ", ".join(str(each["number"]) for each in old),
        "replaces_rating": old[-1]["rating"],
        "reopened_because": " / ".join(reasons),
    }


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
