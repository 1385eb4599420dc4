"""Dates as people and programs write them, in twelve languages: how many we read right, none wrong and sure.

Our own table has the forms of each language: printed, relative, in digits, with zones, and those that nobody can know.
``--data`` may add a table of tab-separated lines: kind, language, text, expected (and what it was seen at).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import dateparser
import htmldate
import lxml.html

from benchmarks.dates_table import DAYS, ISO, OPEN, RELATIVE, WRITTEN
from benchmarks.measuring import report, say, share, unusable
from sources.formats import feed_fields, printed_dates

SEEN = datetime(2026, 11, 26, 12, tzinfo=UTC)
COLUMNS = 4


class Case(NamedTuple):
    """A text and what it says: a day, a moment, two days with a slash between them, or nothing for what is open."""

    kind: str  # printed, iso, relative, feed, open
    language: str
    text: str
    expected: str
    seen: datetime = SEEN


def main() -> None:
    """Take the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a table of more dates, or a folder with files *dates*.tsv")
    given = parser.parse_args()
    cases = [*own(), *(more(given.data) if given.data else ())]
    say(f"{len(cases)} dates")
    mine = judged(cases, ours)
    for case, answer in mine.pop("missed"):
        say(f"{case.kind} {case.language}: {case.text} → {answer or 'nothing'}, not {case.expected or 'nothing'}")
    others = {name: judged(cases, read) for name, read in (("dateparser", theirs), ("htmldate", on_page))}
    versions = {"dateparser": dateparser.__version__, "htmldate": htmldate.__version__}
    for name, found in others.items():
        del found["missed"]
        found["version"] = versions[name]
    report(**mine, dates=len(cases), languages=len({case.language for case in cases}), reference=others)


def own() -> Iterator[Case]:
    """Yield the dates of our table."""
    for language, forms in WRITTEN.items():
        for month, (text, more_texts) in enumerate(forms, start=1):
            day = f"2026-{month:02}-{DAYS[month - 1]:02}"
            yield from (Case("printed", language, each, day) for each in (text, *more_texts))
    for language, relatives in RELATIVE.items():
        for text, days in relatives:
            yield Case("relative", language, text, (SEEN - timedelta(days=days)).date().isoformat())
    for kind, language, text, expected in (*ISO, *OPEN):
        yield Case(kind, language, text, expected)


def more(data: Path) -> list[Case]:
    """Return the dates of tables that were given; a line of two columns is a date of a feed, as in the cases."""
    paths = sorted(data.rglob("*dates*.tsv")) if data.is_dir() else [data]
    if not data.exists() or not paths:
        unusable(f"There is no table of dates in {data}.")
    found = []
    for path in paths:
        lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
        found += [_case(line) for line in lines if len(line) > 1]
    return found


def _case(line: list[str]) -> Case:
    if len(line) < COLUMNS:
        return Case("feed", "", line[0], line[1])
    seen = datetime.fromisoformat(line[4]).replace(tzinfo=UTC) if len(line) > COLUMNS else SEEN
    return Case(line[0], line[1], line[2], line[3], seen)


def ours(case: Case) -> str:
    """Return what our reader says: a day, a moment in UTC, two days, or nothing."""
    if case.kind == "feed":
        date = feed_fields.date_of(case.text, case.language)
        return "" if date is None else _said(date.value, date.precision, date.until)
    found = printed_dates.read(case.text, case.language, case.seen)
    return "" if found is None or found.value is None else _said(found.value, found.precision, found.until)


def theirs(case: Case) -> str:
    """Return the day that dateparser reads, told the language and when it was seen; a moment where it has a zone."""
    settings: Any = {"RELATIVE_BASE": case.seen.replace(tzinfo=None)}
    found = dateparser.parse(case.text, languages=[case.language] if case.language else None, settings=settings)
    if found is None:
        return ""
    return _said(found, "minute" if found.tzinfo and "T" in case.expected else "day", None)


def on_page(case: Case) -> str:
    """Return the day that htmldate finds where the text stands under the headline of a page."""
    line = f'<p class="date">{lxml.html.tostring(_element(case.text), encoding="unicode")}</p>'
    page = f'<html lang="{case.language}"><body><h1>Title</h1>{line}<p>Text.</p></body></html>'
    return htmldate.find_date(page, original_date=True) or ""


def judged(cases: list[Case], read: Callable[[Case], str]) -> dict[str, Any]:
    """Return the share that is right, how many are wrong and sure, and what was missed.

    Wrong and sure is what names a day, where it is another day or nobody can know.
    """
    answers = [(case, read(case)) for case in cases]
    missed = [(case, answer) for case, answer in answers if not is_right(case.expected, answer)]
    kinds = sorted({case.kind for case in cases})
    of_kind = {
        kind: [is_right(case.expected, answer) for case, answer in answers if case.kind == kind] for kind in kinds
    }
    return {
        "right": round(share(len(cases) - len(missed), len(cases)) or 0.0, 4),
        "wrong_but_sure": sum(is_wrong(case.expected, answer) for case, answer in missed),
        "by_kind": {kind: round(sum(right) / len(right), 4) for kind, right in of_kind.items()},
        "missed": missed,
    }


def is_right(expected: str, answer: str) -> bool:
    """Return whether an answer is what is expected, a moment to the minute."""
    return expected[:16] == answer[:16] if "T" in expected else expected == answer


def is_wrong(expected: str, answer: str) -> bool:
    """Return whether an answer names a day that is not among those expected."""
    return (bool(answer) and not any(answer[:10] == each[:10] for each in expected.split("/"))) or (
        "/" in expected and bool(answer) and "/" not in answer
    )


def _said(value: datetime, precision: str, until: datetime | None) -> str:
    if until is not None:
        return f"{value.date().isoformat()}/{until.date().isoformat()}"
    if precision == "minute":
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
    return {"year": value.strftime("%Y"), "month": value.strftime("%Y-%m")}.get(precision, value.date().isoformat())


def _element(text: str) -> lxml.html.HtmlElement:
    element = lxml.html.Element("span")
    element.text = text
    return element


if __name__ == "__main__":
    main()
