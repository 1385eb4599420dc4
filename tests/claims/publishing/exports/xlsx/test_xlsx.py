import io
import json

import openpyxl
import pytest

from claims.publishing.exports.evidence_table import COLUMNS
from claims.publishing.exports.xlsx import xlsx
from tests import published

pytestmark = pytest.mark.django_db

ARABIC = "قال المتحدث إن 56 قرية أُخليت"
LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "{=1}", "http://evil.example", "12"]


def sheet(report):
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(report))).active


def cells(report, name):
    """The cells of a column, without its heading."""
    [column] = [each for each in sheet(report).columns if each[0].value == name]
    return list(column[1:])


def test_the_workbook_has_a_row_for_each_piece_of_evidence():
    report = published.report()

    rows = list(sheet(report).values)

    assert list(rows[0]) == COLUMNS
    assert [row[COLUMNS.index("exact_words")] for row in rows[1:]] == [
        published.TURKISH[0],
        published.ARABIC[0],
        published.FRENCH[1],
    ]
    assert [row[COLUMNS.index("evidence")] for row in rows[1:]] == [1, 2, 3]


def test_dates_are_dates_no_finer_than_they_are_known():
    [first, *_rest] = cells(published.report(), "published_at")

    assert first.is_date
    assert first.value.isoformat() == "2024-11-29T08:15:00"
    assert first.number_format == "yyyy-mm-dd"


def dated(**dates):
    """A report of whose first piece of evidence the dates are these."""
    report = published.report()
    content = json.loads(report.content)
    content["evidence"][0] |= dates
    report.content = json.dumps(content)
    return report


@pytest.mark.parametrize(
    ("day", "precision", "expected"),
    [
        ("1890-05-04T00:00:00Z", "day", "1890-05-04"),
        ("1890-05-04T00:00:00Z", "month", "1890-05"),
        ("1890-05-04T00:00:00Z", "year", "1890"),
        ("1900-02-28T13:14:15Z", "minute", "1900-02-28 13:14:15"),
    ],
)
def test_a_date_from_before_those_of_the_format_is_text(day, precision, expected):
    [first, *_rest] = cells(dated(published_at=day, published_precision=precision), "published_at")

    assert (first.value, first.data_type) == (expected, "s")


def test_the_first_date_of_the_format_is_a_date():
    [first, *_rest] = cells(dated(published_at="1900-03-01T00:00:00Z", published_precision="day"), "published_at")

    assert (first.is_date, first.value.isoformat()) == (True, "1900-03-01T00:00:00")


def test_a_date_that_may_be_read_in_two_ways_has_two_cells():
    report = dated(published_at="2026-03-04T00:00:00Z", or_published_at="2026-04-03T00:00:00Z")

    [first, *others] = cells(report, "or_published_at")

    assert (first.value.isoformat(), first.number_format) == ("2026-04-03T00:00:00", "yyyy-mm-dd")
    assert {each.value for each in others} == {None}
    assert cells(report, "published_at")[0].value.isoformat() == "2026-03-04T00:00:00"


@pytest.mark.parametrize("text", LIVE)
def test_text_is_text_whatever_it_begins_with(text):
    [first, *_rest] = cells(published.report(text), "claim")

    assert (first.value, first.data_type, first.hyperlink) == (text, "s", None)
    assert first.quotePrefix


def test_the_sheet_runs_from_right_to_left_where_the_claim_does():
    report = published.report(ARABIC)

    assert sheet(report).sheet_view.rightToLeft
    assert {each.alignment.readingOrder for each in cells(report, "claim")} == {2}
    assert not sheet(published.report()).sheet_view.rightToLeft


def test_hidden_characters_are_named():
    assert {each.value for each in cells(published.report("a\u202eb\x08c"), "claim")} == {"a⟨U+202E⟩b⟨U+0008⟩c"}


def test_what_is_too_long_for_a_cell_is_cut_and_says_so():
    long = "Brevali " * 5_000

    [first, *_rest] = cells(published.report(long), "claim")

    assert len(first.value) == xlsx.LONGEST_CELL
    assert first.value.endswith(" […40000]")


def test_the_same_report_is_the_same_file():
    report = published.report()

    assert xlsx.render(report) == xlsx.render(report)


def test_a_report_in_french_names_the_sheet_in_french():
    assert sheet(published.report(language="fr")).title == "Preuves"
