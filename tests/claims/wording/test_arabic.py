import pytest

from claims.wording import quotes
from tests.claims.wording.said import read


@pytest.mark.parametrize(
    ("text", "speaker", "directness", "content"),
    [
        ("لفت المحافظ إلى أن الجسر انهار.", "المحافظ", "indirect", "الجسر انهار"),
        ("لفت المحافظ النظر إلى أن الجسر انهار.", "المحافظ", "indirect", "الجسر انهار"),
        ("اعتبر المحافظ أن الجسر انهار.", "المحافظ", "indirect", "الجسر انهار"),
        ("رأى المحافظ أن الجسر انهار.", "المحافظ", "indirect", "الجسر انهار"),
        ("حذر المحافظ من أن الجسر انهار.", "المحافظ", "indirect", "الجسر انهار"),
        ("وأصر المحافظ على أن الجسر انهار.", "المحافظ", "indirect", "الجسر انهار"),
        ("وأضاف المحافظ قائلا: «الجسر انهار»", "المحافظ", "direct", "«الجسر انهار»"),
        ("وتابع المحافظ: «الجسر انهار»", "المحافظ", "direct", "«الجسر انهار»"),
        ("«الجسر انهار»، كما قال المحافظ.", "المحافظ", "direct", "«الجسر انهار»"),
    ],
)
def test_what_news_says_in_arabic_has_its_speaker(text, speaker, directness, content):
    found = read(text, "ar")

    assert (found[0], found[3:]) == (speaker, (directness, content))


@pytest.mark.parametrize(
    "text",
    [
        "لم يلفت المحافظ إلى أن الجسر انهار.",
        "لا يرى المحافظ أن الجسر انهار.",
        "تابع المحافظ العمل ثم علم أن الجسر انهار.",
        "ارتفعت المياه كثيرا مما يشير إلى أن الجسر انهار.",
        "رأي المحافظ أن الجسر انهار.",
    ],
)
def test_what_is_no_statement_in_arabic_has_no_speaker(text):
    assert all(found.speaker is None for found in quotes.attributions(text, "ar"))
