import io

import docx as library
import pytest
from docx.oxml import OxmlElement

from sources.formats.article_parts import Part
from sources.formats.file_text import Fact
from sources.formats.files import docx, odt, xlsx
from sources.formats.files.cell_format import shown
from sources.formats.html import Unreadable
from tests.sources.formats.files import samples

BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def reason(read, body):
    with pytest.raises(Unreadable) as told:
        read(body)
    return told.value.outcome, str(told.value)


def test_a_word_file_gives_its_paragraphs_and_tables_in_their_order():
    found = docx.read(samples.word())

    assert found.text.splitlines() == ["Bridge closed", *samples.SAID, "Vehicles | 12,400"]
    assert (found.title, found.language) == ("Bridge closed", "en")
    assert Fact("ooxml", "creator", "Road authority") in found.facts
    assert Fact("ooxml", "lastModifiedBy", "Jane", is_private=True) in found.facts


def test_a_word_file_reads_with_its_changes_accepted():
    document = library.Document()
    paragraph = document.add_paragraph("The bridge is ")
    for mark, kind, words in (("w:del", "w:delText", "open"), ("w:ins", "w:t", "closed")):
        change, run, text = OxmlElement(mark), OxmlElement("w:r"), OxmlElement(kind)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    out = io.BytesIO()
    document.save(out)

    assert docx.read(out.getvalue()).text == "The bridge is closed"


def test_macros_are_named_and_never_run():
    found = docx.read(samples.zipped({**samples.members(samples.word()), "word/vbaProject.bin": b"macro"}))

    assert [fact.name for fact in found.facts][-1] == "macros"


def test_an_opendocument_text_gives_headings_tables_and_notes_without_deleted_words():
    lines = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>Bridge<text:s/>closed</text:h>"
        "<text:p>On Monday<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>By decree.</text:p></text:note-body></text:note>, it was.</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>"
    )

    found = odt.read(samples.opendocument(lines))

    assert found.text.splitlines() == ["Bridge closed", "On Monday By decree., it was.", "A | B"]
    assert found.facts == (Fact("odf", "generator", "LibreOffice"),)


def test_each_cell_of_a_workbook_is_a_part_with_its_place_and_number_as_shown():
    found = xlsx.read(samples.workbook())

    assert found.text.splitlines() == [
        "Traffic",
        "Year | Vehicles | Change",
        "2026 | 12,400 | -12.5%",
        "Notes",
        "Counted in March",
    ]
    places = {part.label: found.text[part.start : part.end] for part in found.parts}
    assert places["Traffic!B2"] == "12,400"
    assert places["Notes!D7"] == "Counted in March"
    assert Part("sheet", 0, 7, label="Traffic") in found.parts
    assert Fact("ooxml", "hidden sheet", "Notes") in found.facts


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (0.125, "0.0%", "12.5%"),
        (-5, "0;(0)", "(5)"),
        (1234.5, "#,##0.00 [$€-40C]", "1,234.50 €"),
        (12345678, '#,##0.0,,"M"', "12.3M"),
        (7, "000", "007"),
        (0.1 + 0.2, "General", "0.3"),
        (1e300, "0.00", "1.00000E+300"),
        (float("nan"), "0", "NAN"),
        (True, "General", "TRUE"),
    ],
)
def test_a_number_is_written_as_its_cell_shows_it(value, form, said):
    assert shown(value, form) == said


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE])
def test_entities_are_refused(doctype):
    outcome, told = reason(odt.read, samples.opendocument(doctype=doctype))

    assert outcome == "not_text"
    assert "entities" in told


def test_a_member_that_unpacks_to_more_than_is_read_is_refused():
    huge = b"<a>" + b" " * 31_000_000 + b"</a>"
    body = samples.zipped({**samples.members(samples.word()), "word/document.xml": huge})

    assert reason(docx.read, body)[0] == "too_large"


@pytest.mark.parametrize("read", [docx.read, odt.read, xlsx.read])
@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", samples.zipped({"a.txt": "a"}), samples.mail()])
def test_what_is_no_office_file_is_refused(read, body):
    assert reason(read, body)[0] == "not_text"


def test_deep_nesting_is_refused():
    lines = "<text:section>" * 5_000 + "<text:p>deep</text:p>" + "</text:section>" * 5_000

    assert reason(odt.read, samples.opendocument(lines))[0] == "not_text"
