import pytest

from claims.models import search_reach
from claims.models.search_reach import ProviderReach
from sources.models.vocabulary import Engine
from tests import make

pytestmark = pytest.mark.django_db


def searched(claim, *searches):
    claim.searches.add(*searches)
    return search_reach.of(claim)


def test_a_claim_searched_in_our_own_collection_reached_nothing_outside():
    make.feed(make.source(language="ar"))
    claim = make.claim()

    reach = searched(claim, make.answered_search())

    assert (reach.outlets, reach.since is not None, reach.providers, reach.outside) == (1, True, (), False)
    assert not search_reach.asked_outside(claim)


def test_languages_are_those_in_which_a_provider_answered_and_the_others_are_left_out():
    make.source(language="ar")
    claim = make.claim()

    reach = searched(
        claim,
        make.answered_search(engine=Engine.GDELT, language="en"),
        make.answered_search(engine=Engine.GDELT, language="fr"),
        make.search(engine=Engine.BRAVE, language="tr", trouble="The provider refused."),
    )

    assert reach.providers == (
        ProviderReach("brave", (), ("tr",), "The provider refused."),
        ProviderReach("gdelt", ("en", "fr"), ()),
    )
    assert (reach.not_covered, reach.outside, search_reach.asked_outside(claim)) == (("ar",), True, True)


def test_an_answer_in_all_languages_leaves_none_out():
    make.source(language="ar")

    reach = searched(make.claim(), make.answered_search(engine=Engine.FACT_CHECKS, language=""))

    assert reach.not_covered == ()


def test_it_takes_the_same_queries_for_one_search_and_for_thirty(django_assert_num_queries):
    claim = make.claim()
    claim.searches.add(make.answered_search(engine=Engine.GDELT))
    with django_assert_num_queries(4):
        search_reach.of(claim)

    claim.searches.add(*(make.answered_search(f"words {n}", engine=Engine.GDELT) for n in range(30)))
    with django_assert_num_queries(4):
        search_reach.of(claim)


def test_copies_of_one_address_are_no_answer_about_a_claim():
    claim = make.claim()
    claim.searches.add(make.answered_search("https://courier.example/", engine=Engine.WAYBACK))

    assert not search_reach.asked_outside(claim)
    assert not search_reach.of(claim).outside
