import pytest

from claims.wording import quotes
from tests.claims.wording.said import read

SAID = {
    "en": ("“The bridge is safe”", '"The bridge is safe"', "‘The bridge is safe’", "'The bridge is safe'"),
    "fr": ("« Le pont est sûr »", "“Le pont est sûr”", '"Le pont est sûr"', "‘Le pont est sûr’"),
    "tr": ("“Köprü güvenli”", '"Köprü güvenli"', "‘Köprü güvenli’", "'Köprü güvenli'"),
    "ar": ("«الجسر آمن»", '"الجسر آمن"', "“الجسر آمن”", "‘الجسر آمن’"),
}
VERBS = {"en": "say", "fr": "dire", "tr": "söylemek", "ar": "قال"}
SPEAKERS = [
    ("en", "Emmanuel Macron"),
    ("en", "Mayor"),
    ("en", "Mayor Ana Roy"),
    ("en", "Mayor Roy"),
    ("en", "Dr. Roy"),
    ("en", "J. D. Vance"),
    ("en", "UN"),
    ("en", "WHO chief"),
    ("en", "Police"),
    ("en", "Ministry of Health"),
    ("en", "Russian foreign ministry"),
    ("en", "Foreign Ministry spokesman Ali Kaya"),
    ("fr", "Emmanuel Macron"),
    ("fr", "Jean-Luc Tarn"),
    ("fr", "M. Tarn"),
    ("fr", "Le maire"),
    ("fr", "Le maire de Bréval"),
    ("fr", "Le président français"),
    ("fr", "L’ONU"),
    ("fr", "Le ministre de l’Intérieur"),
    ("fr", "Ministère de la Santé"),
    ("tr", "Vali"),
    ("tr", "Vali Ali Kaya"),
    ("tr", "Bakan Kaya"),
    ("tr", "Breval Valisi"),
    ("tr", "Dışişleri Bakanlığı"),
    ("tr", "AK Parti Sözcüsü Çelik"),
    ("tr", "CHP'li Özel"),
    ("tr", "MSB"),
    ("ar", "المحافظ"),
    ("ar", "وزير الخارجية"),
    ("ar", "الرئيس الفرنسي"),
    ("ar", "المتحدث باسم الجيش"),
    ("ar", "إيمانويل ماكرون"),
    ("ar", "الأمم المتحدة"),
]


@pytest.mark.parametrize(("language", "speaker"), SPEAKERS)
def test_a_label_before_a_quotation_may_be_its_speaker(language, speaker):
    colon = " : " if language == "fr" else ": "
    for quote in SAID[language]:
        expected = (speaker, VERBS[language], "asserts", "direct", quote)
        assert read(f"{speaker}{colon}{quote}", language) == expected


