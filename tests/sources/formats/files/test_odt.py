from sources.formats.file_text import Fact
from sources.formats.files import odt
from tests.sources.formats.files import samples


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
