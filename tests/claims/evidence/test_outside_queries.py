import pytest

from claims.evidence import gathering, outside_queries
from sources.models.vocabulary import Engine
from tests import make
from tests.refusing import refused

pytestmark = pytest.mark.django_db

CLAIM = "The Road Authority closed 12 bridges near Arvel."


def queries(claim):
    return {query.language: query.words for query in outside_queries.of(claim)}


def test_each_language_of_the_claim_and_the_desk_has_a_query_with_every_spelling_of_a_name():
    authority = make.source(name="Road Authority", language="tr")
    make.source_name(authority, name="هيئة الطرق", language="ar")
    claim = make.claim(CLAIM, language="en")
    make.wording(claim, text="La Road Authority a fermé douze ponts.", language="fr")

    found = queries(claim)

    assert found["en"].startswith('("Road Authority" OR "هيئة الطرق")')
    assert {"12", "Arvel"} <= set(found["en"].split())
    assert "ponts" in found["fr"]
    assert found["tr"].startswith('("Road Authority" OR "هيئة الطرق")')
    assert "closed" not in found["tr"]


def test_a_language_in_which_nothing_is_known_has_no_query():
    make.source(language="tr")

    assert list(queries(make.claim("nobody came to the square", language="en"))) == ["en"]


def test_with_a_provider_in_use_a_claim_is_searched_in_each_language_and_not_twice():
    make.provider_setting(Engine.GDELT)
    make.provider_setting(Engine.CLAIMREVIEW)
    make.provider_setting(Engine.WAYBACK)
    make.source(language="tr")
    claim = make.claim(CLAIM)

    new = gathering.gather(claim)

    outside = [search for search in new if search.engine != Engine.GATHERED]
    assert [(search.engine, search.language) for search in outside] == [("gdelt", "en"), ("gdelt", "tr")]
    assert gathering.gather(claim) == []


def test_a_person_asks_a_provider_in_their_own_words_if_the_desk_uses_it():
    claim, by = make.claim(), make.reporter()
    with refused("not_in_use", "engine"):
        gathering.put_search(claim, by=by, words="x", engine=Engine.WAYBACK)
    make.provider_setting(Engine.WAYBACK)

    search = gathering.put_search(claim, by=by, words="https://a.example/", engine=Engine.WAYBACK)

    assert (search.engine, search.words) == ("wayback", "https://a.example/")
