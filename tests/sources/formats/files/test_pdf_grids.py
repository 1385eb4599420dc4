from sources.formats.files import pdf_grids
from sources.formats.files.pdf_lines import LINE_END
from sources.formats.files.pdf_rules import DrawnLine, DrawnLines
from tests.sources.formats.files.test_pdf_cells import piece


def ruled(*at, inner=(150,), start=50, end=400):
    upright = tuple(DrawnLine(place, at[0], at[-1]) for place in (start, *inner, end))
    return DrawnLines(tuple(DrawnLine(place, start, end) for place in at), upright)


def texts(pieces, rules):
    (grid,) = pdf_grids.grids(pieces, rules)
    return [row.text.replace(LINE_END, " ").split("\t") for row in pdf_grids.rows(grid, from_right=False)]


def cells():
    return [
        *(piece(60, 10, "Halem and the"), piece(60, 23, "villages"), piece(160, 10, "no number, and a long remark")),
        *(piece(160, 23, "on where it is from"), piece(60, 50, "Ostra"), piece(160, 50, "two hospitals")),
        *(piece(60, 90, "Vell"), piece(160, 90, "a list")),
    ]


def test_what_stands_between_two_rules_is_one_row():
    wanted = ["Halem and the villages", "no number, and a long remark on where it is from"]

    assert texts(cells(), ruled(5, 40, 80, 120))[0] == wanted
    assert texts(cells(), DrawnLines(ruled(5, 40, 80, 120).lying))[0] == wanted


def test_a_line_that_reaches_over_a_rule_is_parted_there():
    pieces = [piece(100, 10, "Halem sea 42"), *cells()[4:]]

    assert texts(pieces, ruled(5, 40, 80, 120))[0] == ["Halem sea", "42"]


def test_rows_without_rules_between_them_are_not_one():
    pieces = [piece(60, 10, "District"), piece(160, 10, "Killed")]
    pieces += [each for at in range(3) for each in (piece(60, 45 + 13 * at, "Halem"), piece(160, 45 + 13 * at, "42"))]

    assert texts(pieces, ruled(5, 40, 120)) == [["District", "Killed"], *[["Halem", "42"]] * 3]


def test_a_cell_over_several_rows_is_read_with_the_first():
    lying = (*(DrawnLine(at, 50, 400) for at in (5, 40, 120)), DrawnLine(80, 150, 400))
    rules = DrawnLines(lying, ruled(5, 120).upright)
    pieces = [piece(60, 10, "Place"), piece(160, 10, "Killed"), piece(60, 70, "North"), piece(160, 50, "42")]

    assert texts([*pieces, piece(160, 90, "17")], rules) == [["Place", "Killed"], ["North", "42"], ["17"]]


def test_lines_around_text_are_no_table():
    text = [piece(60, 10 + 13 * at, "a line of text that is as wide as the page it is on") for at in range(8)]

    assert pdf_grids.grids(text, DrawnLines(ruled(5, 60, 120).lying)) == []
    assert pdf_grids.grids([], ruled(5, 60, 120)) == []
