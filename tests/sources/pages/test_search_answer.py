from datetime import UTC, datetime

import pytest

from sources.models import Search
from sources.pages.search_answer import ShownAnswer, search_answer
from tests import make
from workbench.pages.badges import BAD, DOUBT, GOOD, Badge

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (make.search, ShownAnswer(Badge("no answer yet"))),
        (lambda: make.search(trouble="It broke."), ShownAnswer(Badge("no answer yet"), problem="It broke.")),
        (
            lambda: make.search(trouble="It broke.", due_at=None),
            ShownAnswer(Badge("no answer: needs attention", BAD), problem="It broke."),
        ),
        (make.answered_search, ShownAnswer(Badge("found nothing", DOUBT), "out of 7 searched")),
        (lambda: make.answered_search(found=1), ShownAnswer(Badge("1 document", GOOD), "out of 7 searched")),
        (
            lambda: make.answered_search(found=2, searched_through=None),
            ShownAnswer(Badge("2 documents", GOOD)),
        ),
    ],
    ids=["waits", "failed once", "stuck", "nothing", "one", "two"],
)
def test_a_search_says_what_it_brought_back(made, answer):
    assert search_answer(made()) == answer


@pytest.mark.parametrize(
    ("first", "before"),
    [
        ({"found": 0}, "On Nov. 27, 2026, 11:11 p.m. it had found nothing in 7 documents."),
        ({"found": 0, "searched_through": None}, "On Nov. 27, 2026, 11:11 p.m. it had found nothing."),
        ({"found": 1}, ""),
    ],
)
def test_a_list_of_searches_says_which_had_found_nothing_at_first(first, before):
    make.search_answer(make.answered_search(found=5), answered_at=datetime(2026, 11, 27, 23, 11, tzinfo=UTC), **first)

    (search,) = Search.objects.for_list()

    assert search_answer(search).before == before
