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


def joint(*several):
    return DrawnLines(
        tuple(rule for each in several for rule in each.lying), tuple(rule for each in several for rule in each.upright)
    )


def numbers(left, top):
    return [piece(left + 10 + 50 * (at % 2), top + 4 + 20 * (at // 2), str(at)) for at in range(6)]


def names(*tops):
    return [each for top in tops for each in (piece(60, top, "Name"), piece(160, top, "Halem"))]


def small(left, top):
    return ruled(top, top + 20, top + 40, top + 60, inner=(left + 50,), start=left, end=left + 100)


def all_texts(found):
    return [row.text.split("\t") for grid in found for row in pdf_grids.rows(grid, from_right=False)]


def test_tables_in_the_cells_of_a_table_are_its_rows_and_no_piece_is_in_two_tables():
    rules = joint(ruled(5, 40, 120, 200, 240), small(200, 50), small(200, 130))
    pieces = [*names(10, 210), *numbers(200, 50), *numbers(200, 130), piece(60, 50, "North"), piece(60, 130, "South")]

    found = pdf_grids.grids(pieces, rules)

    kept = [id(each) for grid in found for part in grid.all() for each in part.whole]
    assert len(found) == 1
    assert sorted(kept) == sorted(id(each) for each in pieces)
    inner = [["0", "1"], ["2", "3"], ["4", "5"]]
    assert all_texts(found) == [["Name", "Halem"], ["North"], *inner, ["South"], *inner, ["Name", "Halem"]]


def test_a_frame_around_tables_is_no_table_and_they_are_read_once():
    frame = DrawnLines(tuple(DrawnLine(at, 50, 400) for at in (5, 140, 240)), ruled(5, 240, inner=()).upright)
    pieces = [*numbers(100, 20), *numbers(100, 160)]

    found = pdf_grids.grids(pieces, joint(frame, small(100, 20), small(100, 160)))

    assert [len(grid.whole) for grid in found] == [6, 6]
    assert all_texts(found) == [["0", "1"], ["2", "3"], ["4", "5"]] * 2


def test_two_tables_that_lie_over_one_another_share_no_piece():
    rules = joint(ruled(5, 40, 80, 120, inner=(150,)), ruled(60, 100, 140, 180, inner=(170,), start=55, end=410))
    pieces = names(10, 50, 104, 150)

    found = pdf_grids.grids(pieces, DrawnLines(rules.lying, rules.upright))

    kept = [id(each) for grid in found for part in grid.all() for each in part.whole]
    assert len(kept) == len(set(kept)) == len(pieces)


def test_squared_paper_and_empty_boxes_are_no_table():
    places = [3.0 * at for at in range(150)]
    paper = DrawnLines(tuple(DrawnLine(at, 0, 447) for at in places), tuple(DrawnLine(at, 0, 447) for at in places))

    assert pdf_grids.grids(names(10, 50, 90), paper) == []
    assert pdf_grids.grids([], ruled(5, 14, 23, 32, inner=(59, 68), start=50, end=77)) == []


def test_the_marks_in_a_grid_of_boxes_are_the_only_rows():
    at = [10.0 * number for number in range(20)]
    boxes = DrawnLines(tuple(DrawnLine(each, 0, 190) for each in at), tuple(DrawnLine(each, 0, 190) for each in at))
    marks = [piece(12, 29, "x"), piece(112, 29, "y"), piece(12, 109, "z"), piece(52, 109, "u")]

    assert all_texts(pdf_grids.grids(marks, boxes)) == [["x", "y"], ["z", "u"]]
