import pytest

from sources.pages.paragraphs import TextRun, paragraphs


def test_every_span_begins_a_piece():
    found = paragraphs("One. Two.", [(1, 0, 4), (2, 5, 9)])

    assert found == [[TextRun("One.", (1,)), TextRun(" "), TextRun("Two.", (2,))]]


def test_a_line_break_ends_a_paragraph():
    found = paragraphs("One.\n\nTwo.", [(1, 0, 4), (2, 6, 10)])

    assert found == [[TextRun("One.", (1,))], [TextRun("Two.", (2,))]]


def test_the_marked_span_is_marked_where_others_cut_it():
    found = paragraphs("One. Two.", [(1, 0, 4), (2, 2, 7)], (2, 7))

    assert [(piece.text, piece.marked) for piece in found[0]] == [
        ("On", False),
        ("e.", True),
        (" Tw", True),
        ("o.", False),
    ]


def test_a_mark_may_run_across_paragraphs():
    found = paragraphs("One.\nTwo.", [(1, 0, 9)], (0, 9))

    assert found == [[TextRun("One.", (1,), True)], [TextRun("Two.", (), True)]]


def test_a_span_that_begins_between_paragraphs_is_found_in_the_next():
    assert paragraphs("One.\n \nTwo.", [(7, 5, 11)]) == [[TextRun("One.")], [TextRun("Two.", (7,))]]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_nothing_has_no_paragraphs(text):
    assert paragraphs(text, []) == []


def test_nothing_of_a_text_is_lost():
    text = "  Alpha beta.\n\tGamma\r\ndelta  \n"

    found = paragraphs(text, [(1, 3, 9), (2, 4, 30)])

    assert " ".join("".join(piece.text for piece in each) for each in found).split() == text.split()
