import pytest

from sources.formats.files import drawn_order
from sources.formats.files.glyph import Glyph


def drawn(text):
    """Characters as a page shows them, from left to right."""
    return [Glyph(letter, at, 0, at + 1, 10, 0) for at, letter in enumerate(text)]


def read(text, *, from_right=True):
    return "".join(glyph.text for glyph in drawn_order.logical(drawn(text), from_right=from_right))


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("ةيرق 39", "39 قرية"),
        (".2023 ماع يف", "في عام 2023."),
        ("%12,4 ىلإ", "إلى 12,4%"),
        ("12.4% ىلإ", "إلى 12.4%"),
        ("(BBC News) ةثدحتملا", "المتحدثة (BBC News)"),
        (")BBC News( ةثدحتملا", "المتحدثة (BBC News)"),
        ("Boeing 737 ةرئاط", "طائرة Boeing 737"),
        ("»معن« لاق", "قال «نعم»"),
        ("05-11-2023 خيراتب", "بتاريخ 2023-11-05"),
        ("םולש", "שלום"),
    ],
)
def test_lines_from_the_right_are_put_in_the_order_in_which_they_are_read(shown, written):
    assert read(shown) == written


def test_a_word_from_the_right_within_a_line_from_the_left_is_turned_alone():
    assert read("The word ةيرق means village", from_right=False) == "The word قرية means village"


@pytest.mark.parametrize(
    ("form", "letters"), [("ﻻ", "لا"), ("ﷲ", "الله"), ("ﺑ", "ب"), ("ﬁ", "fi"), ("é", "é"), ("½", "½")]
)
def test_forms_of_presentation_become_letters_and_nothing_else_changes(form, letters):
    assert drawn_order.base_letters(form) == letters
