from datetime import timedelta

import pytest
from django.urls import reverse

from sources.capturing import stated_addresses
from sources.models import Document, DocumentAddress
from sources.models.vocabulary import AddressKind, Outcome
from sources.pages import own_fetch
from tests import make

pytestmark = pytest.mark.django_db

URL = "https://example.org/bridge"
TEXT = "The bridge was closed on Monday. Engineers found cracks in two of its seven piers."
OTHER = "The bridge was closed on Monday. Engineers found cracks in five of its seven piers."


def read(document, text, *, taken_at=make.MONDAY, outcome=Outcome.OK):
    capture = make.capture(document, attempt=make.attempt(document, outcome=outcome), taken_at=taken_at)
    return make.reading(text, capture_=capture, title="Bridge")


def brought(text=TEXT, url=URL, **when):
    document = make.document(f"ni:///sha-256;{make.number():064x}", due_at=None, last_outcome=Outcome.BROUGHT)
    read(document, text, outcome=Outcome.BROUGHT, **when)
    stated_addresses.note(document, url)
    return document


def fetched(text=TEXT, **when):
    document = make.document(URL, last_outcome=Outcome.OK)
    read(document, text, **when)
    return document


def states(document):
    return [each.state for each in own_fetch.comparisons(document)]


def test_both_documents_say_that_the_texts_are_the_same():
    theirs, ours = brought(), fetched()

    assert states(theirs) == states(ours) == ["same"]


def test_passages_that_differ_are_shown_with_the_words_that_differ():
    theirs, _ours = brought(OTHER), fetched()

    (found,) = own_fetch.comparisons(theirs)

    assert found.state == "differs"
    (difference,) = found.differences
    assert [piece.text.strip() for piece in difference.fetched if piece.changed] == ["two"]
    assert [piece.text.strip() for piece in difference.brought if piece.changed] == ["five"]


def test_of_several_fetches_the_nearest_in_time_is_compared():
    theirs, ours = brought(taken_at=make.MONDAY), fetched(OTHER, taken_at=make.MONDAY + timedelta(days=300))
    read(ours, TEXT, taken_at=make.MONDAY + timedelta(hours=1))

    assert states(theirs) == ["same"]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.GONE, "failed"), (Outcome.LOGIN_WALL, "failed"), ("", "waiting"), (None, "not_asked")],
)
def test_without_a_text_of_ours_the_page_says_why(outcome, state):
    theirs = brought()
    if outcome is not None:
        make.document(URL, last_outcome=outcome)

    assert states(theirs) == [state]


def test_a_page_brought_for_another_address_is_not_compared():
    brought(url="https://example.org/other")

    assert states(fetched()) == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "ftp://example.org/", "https://"])
def test_only_addresses_of_the_web_are_noted(url):
    brought(url=url)

    assert not DocumentAddress.objects.exists()


def test_a_stated_address_makes_no_two_documents_one():
    theirs, ours = brought(), fetched()

    assert (theirs.same_as_id, ours.same_as_id) == (None, None)
    assert theirs.addresses.get().kind == AddressKind.STATED


@pytest.mark.parametrize("files", [1, 4])
def test_the_queries_do_not_grow_with_the_files(files, django_assert_num_queries):
    ours = fetched()
    for _file in range(files):
        brought(OTHER)

    with django_assert_num_queries(3):
        assert states(ours) == ["differs"] * files


def test_the_address_is_fetched_with_a_button(client):
    theirs = brought()
    client.force_login(make.reporter())
    page = client.get(theirs.get_absolute_url()).content.decode()

    client.post(reverse("sources:fetch_stated", args=[theirs.pk]))

    assert "We have not fetched this address." in page
    assert Document.objects.get(url=URL).due_at is not None
    assert "We are fetching this address." in client.get(theirs.get_absolute_url()).content.decode()
