import pytest

from sources.formats.files import pdf_cells
from sources.formats.files.pdf_lines import LINE_END, Piece

LABEL, NUMBER, NOTE = 60, 200, 260  # where the cells of a row begin


def piece(start, top, text, width=5.0, from_right=False):
    end = start + width * len(text)
    boxes = [(start + width * at, -top - 12, start + width * (at + 1), -top) for at in range(len(text))]
    if from_right:
        boxes.reverse()
    return Piece(text, boxes, start, end, top, top + 12)


def table(*lines, step=13):
    """A table of lines; a number before the cells of a line is more space above it."""
    found, top = [], 0
    for space, *cells in lines:
        top += step + space
        found += [piece(start, top, text) for start, text in cells]
    return found


def texts(pieces, *, from_right=False):
    return [row.text.replace(LINE_END, " ").split("\t") for row in pdf_cells.rows(pieces, from_right=from_right)]


HALEM = [(LABEL, "Halem and the villages"), (NUMBER, "42"), (NOTE, "Registry of the district")]
ROWS = [
    ["District", "Killed", "From"],
    ["Halem and the villages on the bank", "42", "Registry of the district and town"],
    ["Ostra", "17", "Two hospitals"],
    ["Lower Vell, without the port", "8", "A list"],
]


@pytest.mark.parametrize("space", [0, 8])
def test_the_words_of_a_row_stay_together_whether_space_parts_the_rows_or_not(space):
    pieces = table(
        (0, (LABEL, "District"), (NUMBER, "Killed"), (NOTE, "From")),
        (space, *HALEM),
        (0, (LABEL, "on the bank"), (NOTE, "and town")),
        (space, (LABEL, "Ostra"), (NUMBER, "17"), (NOTE, "Two hospitals")),
        (space, (LABEL, "Lower Vell, without"), (NUMBER, "8"), (NOTE, "A list")),
        (0, (LABEL, "the port")),
    )

    assert texts(pieces) == ROWS


def test_a_label_whose_numbers_stand_beside_its_second_line_is_one_row():
    pieces = table(
        (0, (LABEL, "Ostra"), (NUMBER, "17")),
        (0, (LABEL, "Halem and the villages")),
        (0, (LABEL, "on the northern bank"), (NUMBER, "42")),
        (0, (LABEL, "Total"), (NUMBER, "59")),
    )

    assert texts(pieces) == [["Ostra", "17"], ["Halem and the villages on the northern bank", "42"], ["Total", "59"]]


def test_a_heading_that_had_room_in_the_line_above_is_a_row_of_its_own():
    pieces = table(
        (0, (LABEL, "Halem and the villages"), (NUMBER, "42")),
        (0, (LABEL, "Ostra"), (NUMBER, "17")),
        (0, (LABEL, "South")),
        (0, (LABEL, "Lower Vell"), (NUMBER, "8")),
    )

    assert texts(pieces)[2] == ["South"]


def test_numbers_below_one_another_are_rows_whatever_the_space_between_them():
    pieces = table(
        (0, (LABEL, "Halem"), (NUMBER, "42")),
        (0, (LABEL, "Ostra"), (NUMBER, "17")),
        (9, (LABEL, "Vell"), (NUMBER, "8")),
        (0, (LABEL, "Total"), (NUMBER, "67")),
    )

    assert [row[1] for row in texts(pieces)] == ["42", "17", "8", "67"]


def test_the_cells_of_a_table_from_the_right_are_read_from_the_right():
    pieces = table(
        (0, (60, "42"), (200, "BBBBBBBBBB AAAAAAAA")), (0, (240, "CCCCCCCCCC")), (9, (60, "17"), (240, "DDDD"))
    )

    assert texts(pieces, from_right=True)[0] == ["BBBBBBBBBB AAAAAAAA CCCCCCCCCC", "42"]
