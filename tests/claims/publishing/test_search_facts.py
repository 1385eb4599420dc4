"""What a report says of searches: what was found, and that nothing had been found at first."""

from datetime import UTC, datetime

import pytest

from claims.publishing import search_facts
from tests import make

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 11, 27, 23, 11, tzinfo=UTC)


def searched(claim, **changes):
    search = make.answered_search(**changes)
    claim.searches.add(search)
    return search


def test_that_a_search_found_nothing_at_first_is_told_beside_what_it_found_later():
    claim = make.claim()
    search = searched(claim, found=5, searched_through=90)
    make.search_answer(search, found=0, searched_through=12, answered_at=FIRST)
    make.search_answer(search, found=5, searched_through=90)

    (told,) = search_facts.of(claim)

    assert (told["found"], told["searched"]) == (5, 90)
    assert told["nothing_at_first"] == {
        "answered_at": "2026-11-27T23:11:00Z",
        "searched": 12,
        "searched_about": False,
    }


@pytest.mark.parametrize("answers", [[], [0], [5], [2, 5]])
def test_of_a_search_that_found_something_at_once_or_nothing_to_this_day_no_more_is_told(answers):
    claim = make.claim()
    search = searched(claim, found=answers[-1] if answers else 0)
    for found in answers:
        make.search_answer(search, found=found)

    assert [each["nothing_at_first"] for each in search_facts.of(claim)] == [None]
