import pytest
from django.test import RequestFactory

from tests import make
from workbench.desk.models import User
from workbench.pages.paging import paged

pytestmark = pytest.mark.django_db


def page(query):
    return paged(RequestFactory().get(f"/?{query}"), User.objects.order_by("pk"), per_page=2)


def test_a_list_comes_a_page_at_a_time_and_keeps_what_was_asked():
    people = [make.viewer() for _ in range(5)]

    found = page("words=a%26b&page=2&kind=x")

    assert (list(found["page"]), found["kept"]) == (people[2:4], "words=a%26b&kind=x")


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("page=x", 1), ("page=99", 3), ("page=-1", 3), (f"page={'9' * 9999}", 1), (f"page={'9' * 4000}", 3)],
)
def test_a_page_that_is_not_there_is_another_page(asked, number):
    for _ in range(5):
        make.viewer()

    assert page(asked)["page"].number == number
