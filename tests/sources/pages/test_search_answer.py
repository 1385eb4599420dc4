import pytest

from sources.pages.search_answer import SearchAnswer, search_answer
from tests import make
from workbench.pages.badges import BAD, DOUBT, GOOD, Badge

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (make.search, SearchAnswer(Badge("no answer yet"))),
        (lambda: make.search(trouble="It broke."), SearchAnswer(Badge("no answer yet"), problem="It broke.")),
        (
            lambda: make.search(trouble="It broke.", due_at=None),
            SearchAnswer(Badge("no answer: needs attention", BAD), problem="It broke."),
        ),
        (make.answered_search, SearchAnswer(Badge("found nothing", DOUBT), "out of 7 searched")),
        (lambda: make.answered_search(found=1), SearchAnswer(Badge("1 document", GOOD), "out of 7 searched")),
        (
            lambda: make.answered_search(found=2, searched_through=None),
            SearchAnswer(Badge("2 documents", GOOD)),
        ),
    ],
    ids=["waits", "failed once", "stuck", "nothing", "one", "two"],
)
def test_a_search_says_what_it_brought_back(made, answer):
    assert search_answer(made()) == answer
