import pytest

from sources.formats.files import pdf
from sources.formats.files.pdf_notes import BROKEN, LAYERED, LOCKED, SCANNED
from sources.formats.unreadable import Unreadable
from tests import pdf_files
from tests.pdf_files import PARAGRAPHS


def words(text):
    return text.split()


def column(x, *lines, top=700):
    return [(x, top - 14 * at, line) for at, line in enumerate(lines)]


@pdf_files.needs_pango
@pytest.mark.parametrize("language", ["en", "fr", "tr", "ar"])
@pytest.mark.parametrize("columns", [1, 2])
def test_every_word_comes_in_its_order_in_every_language(language, columns):
    found = pdf.read(pdf_files.laid_out(language, columns=columns))

    assert words(found.text) == words(PARAGRAPHS[language]) * 12
    assert found.language == language


@pdf_files.needs_pango
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_reads_like_one_that_is_not(turn):
    upright = pdf_files.laid_out("en", columns=2)

    assert pdf.read(pdf_files.turned(upright, turn)).text == pdf.read(upright).text


@pdf_files.needs_pango
def test_running_heads_and_page_numbers_stay_out_and_are_told():
    found = pdf.read(pdf_files.laid_out("en", times=60, head="Annual report"))

    assert words(found.text) == words(PARAGRAPHS["en"]) * 60
    assert [fact.value for fact in found.facts if fact.name == "RunningHead"] == ["Annual report"]
    assert len(found.parts) > 2


def test_each_page_is_a_part_with_the_number_that_is_printed_on_it():
    body = pdf_files.written(column(60, "First page of the report."), [], column(60, "Third page of the report."))

    found = pdf.read(pdf_files.labelled(body, "/r"))

    assert [(part.kind, part.at, part.label) for part in found.parts] == [
        ("page", "1", "i"),
        ("page", "2", "ii"),
        ("page", "3", "iii"),
    ]
    assert [found.text[part.start : part.end] for part in found.parts] == [
        "First page of the report.",
        "",
        "Third page of the report.",
    ]


def test_a_sentence_goes_on_from_page_to_page_and_is_on_both():
    lines = [
        "The committee heard on Monday that the bridge over the river",
        "had been closed for a week because the author-",
    ]
    body = pdf_files.written(column(60, *lines), column(60, "ity had found cracks in two of its piers."))

    found = pdf.read(body)

    assert "because the authority had found cracks" in found.text
    assert "\n" not in found.text
    assert found.text[found.parts[1].start :].startswith("ity had found")


def test_cells_of_a_table_are_read_row_by_row():
    rows = [("Province", "2022", "2023"), ("Sorhal", "12 345", "13 000"), ("Miraden", "9 871", "10 112")]
    lines = [
        (x, 700 - 16 * at, cell) for at, row in enumerate(rows) for x, cell in zip((60, 260, 400), row, strict=True)
    ]

    found = pdf.read(pdf_files.written(lines))

    assert found.text.splitlines() == ["\t".join(row) for row in rows]


def test_columns_that_are_drawn_line_by_line_across_the_page_are_read_one_after_the_other():
    left = [
        "The ministry said that the bridge",
        "had been closed on Monday night and",
        "would open again within the month.",
    ]
    right = [
        "Residents of the valley complained",
        "that nobody had told them of the work",
        "before the road was closed to them.",
    ]
    lines = [each for pair in zip(column(60, *left), column(320, *right), strict=True) for each in pair]

    found = pdf.read(pdf_files.written(lines))

    assert found.text.replace("\n", " ") == " ".join(left + right)


def test_the_value_of_a_form_field_stands_beside_its_name():
    assert pdf.read(pdf_files.with_field("Name", "Andor Velash")).text == "Name:\tAndor Velash"


def test_a_scan_says_that_it_holds_no_text_and_keeps_its_pages():
    found = pdf.read(pdf_files.scanned(2))

    assert (found.text, found.note) == ("", SCANNED)
    assert [part.label for part in found.parts] == ["1", "2"]


def test_words_that_a_program_laid_over_a_scan_are_told_from_words_that_are_drawn():
    found = pdf.read(pdf_files.written(column(60, "Recognized words of a page."), extra="3 Tr"))

    assert (found.text, found.note) == ("Recognized words of a page.", LAYERED)


def test_metadata_is_kept_as_what_the_file_says():
    facts = (
        "/Producer (Acme Writer 1.0) /Author (A. Person) /CreationDate (D:20240131093000+01'00') /Title (The bridge)"
    )

    found = pdf.read(pdf_files.written(column(60, "Words."), facts=facts))

    said = {fact.name: (fact.value, fact.is_private) for fact in found.facts}
    assert said["Producer"] == ("Acme Writer 1.0", False)
    assert said["Author"] == ("A. Person", True)
    assert said["CreationDate"] == ("2024-01-31T09:30:00+01:00", False)
    assert (found.title, found.byline) == ("The bridge", "")


@pytest.mark.parametrize("title", ["Microsoft Word - draft7.docx", "untitled", ""])
def test_a_title_that_a_program_wrote_is_none(title):
    found = pdf.read(pdf_files.written(column(60, "Words."), facts=f"/Title ({title})"), "inquiry-report.pdf")

    assert found.title == "inquiry-report"


def test_a_file_that_needs_a_password_says_so():
    with pytest.raises(Unreadable) as problem:
        pdf.read(pdf_files.locked(pdf_files.written(column(60, "Words.")), "secret"))

    assert (problem.value.outcome, str(problem.value)) == ("encrypted", LOCKED)


def test_a_file_that_only_forbids_changes_is_read():
    assert pdf.read(pdf_files.locked(pdf_files.written(column(60, "Words.")), "")).text == "Words."


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 5_000, b"GIF89a" * 9])
def test_what_is_no_whole_pdf_says_so(body):
    with pytest.raises(Unreadable) as problem:
        pdf.read(body)

    assert (problem.value.outcome, str(problem.value)) == ("unparsable", BROKEN)


def test_words_outside_of_what_a_page_shows_are_left_out():
    assert pdf.read(pdf_files.written([(60, 700, "Shown."), (60, 2_000, "Hidden above the page.")])).text == "Shown."


def test_a_file_with_too_many_pages_is_read_in_part_and_says_so(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)

    found = pdf.read(pdf_files.written(*[column(60, f"Page {word}.") for word in ("one", "two", "three")]))

    assert found.text.splitlines() == ["Page one.", "Page two."]
    assert found.note == "Only the first 2 pages of this file were read: reading more would take too long."
