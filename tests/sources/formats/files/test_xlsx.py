from sources.formats.file_text import Fact
from sources.formats.files import xlsx
from sources.formats.text_parts import Part
from tests.sources.formats.files import samples


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
