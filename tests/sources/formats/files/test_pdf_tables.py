import pytest

from sources.formats.files import pdf
from tests import pdf_files

LINES = (
    "The dam held forty seven million cubic metres on",
    "the third of March, the ministry said in a note on",
    "the release of water, which engineers had asked for",
    "since the winter, and which nobody had written down.",
)
HALEM = [(60, "District"), (240, "Killed"), (420, "Wounded")], [(60, "Halem"), (240, "42"), (420, "118")]
OSTRA = [(60, "Ostra"), (240, "17"), (420, "63")]


def row(top, *cells):
    return [(left, top, words) for left, words in cells]


def rows(*lines, top=740):
    return [piece for at, cells in enumerate(lines) for piece in row(top - 16 * at, *cells)]


def column(left, top, lines=LINES):
    return [(left, top - 13 * at, words) for at, words in enumerate(lines)]


def text(*pieces, extra=""):
    return pdf.read(pdf_files.written([*pieces], extra=extra)).text.splitlines()


def test_a_table_over_two_columns_of_text_is_read_row_by_row_and_the_columns_below_one_after_the_other():
    found = text(*rows(*HALEM, OSTRA), *column(60, 660), *column(320, 660, LINES[::-1]))

    assert found[:3] == ["District\tKilled\tWounded", "Halem\t42\t118", "Ostra\t17\t63"]
    assert " ".join(found[3:]) == " ".join([*LINES, *LINES[::-1]])


@pytest.mark.parametrize("left", [60, 330])
def test_a_table_beside_a_column_of_text_is_read_apart_from_it(left):
    narrow = [[(left + (at - 60) * 0.5, words) for at, words in cells] for cells in (*HALEM, OSTRA)]
    beside = column(390 - left, 742, LINES * 2)

    found = text(*rows(*narrow), *beside)

    table = ["District\tKilled\tWounded", "Halem\t42\t118", "Ostra\t17\t63"]
    assert (found[:3] if left == 60 else found[-3:]) == table
    assert " ".join(found[3:] if left == 60 else found[:-3]) == " ".join(LINES * 2)


def test_a_long_label_that_reaches_the_numbers_is_still_a_row():
    label = "Number of persons registered as unemployed in the province of Ostra"
    numbers = [(380, "2254"), (430, "6938"), (480, "4199")]
    lines = [(60, "Halem"), *numbers], [(60, label), *numbers], [(60, "Both"), *numbers]

    found = text(*rows(*lines), *column(60, 660), *column(320, 660))

    assert [line.startswith(name) for line, name in zip(found, ["Halem", label, "Both"], strict=False)] == [True] * 3
    assert all(line.split()[-3:] == ["2254", "6938", "4199"] for line in found[:3])


def test_a_list_in_two_columns_is_no_table():
    places = ["Anterholm, 12", "Bridgefield, 7", "Calderwick, 31", "Dunmoor, 104", "Eastgarth, 5"]
    names = [f"{place} and {place}" for place in places]

    found = " ".join(text(*column(60, 740, names), *column(320, 740, names[::-1])))

    assert found == " ".join([*names, *names[::-1]])


def test_rows_that_stand_far_apart_are_lines_of_two_columns_and_no_table():
    ends = "the end of a sentence.", "of another sentence."

    found = " ".join(text(*column(60, 740, [*LINES, ends[0]]), *column(320, 740, [*LINES, ends[1]])))

    assert found == " ".join([*LINES, ends[0], *LINES, ends[1]])


def test_a_table_of_numbers_below_one_with_rules_is_read_too():
    drawn = pdf_files.ruled([50, 230, 410, 545], [702, 718, 734, 750])

    found = text(*rows(*HALEM, OSTRA), *rows(*HALEM, OSTRA, OSTRA, top=680), extra=drawn)

    table = ["District\tKilled\tWounded", "Halem\t42\t118", "Ostra\t17\t63"]
    assert found == [*table, *table, table[-1]]


def test_the_table_in_a_cell_of_a_table_is_read_once_where_it_stands():
    outer, inner = (
        pdf_files.ruled([50, 150, 545], [590, 620, 690, 720]),
        pdf_files.ruled([200, 300, 400], [625, 645, 665, 685]),
    )
    labels = [(60, 700, "Name"), (160, 700, "Register of Halem"), (60, 650, "Losses"), (60, 600, "Signed")]
    cells = [(210, 670, "District"), (310, 670, "Killed"), (210, 650, "Halem"), (310, 650, "42"), (210, 630, "Ostra")]

    found = text(*labels, (160, 600, "The mayor"), *cells, (310, 630, "17"), extra=outer + " " + inner)

    table = ["District\tKilled", "Halem\t42", "Ostra\t17"]
    assert found == ["Name\tRegister of Halem", "Losses", *table, "Signed\tThe mayor"]


def test_a_form_with_boxes_to_tick_is_read_line_by_line():
    labels = [(60 + 180 * (at % 3), 800 - 15 * (at // 3), f"Answer {at}") for at in range(150)]
    ticks = [(left - 2, down, "x") for left, down, _words in labels[:1]]
    drawn = pdf_files.squares([(left - 15, down - 1) for left, down, _words in labels])

    found = text(*labels, *((left - 12, down + 1, mark) for left, down, mark in ticks), extra=drawn)

    assert sorted(word for line in found for word in line.split() if word.isdigit()) == sorted(map(str, range(150)))
