import csv as reader
import io
from datetime import UTC, datetime

import pytest

from claims.publishing import reporting
from claims.publishing.exports.csv import csv
from claims.publishing.exports.evidence_table import COLUMNS
from tests import make, published

ALIVE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://evil.example","x")',
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\u200b=1",
    "\u202e=1",
    "\ufeff@x",
    "\tplain",
]


@pytest.mark.parametrize("cell", ALIVE)
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(cell):
    assert csv.guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["12 killed", "a=b", "'quoted'", "« Alep »", "حلب", "", "\u200f", "1-2"])
def test_a_plain_cell_stays_as_it_is(cell):
    assert csv.guarded(cell) == cell


def test_what_is_not_known_is_an_empty_cell():
    assert csv.guarded(None) == ""


@pytest.mark.django_db
def test_the_table_has_a_row_for_each_piece_of_evidence():
    report = published.report()

    table = csv.render(report)

    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(reader.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert [(row["evidence"], row["cited"], row["stance"]) for row in rows] == [
        ("1", "yes", "refutes"),
        ("2", "yes", "discusses"),
        ("3", "no", "supports"),
    ]
    assert [row["exact_words"] for row in rows] == [published.TURKISH[0], published.ARABIC[0], published.FRENCH[1]]
    assert {row["claim"] for row in rows} == {published.CLAIM}
    assert {row["rating"] for row in rows} == {"refuted"}


@pytest.mark.django_db
def test_a_date_that_may_be_read_in_two_ways_is_written_in_both():
    claim = published.claim()
    other = datetime(2024, 3, 11, tzinfo=UTC)
    [passage] = published.passages("Vadi Sesi", "tr", published.TURKISH, published_until=other)
    make.confirmed_evidence(claim, passage_=passage)
    report = reporting.freeze(published.decision(claim), by=make.editor(), language="en")

    rows = list(reader.DictReader(io.StringIO(csv.render(report).decode("utf-8-sig"), newline="")))

    assert {row["or_published_at"] for row in rows} == {"2024-03-11T00:00:00Z", ""}
    assert {row["published_at"] for row in rows} == {"2024-11-29T08:15:00Z"}
    assert {row["language"] for row in rows} == {"tr", "ar", "fr"}


@pytest.mark.django_db
def test_a_table_without_such_a_date_has_the_columns_that_it_always_had():
    header = csv.render(published.report()).decode("utf-8-sig").partition("\r\n")[0]

    assert header == ",".join(f'"{name}"' for name in COLUMNS)
    assert "or_published_at" not in header


@pytest.mark.django_db
def test_the_words_around_a_passage_are_whole():
    claim = published.claim()
    before, exact = published.FRENCH
    passage = published.passages("Le Courrier", "fr", published.FRENCH, text=f"{before} {exact}")[1]
    make.confirmed_evidence(claim, passage_=passage)
    report = reporting.freeze(published.decision(claim), by=make.editor(), language="en")

    rows = list(reader.DictReader(io.StringIO(csv.render(report).decode("utf-8-sig"), newline="")))

    assert [row["words_before"] for row in rows if row["exact_words"] == exact] == [f"{before} ", ""]


@pytest.mark.django_db
def test_a_table_of_hostile_words_survives_a_round_trip():
    words = 'He said "no",\r\nthen left; =cmd|x\n\u202eevil'
    report = published.report(words)

    rows = list(reader.DictReader(io.StringIO(csv.render(report).decode("utf-8-sig"), newline="")))

    assert {row["claim"] for row in rows} == {words}


@pytest.mark.django_db
def test_a_table_with_semicolons_has_the_same_cells():
    report = published.report("a; b, c")
    texts = [csv.FORMAT.render(report).decode("utf-8-sig"), csv.WITH_SEMICOLONS.render(report).decode("utf-8-sig")]

    commas, semicolons = (
        list(reader.reader(io.StringIO(text, newline=""), delimiter=mark))
        for text, mark in zip(texts, ",;", strict=True)
    )

    assert commas == semicolons
    assert csv.WITH_SEMICOLONS.render(report).startswith(b'\xef\xbb\xbf"report";"report_address";')


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        (["fr-fr", "en"], ";"),
        (["tr"], ";"),
        (["de-de"], ";"),
        (["uk"], ";"),
        (["pt-br"], ";"),
        (["en-us", "fr"], ","),
        (["he"], ","),
        (["zh-hant"], ","),
        (["*", "xx", "it"], ";"),
        ([], ","),
    ],
)
def test_the_usual_separator_follows_the_decimal_mark_of_a_language(languages, expected):
    assert csv.usual(languages) is {",": csv.FORMAT, ";": csv.WITH_SEMICOLONS}[expected]
