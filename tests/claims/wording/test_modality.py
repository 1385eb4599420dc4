import pytest

from claims.models.vocabulary import Modality
from claims.wording.modality import ACTIVE, NOBODY, PASSIVE, Cue


@pytest.mark.parametrize(
    ("language", "form", "cue"),
    [
        ("fr", "dementait", Cue("démentir", "denies")),
        ("fr", "annonca", Cue("annoncer", "reports")),
        ("en", "claimed", Cue("claim", "claims")),
        ("en", "denies", Cue("deny", "denies")),
        ("tr", "one surdu", Cue("iddia etmek", "claims")),
        ("ar", "توكد", Cue("أكد", "confirms")),
    ],
)
def test_a_form_of_a_verb_gives_its_modality(language, form, cue):
    assert ACTIVE[language][form] == cue


@pytest.mark.parametrize(("language", "form", "verb"), [("tr", "bildirildi", "bildirmek"), ("ar", "قيل", "قيل")])
def test_a_passive_names_nobody(language, form, verb):
    assert PASSIVE[language][form] == Cue(verb, NOBODY)


def test_modalities_are_words_of_the_vocabulary():
    given = {cue.modality for forms in (*ACTIVE.values(), *PASSIVE.values()) for cue in forms.values()}

    assert given <= set(Modality)
