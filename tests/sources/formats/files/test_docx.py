import io

import docx as library
from docx.oxml import OxmlElement

from sources.formats.file_text import Fact
from sources.formats.files import docx
from tests.sources.formats.files import samples


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
