from datetime import date

import pytest

from claims.models import Appearance
from claims.publishing import lost_pages
from sources.models.vocabulary import Outcome
from tests import make

pytestmark = pytest.mark.django_db

NEVER, SINCE, NOTHING = (True, False), (False, True), (False, False)


def told(**columns):
    """Whether a report says that there was no page, and that it is no longer there."""
    row = make.appearance(make.claim(), **columns)
    [row] = lost_pages.with_captures(Appearance.objects.filter(pk=row.pk))
    facts = lost_pages.of_appearance(row, row.document or (row.passage and row.passage.reading.capture.document))
    return facts["is_gone"], facts["is_gone_since"]


def lost(outcome=Outcome.GONE, *captured, url="https://courier.example/bridge"):
    """A document that is not found, with the outcomes of the fetches of which an answer is kept."""
    document = make.document(url, last_outcome=outcome, due_at=None)
    for each in captured:
        make.capture(document, attempt=make.attempt(document, outcome=each))
    return document


@pytest.mark.parametrize("outcome", [Outcome.GONE, Outcome.SOFT_404])
def test_an_address_without_a_page_is_told_whether_or_not_its_answer_says_so(outcome):
    assert told(document=lost(outcome)) == NEVER
    assert told(document=lost(outcome, outcome, Outcome.HTTP_ERROR, url="https://courier.example/2")) == NEVER


@pytest.mark.parametrize("outcome", [Outcome.GONE, Outcome.SOFT_404])
@pytest.mark.parametrize("captured", [Outcome.OK, Outcome.CONSENT_WALL])
def test_a_page_that_was_captured_is_no_longer_there(outcome, captured):
    assert told(document=lost(outcome, captured, outcome)) == SINCE


def test_a_page_whose_passage_is_cited_was_there():
    passage = make.passage()
    document = passage.reading.capture.document
    document.last_outcome = Outcome.GONE
    document.save()

    assert told(passage=passage) == SINCE
    assert told(passage=passage, document=document) == SINCE


def test_a_deletion_that_a_person_noted_is_told_once():
    assert told(document=lost(Outcome.GONE, Outcome.OK), deleted_since=date(2026, 11, 3)) == NOTHING


def test_nothing_is_said_of_another_address_than_the_one_that_was_fetched():
    document = lost()

    assert told(document=document, url="https://courier.example/bridge#top") == NEVER
    assert told(document=document, url="https://mirror.example/bridge") == NOTHING
    assert told(document=document, url="not an address") == NOTHING


def test_nothing_is_said_of_a_page_that_is_there_or_of_no_page():
    assert told(document=lost(Outcome.OK)) == NOTHING
    assert told(document=lost(Outcome.CONSENT_WALL, url="https://courier.example/2")) == NOTHING
    assert told(document=None, url="https://courier.example/3") == NOTHING
