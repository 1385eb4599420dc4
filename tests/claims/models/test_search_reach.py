from datetime import timedelta

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
    with django_assert_num_queries(5):
        search_reach.of(claim)

    claim.searches.add(*(make.answered_search(f"words {n}", engine=Engine.GDELT) for n in range(30)))
    with django_assert_num_queries(5):
        search_reach.of(claim)


LONG, SHORT = timedelta(days=1, minutes=20), timedelta(hours=3)


def answered(engine, words="bridge Arvel closed", *, after=SHORT):
    search = make.answered_search(words, engine=engine)
    type(search).objects.filter(pk=search.pk).update(asked_at=search.answered_at - after)
    return search


@pytest.mark.parametrize(
    ("engine", "words", "after", "counts"),
    [
        (Engine.GATHERED, "bridge Arvel", SHORT, False),
        (Engine.WAYBACK, "https://courier.example/bridge-arvel", SHORT, False),
        (Engine.SITES, "bridge Arvel", SHORT, False),
        (Engine.GAL, "bridge Arvel", SHORT, False),
        (Engine.GAL, "bridge Arvel", LONG, True),
        (Engine.SEARXNG, "bridge Arvel", SHORT, True),
        (Engine.SEARXNG, "the horoscope of today", SHORT, False),
        (Engine.SEARXNG, "pont fermé", SHORT, True),
        (Engine.FACT_CHECKS, "terrorist bridges", SHORT, True),
    ],
)
def test_an_outside_source_counts_where_it_was_asked_about_the_claim_and_could_know(engine, words, after, counts):
    claim = make.claim()
    make.wording(claim)

    reach = searched(claim, answered(engine, words, after=after))

    assert (reach.outside, search_reach.asked_outside(claim)) == (counts, counts)
    assert reach.not_covered == (() if counts else ("en",))


def test_a_stream_that_was_not_read_for_a_day_is_no_answer_and_says_why():
    reach = searched(make.claim(), answered(Engine.GAL))

    assert reach.providers == (ProviderReach("gal", (), ("en",), search_reach.TOO_SHORT),)


def test_words_that_have_nothing_to_do_with_the_claim_are_counted_apart():
    reach = searched(make.claim(), answered(Engine.SEARXNG, "the horoscope of today"), answered(Engine.SITES))

    assert ([each.engine for each in reach.providers], reach.unrelated) == (["sites"], 1)


def test_without_a_provider_no_language_is_covered():
    make.source(language="ar")

    assert search_reach.of(make.claim()).not_covered == ("ar", "en")
