import pytest
from django.test import RequestFactory

from tests import make
from workbench.desk.models import User
from workbench.pages.paging import page_of, paged

pytestmark = pytest.mark.django_db


def page(query):
    return paged(RequestFactory().get(f"/?{query}"), User.objects.order_by("pk"), per_page=2)


def test_a_list_comes_a_page_at_a_time_and_keeps_what_was_asked():
    people = [make.viewer() for _ in range(5)]

    found = page("words=a%26b&page=2&kind=x")

    assert list(found["page"]) == people[2:4]
    assert found["page"].previous_url == "?words=a%26b&page=1&kind=x"
    assert found["page"].next_url == "?words=a%26b&page=3&kind=x"


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("page=x", 1), ("page=99", 3), ("page=-1", 3), (f"page={'9' * 9999}", 1), (f"page={'9' * 4000}", 3)],
)
def test_a_page_that_is_not_there_is_another_page(asked, number):
    for _ in range(5):
        make.viewer()

    assert page(asked)["page"].number == number


def test_the_first_and_the_last_page_lead_no_further():
    for _ in range(3):
        make.viewer()

    assert page("page=1")["page"].previous_url == ""
    assert page("page=2")["page"].next_url == ""


def test_two_lists_of_one_page_are_turned_by_themselves():
    people = [make.viewer() for _ in range(5)]
    request = RequestFactory().get("/?page=2&people=3")

    found = page_of(request, User.objects.order_by("pk"), "people", per_page=2, show=lambda person: person.pk)

    assert list(found) == [people[4].pk]
    assert found.previous_url == "?page=2&people=2#people"
