import pytest

from claims.wording import quotes
from tests.claims.wording.said import read


@pytest.mark.parametrize(
    ("text", "speaker", "directness", "content"),
    [
        ("Vali, köprünün çöktüğünün altını çizdi.", "Vali", "indirect", "köprünün çöktüğünün"),
        ("Vali, köprünün çöktüğüne dikkat çekti.", "Vali", "indirect", "köprünün çöktüğüne"),
        ("Vali, köprünün çöktüğünü paylaştı.", "Vali", "indirect", "köprünün çöktüğünü"),
        ("Vali, köprünün çöktüğünü ifade ediyor.", "Vali", "indirect", "köprünün çöktüğünü"),
        ("Vali, “Köprü çöktü” uyarısında bulundu.", "Vali", "direct", "“Köprü çöktü”"),
        ("Vali, “Köprü çöktü” yorumunu yaptı.", "Vali", "direct", "“Köprü çöktü”"),
        ("Vali, “Köprü çöktü” diye cevap verdi.", "Vali", "direct", "“Köprü çöktü”"),
        ("Vali, “Köprü çöktü” ifadelerine yer verdi.", "Vali", "direct", "“Köprü çöktü”"),
        ("Köprünün çöktüğü belirtiliyor.", None, "indirect", "Köprünün çöktüğü"),
    ],
)
def test_what_news_says_in_turkish_has_its_speaker(text, speaker, directness, content):
    found = read(text, "tr")

    assert (found[0], found[3:]) == (speaker, (directness, content))


@pytest.mark.parametrize(
    "text",
    [
        "Vali fotoğrafını paylaştı.",
        "Vali, köprüye dikkat çekti.",
        "Vali, kentte deprem uyarısında bulundu.",
        "Vali, köprünün çöktüğünü paylaşmadı.",
        "Bazı köylerin, boş evlerinin yandığını söyledi.",
    ],
)
def test_what_is_no_statement_in_turkish_has_no_speaker(text):
    assert quotes.attributions(text, "tr") == []
