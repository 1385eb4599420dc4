import pytest

from claims.wording import quotes
from claims.wording.verb_words import verb_words


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "State television said that the general was killed.", "said"),
        ("en", "It has been confirmed that the bridge fell.", "has been confirmed"),
        ("en", "About 8,000 have fled, according to the committee.", "according to"),
        ("en", "THE MAYOR SAYS THE BRIDGE IS SAFE", "SAYS"),
        ("fr", "Les médias iraniens ont annoncé que le général était mort.", "ont annoncé"),
        ("fr", "Le préfet n’a pas confirmé que le pont est fermé.", "n’a pas confirmé"),
        ("fr", "Selon les habitants, vingt personnes sont mortes.", "Selon"),
        ("tr", "Konsey, köyleri aldığını ileri sürdü.", "ileri sürdü"),
        ("tr", "Köprünün yıkıldığı iddia edildi.", "iddia edildi"),
        ("tr", "Sorhal Komitesi’ne göre, 8 bin kişi kaçtı.", "göre"),
        ("ar", "وقال التلفزيون الرسمي إن العميد قُتل.", "قال"),
        ("ar", "ونفت أوستافيا نفياً قاطعاً أن تكون لها صلة.", "نفت"),
        ("ar", "بحسب الدفاع المدني، قُتل 12 مدنياً.", "بحسب"),
    ],
)
def test_an_attribution_has_the_words_of_the_text_and_not_those_of_a_dictionary(language, text, words):
    assert verb_words(text, quotes.attribution(text, language), language) == words


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "“They said that nobody said a word,” the mayor added.", "added"),
        ("fr", "« Il a dit qu’il avait dit la vérité », a ajouté le maire.", "a ajouté"),
        ("tr", "Vali, “Bize ‘köprü sağlam’ dediler” ifadesini kullandı.", "ifadesini kullandı"),
    ],
)
def test_a_verb_within_what_is_said_is_not_the_one(language, text, words):
    assert verb_words(text, quotes.attribution(text, language), language) == words


def test_words_that_are_part_of_the_speaker_are_not_said_twice():
    text = "Le pont est tombé, a-t-on appris de source policière."

    assert verb_words(text, quotes.attribution(text, "fr"), "fr") == ""
