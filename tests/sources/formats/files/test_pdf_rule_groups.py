import pytest

from sources.formats.files import pdf_layout, pdf_rule_groups
from sources.formats.files.pdf_rules import DrawnLine, DrawnLines, rules_of
from tests.sources.formats.files.test_pdf_cells import piece


def lines(*rules):
    return tuple(DrawnLine(*rule) for rule in rules)


def groups(pieces, lying, upright=()):
    return [[rule.at for rule in group] for group in pdf_rule_groups.groups_of(pieces, DrawnLines(lying, upright))]


def test_rules_that_an_upright_one_meets_are_of_one_table():
    lying = lines((10, 50, 400), (30, 50, 120), (50, 300, 400), (200, 300, 400))

    assert groups([], lying, lines((100, 10, 30), (350, 10, 50))) == [[10, 30, 50, 200]]
    assert groups([], lying[1:3], lines((100, 10, 30), (350, 10, 50))) == [[30], [50]]


def test_rules_as_wide_as_one_another_are_of_one_table_unless_text_or_a_wider_rule_stands_between_them():
    lying, text = lines((10, 50, 400), (90, 52, 398)), [piece(60, 20 + 14 * at, "a wide line " * 5) for at in range(3)]

    assert groups([], lying) == [[10, 90]]
    assert groups(text[:1], lying) == [[10, 90]]
    assert groups(text, lying) == [[10], [90]]
    assert groups([], (lying[0], DrawnLine(50, 20, 430), lying[1])) == [[10], [50], [90]]


def test_text_between_tables_parts_all_rules_below_it():
    text = [piece(60, 20 + 14 * at, "a wide line " * 5) for at in range(3)]

    assert groups(text, lines(*((at, 50, 400) for at in (5, 10, 90, 120, 150)))) == [[5, 10], [90, 120, 150]]


@pytest.mark.parametrize("columns", [1, 45])
def test_thousands_of_boxes_to_tick_are_read_and_are_no_table(columns):
    boxes = [
        (20 + 12.5 * (at % columns), -29 - 17 * (at // columns), 29 + 12.5 * (at % columns), -20 - 17 * (at // columns))
        for at in range(2_000)
    ]
    rules = rules_of(boxes, 0)
    labels = [piece(600, 20 + 17 * at, f"label {at}") for at in range(40)]

    found = pdf_layout.paragraphs_of(labels, rules)

    assert (len(rules.lying), len(rules.upright)) == (4_000, 4_000)
    assert len(pdf_rule_groups.groups_of(labels, rules)) == columns
    assert [row.text for each in found for row in each.rows] == [each.text for each in labels]


def test_squared_paper_of_thousands_of_rules_is_no_table():
    places = [0.2 * at for at in range(4_000)]
    lying, upright = (tuple(DrawnLine(at + shift, 0, 800) for at in places) for shift in (10, 0))

    assert groups([piece(60, 20, "words")], lying, upright) == []
    assert len(groups([], lying, upright[::200])) == 1
