import pytest

from sources.pages.edits import changes_of, replaced, shown_change, shown_touches
from tests import make

pytestmark = pytest.mark.django_db


def test_a_pair_of_numbers_counts_only_where_one_took_the_place_of_the_other():
    assert replaced([["12", "21"], ["", "3"], ["4", ""]]) == [("12", "21")]


def test_a_change_shows_each_pair_of_numbers_once():
    change = make.change()
    for pair in ([["12", "21"]], [["12", "21"], ["", "5"]]):
        make.edit(change, numbers=pair)

    assert shown_change(change).numbers == [("12", "21")]


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        ({"place": "text"}, "changed"),
        ({"place": "byline"}, "changed · byline"),
        ({"place": "headline", "flags": ["headline"]}, "changed"),
    ],
)
def test_an_edit_says_where_it_is_unless_a_flag_does(columns, what):
    edit = make.edit(**columns)

    assert shown_change(edit.change).weighty[0].what == what


def test_edits_of_formatting_stand_apart():
    change = make.change()
    weighty, boring = make.edit(change), make.edit(change, is_boring=True)

    shown = shown_change(change)

    assert ([each.edit for each in shown.weighty], [each.edit for each in shown.boring]) == ([weighty], [boring])


@pytest.mark.parametrize(
    ("columns", "begins"),
    [
        ({}, "The two texts have not been compared yet."),
        ({"compared_at": make.MONDAY, "is_boring": True}, "Only spaces"),
        ({"compared_at": make.MONDAY}, ""),
    ],
)
def test_a_change_without_edits_says_why(columns, begins):
    notice = shown_change(make.change(**columns)).notice

    assert notice.startswith(begins)
    assert bool(notice) == bool(begins)


def test_what_a_change_did_to_cited_passages_comes_with_its_numbers():
    touch = make.touch(numbers=[["12", "21"], ["", "2"]])

    assert [(each.touch, each.numbers) for each in shown_touches(touch.change)] == [(touch, [("12", "21")])]


def test_only_changes_that_matter_are_listed():
    found = make.change(compared_at=make.MONDAY)
    make.change(compared_at=make.MONDAY, is_boring=True)

    assert list(changes_of(found.before.capture.document_id)) == [found]
