"""Columns of text, and how much is asked about the pieces of a page."""

import random

import pytest

from sources.formats.files import pdf_columns, pdf_tables
from sources.formats.files.pdf_lines import Piece


def piece(text, start, end, top):
    return Piece(text, [], start, end, top, top + 10)


def texts(columns):
    return ["".join(each.text for each in column) for column in columns]


@pytest.mark.parametrize(("from_right", "expected"), [(False, ["ABCD", "EFGH"]), (True, ["EFGH", "ABCD"])])
def test_columns_are_read_one_after_the_other(from_right, expected):
    left = [piece(letter, 0, 200, 12 * at) for at, letter in enumerate("ABCD")]
    right = [piece(letter, 220, 420, 12 * at) for at, letter in enumerate("EFGH")]

    assert texts(pdf_columns.columns_of([*right, *left], from_right=from_right)) == expected


def test_a_line_over_both_columns_parts_what_is_above_it_from_what_is_below():
    pieces = [
        piece(letter, start, start + 200, 12 * at)
        for start, run in ((0, "ABC"), (220, "DEF"))
        for at, letter in enumerate(run)
    ]
    pieces += [piece("-", 0, 420, 36)]
    pieces += [
        piece(letter, start, start + 200, 48 + 12 * at)
        for start, run in ((0, "GHI"), (220, "JKL"))
        for at, letter in enumerate(run)
    ]

    assert texts(pdf_columns.columns_of(pieces, from_right=False)) == ["ABC", "DEF", "-", "GHI", "JKL"]


def test_nothing_on_a_page_has_no_columns():
    assert list(pdf_columns.columns_of([], from_right=False)) == []


@pytest.mark.parametrize("rows", [10, 20])
def test_whether_loose_pieces_are_cells_is_asked_a_few_times_for_each_however_many_columns_they_stand_in(
    rows, monkeypatch
):
    chance, asked = random.Random(1), []
    places = [
        (25 * column + 8 * chance.random(), 14 * row + 10 * chance.random())
        for column in range(24)
        for row in range(rows)
    ]
    pieces = [piece("word", start, start + 12, top) for start, top in places]
    are_cells = pdf_tables.are_cells
    monkeypatch.setattr(pdf_tables, "are_cells", lambda inside: asked.append(inside) or are_cells(inside))

    found = [each for column in pdf_columns.columns_of(pieces, from_right=False) for each in column]

    assert len(found) == len(pieces)
    assert len(asked) <= 3 * len(pieces)
