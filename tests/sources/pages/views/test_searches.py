import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db

SEARCHES = "/sources/searches/"


def test_a_search_that_found_nothing_is_shown_as_a_finding(client):
    make.answered_search("bridge Arvel", found=0)
    client.force_login(make.viewer())

    page = client.get(SEARCHES).content.decode()

    assert "found nothing" in page
    assert "out of 7 searched" in page


def test_searches_are_chosen_by_their_answer(client):
    empty, full = make.answered_search(found=0), make.answered_search(found=2)
    waiting = make.search("still asked")
    failing = make.search("failing", trouble="refused")
    client.force_login(make.viewer())

    found = {
        answer: set(client.get(SEARCHES, {"answer": answer}).context["page"])
        for answer in ("empty", "unanswered", "trouble", "")
    }

    assert found == {
        "empty": {empty},
        "unanswered": {waiting, failing},
        "trouble": {failing},
        "": {empty, full, waiting, failing},
    }


def test_searches_are_found_by_their_words(client):
    wanted = make.search("pont Arvel")
    make.search("bridge")
    client.force_login(make.viewer())

    assert list(client.get(SEARCHES, {"words": "PONT"}).context["page"]) == [wanted]


def test_the_searches_cost_the_same_with_one_and_with_thirty(client):
    client.force_login(make.viewer())
    make.search()
    with CaptureQueriesContext(connection) as with_one:
        client.get(SEARCHES)

    for _ in range(29):
        make.answered_search()
    with CaptureQueriesContext(connection) as with_thirty:
        client.get(SEARCHES)

    assert len(with_thirty) == len(with_one)


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(SEARCHES).url.startswith(reverse("login"))