@pytest.mark.parametrize(
    ("language", "speaker"), [("en", "Ana Roy"), ("fr", "Le maire"), ("tr", "Vali Kaya"), ("ar", "وزير الخارجية")]
)
@pytest.mark.parametrize("mark", [": ", " - ", " – ", " — ", ", "])
def test_a_speaker_may_follow_a_quotation_alone(language, speaker, mark):
    for quote in SAID[language]:
        assert read(f"{quote}{mark}{speaker}", language) == (speaker, VERBS[language], "asserts", "direct", quote)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        *(("en", label) for label in ("Breaking", "Video", "Analysis", "Paris", "Gaza", "10:45", "World News")),
        *(("en", label) for label in ("New York", "Middle East", "Champions League", "What we know", "His answer")),
        *(("en", label) for label in ("Police raid", "Police Raid", "General Strike", "Expert Advice", "Doctor Who")),
        *(("en", label) for label in ("Trump fires FBI director", "Police arrest mayor", "Attack on mayor")),
        *(("en", label) for label in ("Mayor Resigns", "Donald Trump trial", "The mayor’s wife", "Meet the new mayor")),
        *(("fr", label) for label in ("Exclusif", "Vidéo", "Paris", "Police", "Justice", "Gouvernement", "À Bréval")),
        *(("fr", label) for label in ("Ligue des champions", "Le maire démissionne", "Attaque contre le maire")),
        *(("fr", label) for label in ("Mort de Robert Badinter", "Le procès du maire", "Guerre en Ukraine")),
        *(("tr", label) for label in ("Son dakika", "Ankara", "Asgari Ücret Zammı", "Polis Operasyonu")),
        *(("tr", label) for label in ("Vali istifa etti", "Vali İstifa Etti", "Vali Krizi", "Barış Pınarı")),
        *(("tr", label) for label in ("Bakanlıktan açıklama", "Valinin eşi", "Bakana tepki", "Cumhurbaşkanı seçimi")),
        *(("ar", label) for label in ("عاجل", "فيديو", "غزة", "الشرق الأوسط", "كأس العالم", "زوجة الوزير")),
        *(("ar", label) for label in ("الوزير يستقيل", "الوزير استقال", "محاكمة الرئيس", "على الطريق")),
    ],
)
def test_a_topic_a_place_or_a_section_is_no_speaker(language, label):
    colon = " : " if language == "fr" else ": "
    for quote in SAID[language]:
        assert all(found.speaker is None for found in quotes.attributions(f"{label}{colon}{quote}", language))


KNOWN = [
    ("en", "Ana Roy", "Roy", "{} said that the bridge is old."),
    ("fr", "Emmanuel Tarn", "Tarn", "{} a dit que le pont est vieux."),
    ("tr", "Ahmet Kaya", "Kaya", "{}, köprünün eski olduğunu söyledi."),
    ("ar", "محمد صلاح", "صلاح", "قال {} إن الجسر قديم."),
]


@pytest.mark.parametrize(("language", "name", "surname", "said"), KNOWN)
def test_a_surname_alone_is_a_speaker_where_the_text_names_it(language, name, surname, said):
    label = f"{surname}: {SAID[language][0]}"
    for text in (f"{label}\n{said.format(name)}", f"{said.format(name)}\n{label}"):
        named = [text[slice(*found.speaker)] for found in quotes.attributions(text, language)]
        start = text.index(SAID[language][0]) + 1
        chain = quotes.chain(text, language, quotes.Span(start, start + 5))

        assert sorted(named) == sorted([name, surname])
        assert [text[slice(*found.speaker)] for found in chain] == [surname]


@pytest.mark.parametrize(("language", "name", "surname", "said"), KNOWN)
def test_a_surname_alone_is_no_speaker_otherwise(language, name, surname, said):
    assert quotes.attributions(f"{surname}: {SAID[language][0]}", language) == []
    assert len(quotes.attributions(f"{surname}: {SAID[language][0]}\n{said.format(surname)}", language)) < 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Prime Suspect: “A great night out”"),
        ("en", "Voters reject president: “We want a change”"),
        ("en", "Film critic Ana Roy: “The Bridge”"),  # a title
        ("en", "Mayor Ana Roy: “Is the bridge safe” or not?"),
        ("en", "Mayor Ana Roy: “safe for all” and “sound for all”"),
        ("en", "“The bridge is safe” - New York Times"),
        ("en", "“The bridge is safe”: why it matters"),
        ("fr", "« Le pont est sûr », Paris Match"),
        ("fr", "« Le pont est sûr » : la réponse du maire"),
        ("tr", "“Köprü güvenli” - Son dakika haberleri"),
        ("tr", "“Köprü güvenli”: Vali'den açıklama"),
        ("ar", "«الجسر آمن» - فيديو"),
        ("ar", "هل قال المحافظ: «الجسر آمن»؟"),
    ],
)
def test_what_stands_beside_a_quotation_is_not_always_its_speaker(language, text):
    assert all(found.directness != "direct" for found in quotes.attributions(text, language))
