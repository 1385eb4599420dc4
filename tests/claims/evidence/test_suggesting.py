import pytest

from claims.evidence import suggesting
from claims.evidence.suggesting import Scored
from claims.models import Evidence
from tests import make

pytestmark = pytest.mark.django_db


def suggested(claim, *passages):
    return [row.passage for row in suggesting.suggest(claim, [Scored(each, 0.9) for each in passages], "test@1")]


@pytest.mark.parametrize(
    ("text", "says_something"),
    [
        ("Halem 42", False),
        ("District Killed", False),
        ("Losses by district", False),
        ("Halem 42 118", True),
        ("Köprü kapatıldı.", True),
        ("أُغلق الجسر.", True),
        ("Losses in all four districts", True),
        ("Bridge closed", True),  # the title of its document
    ],
)
def test_heads_of_tables_and_pieces_of_cells_are_no_suggestions(text, says_something):
    passage = make.passage(text)

    assert bool(suggested(make.claim(), passage)) is says_something


def test_a_file_that_was_brought_twice_with_the_same_text_is_suggested_once():
    claim, sentence = make.claim(), "The bridge at Arvel was closed on Monday."
    first, second = (make.passage(sentence, capture_=make.bringing().capture) for _number in range(2))
    page, copy = make.passage(sentence), make.passage(sentence)

    new = suggested(claim, first, second)
    later = suggested(claim, second)
    pages = suggested(claim, page, copy)

    assert (new, later, pages) == ([first], [], [page, copy])
    assert Evidence.objects.count() == 3


def test_copies_count_once_among_the_suggestions_of_a_claim_and_only_so_many_wait(monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_SUGGESTED", 2)
    monkeypatch.setattr(suggesting, "MOST_COPIES", 3)
    claim = make.claim()
    copied = [make.passage("The bridge at Arvel was closed on Monday.") for _outlet in range(5)]
    other, one_more = make.passage("The mayor of Arvel closed the bridge."), make.passage("A bridge closed on Monday.")

    assert suggested(claim, *copied, other, one_more) == [*copied[:3], other]


@pytest.mark.parametrize("claims", [1, 30])
def test_copies_are_looked_up_together_for_all_claims(claims, django_assert_num_queries):
    copies = [make.passage("The bridge was closed on Monday.") for _outlet in range(3)]
    found = [[Scored(copies[2], 0.5 + number / 100)] for number in range(claims)]

    with django_assert_num_queries(3):
        suggesting.add_first_copies(found)

    assert [{item.passage for item in scored} for scored in found] == [set(copies)] * claims
    assert [{item.score for item in scored} for scored in found] == [{0.5 + number / 100} for number in range(claims)]
