from sources.formats.files.pdf_rules import DrawnLine, rules_of


def test_a_thin_box_is_one_line_and_a_thick_one_has_four_edges():
    thin, shaded = (50, 700, 250, 701), (50, 600, 250, 620)

    found = rules_of([thin, shaded], 0)

    assert found.lying == (DrawnLine(-700.5, 50, 250), DrawnLine(-620, 50, 250), DrawnLine(-600, 50, 250))
    assert found.upright == (DrawnLine(50, -620, -600), DrawnLine(250, -620, -600))


def test_lines_that_each_cell_draws_are_one():
    found = rules_of([(50, 700, 120, 701), (119, 700, 250, 701), (400, 700, 500, 701)], 0)

    assert found.lying == (DrawnLine(-700.5, 50, 250), DrawnLine(-700.5, 400, 500))


def test_lines_turn_with_the_text():
    found = rules_of([(100, 50, 101, 250)], 1)

    assert found.lying == (DrawnLine(100.5, 50, 250),)
    assert found.upright == ()
