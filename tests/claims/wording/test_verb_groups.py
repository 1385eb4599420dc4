import pytest

from claims.wording import quotes
from claims.wording.modality import NOBODY
from tests.claims.wording.said import read


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The mayor pointed out that the bridge fell.",
         ("The mayor", "point out", "indirect", "the bridge fell")),
        ("en", "The mayor made it clear that the bridge fell.",
         ("The mayor", "make clear", "indirect", "the bridge fell")),
        ("en", "“The bridge fell,” the mayor was quoted by Reuters as saying.",
         ("the mayor", "say", "direct", "“The bridge fell,”")),
        ("en", "The mayor was quoted as saying that the bridge fell.",
         ("The mayor", "say", "indirect", "the bridge fell")),
        ("en", "“The bridge fell,” the mayor continued.", ("the mayor", "continue", "direct", "“The bridge fell,”")),
        ("fr", "Le pont est fermé, fait savoir la mairie.",
         ("la mairie", "faire savoir", "indirect", "Le pont est fermé")),
        ("fr", "Le maire a tenu à préciser que le pont est fermé.",
         ("Le maire", "tenir à préciser", "indirect", "le pont est fermé")),
        ("fr", "« Le pont est sûr », s’est-il félicité.", ("il", "se féliciter", "direct", "« Le pont est sûr »")),
        ("fr", "« Le pont est sûr », s’indigne le maire.", ("le maire", "s’indigner", "direct", "« Le pont est sûr »")),
        ("fr", "« Le pont est sûr », a poursuivi le maire.",
         ("le maire", "poursuivre", "direct", "« Le pont est sûr »")),
    ],
)  # fmt: skip
def test_verbs_of_several_words_and_those_beside_a_quotation_attribute(language, text, expected):
    speaker, verb, _modality, directness, content = read(text, language)

    assert (speaker, verb, directness, content) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The mayor did not point out that the bridge fell."),
        ("en", "The mayor would not make clear that the bridge fell."),
        ("en", "The mayor was never quoted as saying that the bridge fell."),
        ("en", "The mayor continued the work that the prefect began."),
        ("en", "The mayor promised a bridge that lasts."),
        ("fr", "Le maire n’a pas fait savoir que le pont est fermé."),
        ("fr", "Le maire ne s’est pas félicité que le pont soit sûr."),
        ("fr", "Le maire félicite les hommes que le préfet a choisis."),
        ("fr", "Le maire a quitté la ville, maintenant que le pont est sûr."),
        ("fr", "Le maire a remarqué que le pont est fermé."),
        ("fr", "Le maire relève le défi que le préfet a lancé."),
        ("fr", "Si le maire a fait savoir que le pont est fermé, personne ne l’a lu."),
    ],
)
def test_what_is_denied_or_no_statement_has_no_speaker(language, text):
    assert all(found.speaker is None for found in quotes.attributions(text, language))


def test_a_verb_of_several_words_in_the_passive_names_nobody():
    assert read("It was made clear that the bridge fell.", "en")[:3] == (None, "make clear", NOBODY)
