from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from claims.models import claim_searches
from claims.models.claim_searches import FoundElsewhere
from sources.models import SearchHit
from sources.models.vocabulary import Engine, Outcome
from tests import make

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 11, 1, 8, tzinfo=UTC)


def read_document(**changes):
    """An article that was read into text."""
    document = make.document(due_at=None, last_outcome=Outcome.OK, **changes)
    return make.reading(capture_=make.capture(document)).capture.document


def searched(claim, *documents, **changes):
    search = make.answered_search(found=len(documents), **changes)
    for rank, document in enumerate(documents, start=1):
        make.hit(search, document, rank=rank)
    claim.searches.add(search)
    return search


def test_the_article_of_the_claim_is_no_answer_to_its_searches():
    claim = make.claim()
    own, other = read_document(), read_document()
    make.appearance(claim, document=own)
    both, itself, nothing = searched(claim, own, other), searched(claim, own), searched(claim)

    answers = claim_searches.answers(claim)

    assert answers == {
        both.pk: FoundElsewhere(elsewhere=1, own=1),
        itself.pk: FoundElsewhere(elsewhere=0, own=1),
        nothing.pk: FoundElsewhere(elsewhere=0, own=0),
    }


def test_a_quoted_text_and_another_address_of_its_article_are_the_claims_own():
    claim = make.claim()
    pasted = read_document()
    copy = read_document(same_as=pasted)
    make.appearance(claim, passage=pasted.captures.get().readings.get().passages.first())
    search = searched(claim, pasted, copy)

    assert claim_searches.answers(claim)[search.pk] == FoundElsewhere(elsewhere=0, own=1)


def test_a_search_without_an_answer_has_none():
    claim = make.claim()
    claim.searches.add(make.search())

    assert claim_searches.answers(claim) == {}


def test_that_nothing_but_the_claims_own_article_was_found_at_first_is_told():
    claim = make.claim()
    own, other = read_document(), read_document()
    make.appearance(claim, document=own)
    search = searched(claim, own, other)
    SearchHit.objects.filter(document=own).update(found_at=BEFORE)
    SearchHit.objects.filter(document=other).update(found_at=BEFORE + timedelta(hours=2))
    first = make.search_answer(search, found=1, answered_at=BEFORE + timedelta(hours=1))
    make.search_answer(search, found=2)

    assert claim_searches.answers(claim) == {search.pk: FoundElsewhere(elsewhere=1, own=1, nothing=first)}


def test_what_counted_as_the_claims_own_article_when_first_answered_was_something():
    claim = make.claim()
    own, other = read_document(), read_document()  # of which the second counted as the first by then
    make.appearance(claim, document=own)
    search = searched(claim, own, other)
    make.search_answer(search, found=1, answered_at=timezone.now() + timedelta(hours=1))

    assert claim_searches.answers(claim) == {search.pk: FoundElsewhere(elsewhere=1, own=1)}


def test_the_claims_own_article_that_comes_later_makes_no_other_answer():
    claim = make.claim()
    own = read_document()
    make.appearance(claim, document=own)
    search = searched(claim, own)
    make.search_answer(search, found=0, answered_at=BEFORE)
    make.search_answer(search, found=1)

    assert claim_searches.answers(claim) == {search.pk: FoundElsewhere(elsewhere=0, own=1)}


def test_only_our_own_collection_is_searched_again_at_once():
    claim = make.claim()
    own = searched(claim, due_at=None)
    provider = searched(claim, due_at=None, engine=Engine.GDELT)

    claim_searches.look_again(claim)

    for search, is_due in ((own, True), (provider, False)):
        search.refresh_from_db()
        assert (search.due_at is not None) is is_due


@pytest.mark.parametrize(
    ("others", "looked_through", "about", "looked"),
    [(0, 1, False, False), (0, 2, False, True), (1, 1, False, True), (0, 1, True, True), (0, None, False, False)],
    ids=["its own article only", "one more article", "another result", "an estimate", "not counted"],
)
def test_only_a_search_through_other_articles_is_a_search(others, looked_through, about, looked):
    claim = make.claim()
    own = read_document()
    make.appearance(claim, document=own)
    found = [own, *(read_document() for _each in range(others))]
    searched(claim, *found, searched_through=looked_through, searched_about=about)

    assert claim_searches.looked_elsewhere(claim) is looked
