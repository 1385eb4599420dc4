import io

import pytest
from PIL import Image

from sources.formats.files import pdf, pdf_picture
from sources.formats.unreadable import Unreadable
from tests import pdf_files

MARK = (255, 233, 120)
WORDS = "Thirty-nine villages stood empty."


def image(png):
    return Image.open(io.BytesIO(png)).convert("RGB")


def colors(png):
    return {color for _number, color in image(png).getcolors(20_000)}


def test_words_that_stand_twice_are_marked_where_the_passage_stands():
    body = pdf_files.written([(60, 700, WORDS), (60, 200, WORDS)])

    ((_l, first, *_r),), ((_l2, second, *_r2),) = (pdf_picture.boxes(body, 1, WORDS, offset) for offset in (0.0, 0.9))

    assert (round(first, 1), round(second, 1)) == (0.2, 0.7)


def test_a_passage_on_two_lines_has_a_box_for_each_with_its_cut_word():
    body = pdf_files.written([(60, 700, "The prefect and the author-"), (60, 686, "ity agreed on Monday.")])

    found = pdf_picture.boxes(body, 1, "the authority agreed")

    assert len(found) == 2
    assert found[0][0] > found[1][0]


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_a_mark_lies_on_its_words_however_the_page_is_turned(turn):
    upright = pdf_files.written([(60, 700, WORDS)])
    body = pdf_files.turned(upright, turn) if turn else upright

    png = pdf_picture.picture(body, 1, WORDS)

    assert MARK in colors(png)
    assert image(png).size == (1_000, 1_416)
    assert pdf_picture.boxes(body, 1, WORDS)[0] == pytest.approx(pdf_picture.boxes(upright, 1, WORDS)[0], abs=0.002)


def test_words_that_are_not_on_the_page_mark_nothing():
    assert MARK not in colors(pdf_picture.picture(pdf_files.written([(60, 700, WORDS)]), 1, "Other words."))


def test_a_page_as_large_as_a_house_has_a_small_picture(monkeypatch):
    monkeypatch.setattr(pdf_picture, "MOST_PIXELS", 50_000)

    width, height = image(pdf_picture.picture(pdf_files.written([(60, 700, WORDS)]), 1)).size

    assert width * height <= 51_000


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_says_so(number):
    with pytest.raises(Unreadable):
        pdf_picture.picture(pdf_files.written([(60, 700, WORDS)]), number)


def test_pages_are_drawn_with_what_was_filled_in():
    blank, filled = (pdf_picture.picture(pdf_files.with_field("Name", value), 1) for value in ("", "Andor Velash"))

    assert pdf.read(pdf_files.with_field("Name", "")).text == "Name:"
    assert blank.startswith(b"\x89PNG")
    assert filled.startswith(b"\x89PNG")
