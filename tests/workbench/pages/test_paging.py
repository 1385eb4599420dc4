import pytest
from django.db.models import F
from django.test import RequestFactory

from sources.models import Document
from tests import make
from workbench.desk.amounts import Amount
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.models import User
from workbench.pages.paging import page_of

pytestmark = pytest.mark.django_db

EVIL = [
    "x",
    "2",
    "after",
    "after-",
    "after-x",
    "after--1",
    "before-0",
    "after-999999",
    f"after-{'9' * 30}",
    "last-",
    "\0",
]


@CompiledQuery
def _everybody():
    return User.objects.order_by("pk")


def page(query="", rows=None):
    rows = User.objects.order_by("pk") if rows is None else rows
    return page_of(RequestFactory().get(f"/{query or '?'}"), rows, per_page=2)


def shown(rows):
    """The rows of every page, by the links from the first to the last; and those on the way back, each once."""
    forth = [page(rows=rows)]
    while forth[-1].next_url:
        forth.append(page(forth[-1].next_url, rows))
    back = [page(forth[0].last_url or "?", rows)]
    while back[-1].previous_url:
        back.append(page(back[-1].previous_url, rows))
    there, here = ([row for each in pages for row in each] for pages in (forth, reversed(back)))
    return there, list(dict.fromkeys(here))


def test_a_list_comes_a_page_at_a_time_and_keeps_what_was_asked():
    people = [make.viewer() for _ in range(5)]

    found = page(f"?words=a%26b&page=after-{people[1].pk}&kind=x")

    assert list(found) == people[2:4]
    assert found.previous_url == f"?words=a%26b&kind=x&page=before-{people[2].pk}"
    assert found.next_url == f"?words=a%26b&kind=x&page=after-{people[3].pk}"
    assert (found.first_url, found.last_url) == ("?words=a%26b&kind=x", "?words=a%26b&kind=x&page=last")
    assert found.count == Amount(5)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5])
def test_every_row_is_on_one_page_on_the_way_there_and_back(number):
    people = [make.viewer() for _ in range(number)]

    forth, back = shown(User.objects.order_by("pk"))

    assert forth == people
    assert back == people


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5])
def test_a_compiled_list_has_the_same_pages(number):
    people = [make.viewer() for _ in range(number)]

    assert shown(_everybody.bound()) == (people, people)


def test_rows_that_an_order_does_not_tell_apart_are_not_lost():
    people = [make.viewer(first_name="Ada") for _ in range(5)]

    forth, back = shown(User.objects.order_by("-first_name"))

    assert forth == people[::-1]
    assert back == people[::-1]


@pytest.mark.parametrize("asked", EVIL)
def test_an_address_that_names_no_row_gives_the_first_page(asked):
    people = [make.viewer() for _ in range(3)]

    request = RequestFactory().get("/", {"page": asked})
    found = page_of(request, User.objects.order_by("pk"), per_page=2)

    assert list(found) == list(page_of(request, _everybody.bound(), per_page=2)) == people[:2]
    assert (found.first_url, found.previous_url) == ("", "")


def test_the_next_page_is_found_though_the_row_before_it_has_left_the_list():
    documents = [make.document(last_outcome="") for _ in range(4)][::-1]
    rows = Document.objects.filter(last_outcome="")
    second = page(rows=rows).next_url
    Document.objects.filter(pk=documents[1].pk).update(last_outcome="ok")

    assert list(page(second, rows)) == documents[2:]


def test_a_list_may_be_sorted_by_what_is_computed():
    people = [make.viewer(first_name=name) for name in "cab"]

    forth, _back = shown(User.objects.annotate(called=F("first_name")).order_by("called"))

    assert forth == [people[1], people[2], people[0]]


def test_an_order_that_rises_and_falls_is_refused():
    with pytest.raises(TypeError):
        page(rows=User.objects.order_by("-first_name", "pk"))


def test_the_last_page_is_reached_by_the_index(django_assert_num_queries):
    for _ in range(3):
        make.viewer()

    with django_assert_num_queries(1) as asked:
        page("?page=last")

    assert "OFFSET" not in asked[0]["sql"]


def test_two_lists_of_one_page_are_turned_by_themselves():
    people = [make.viewer() for _ in range(5)]
    place = f"page=after-{people[1].pk}&people=after-{people[3].pk}"
    request = RequestFactory().get(f"/?{place}")

    found = page_of(request, User.objects.order_by("pk"), "people", per_page=2, show=lambda person: person.pk)

    assert list(found) == [people[4].pk]
    assert found.previous_url == f"?page=after-{people[1].pk}&people=before-{people[4].pk}#people"
