import pytest

from claims.wording import quotes
from tests.claims.wording.said import read


@pytest.mark.parametrize(
    ("language", "text", "speaker", "content"),
    [
        ("en", "Quake: 5 dead, according to the governor", "the governor", "5 dead"),
        ("en", "Quake in Vaur: five people died, the governor says", "the governor", "five people died"),
        ("en", "Quake: the governor said that 5 people died", "the governor", "5 people died"),
        ("en", "Quake: “Five people died,” the governor said", "the governor", "“Five people died,”"),
        ("fr", "Séisme : 5 morts, selon le préfet", "le préfet", "5 morts"),
        ("fr", "Incendie à Bréval : cinq morts selon le préfet", "le préfet", "cinq morts"),
        ("fr", "Séisme : cinq personnes sont mortes, annonce le préfet", "le préfet", "cinq personnes sont mortes"),
        (
            "fr",
            "Séisme : « cinq personnes sont mortes », selon le préfet",
            "le préfet",
            "« cinq personnes sont mortes »",
        ),
        ("tr", "Deprem: valiliğe göre 5 ölü", "valiliğe", "5 ölü"),
        ("tr", "Breval'de yangın: Vali, 5 kişinin öldüğünü söyledi", "Vali", "5 kişinin öldüğünü"),
        ("ar", "زلزال: 5 قتلى بحسب المحافظ", "المحافظ", "5 قتلى"),
        ("ar", "حريق في بريفال: قال المحافظ إن خمسة أشخاص قتلوا", "المحافظ", "خمسة أشخاص قتلوا"),
        ("ar", "«الجسر آمن»، بحسب المحافظ", "المحافظ", "«الجسر آمن»"),
    ],
)
def test_a_label_before_a_sentence_is_no_part_of_its_attribution(language, text, speaker, content):
    found = quotes.attributions(text, language)

    assert [text[slice(*each.speaker)] for each in found] == [speaker]
    assert read(text, language)[-1] == content


def test_a_clause_before_a_colon_is_no_label():
    text = "The town is in ruins: the bridge fell, according to the mayor."

    assert read(text, "en")[-1] == "The town is in ruins: the bridge fell"
