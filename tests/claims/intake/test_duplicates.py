import pytest

from claims.intake import duplicates
from tests import make
from tests.refusing import refused

pytestmark = pytest.mark.django_db

TEXT = "Nine workers died in the fire at the Vaur plant on Tuesday."


def found(text, language="en", **given):
    return [(each.claim, each.same_words) for each in duplicates.like(text, language, **given)]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper(),
        "“Nine workers died, in the fire at the Vaur plant – on Tuesday!”",
        "  nine  workers died in the fire at the vaur plant on tuesday 🔥",
    ],
)
def test_the_same_words_are_found_whatever_their_case_and_marks(text):
    claim = make.claim(TEXT)

    assert found(text) == [(claim, True)]


def test_another_wording_of_a_claim_counts_as_its_words():
    claim = make.claim("Neuf ouvriers sont morts dans l’incendie de l’usine du Vaur mardi.", language="fr")
    make.wording(claim, text=TEXT, language="en")

    assert found(TEXT) == [(claim, True)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Neuf ouvriers sont morts mardi dans l’incendie de l’usine du Vaur.", "fr"),
        ("Salı günü Vaur fabrikasında çıkan yangında dokuz işçi öldü.", "tr"),
        ("قُتل تسعة عمال في حريق مصنع فور يوم الثلاثاء.", "ar"),
        ("Nueve trabajadores murieron el martes en el incendio de la planta del Vaur.", "es"),
    ],
)
def test_the_same_claim_in_another_language_is_found_though_no_worker_has_seen_it(text, language):
    claim = make.claim(TEXT)
    make.claim("The price of bread rose by four percent in October.")

    assert found(text, language) == [(claim, False)]


def test_another_claim_is_not_pointed_out():
    make.claim("The price of bread rose by four percent in October.")

    assert found(TEXT) == []


def test_what_a_person_has_seen_is_refused_no_more_until_there_is_another():
    claim = make.claim(TEXT)
    with refused("logged_before"):
        duplicates.check(TEXT, "en")

    duplicates.check(TEXT, "en", seen={claim.pk})
    make.claim(TEXT)
    with refused("logged_before"):
        duplicates.check(TEXT, "en", seen={claim.pk})


def test_words_alone_decide_where_there_is_no_model(monkeypatch):
    monkeypatch.setattr("sources.language.embedding_model.available", lambda: False)
    claim = make.claim(TEXT)

    assert found(TEXT.upper()) == [(claim, True)]
    assert found("Neuf ouvriers sont morts.", "fr") == []
