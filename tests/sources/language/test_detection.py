import pytest

from sources.language import detection


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Les médias iraniens ont annoncé la mort du général.", "fr"),
        ("Rescue workers said twelve people were killed.", "en"),
        ("Muhalifler şafaktan önce saldırı başlattı.", "tr"),
        ("أعلن المجلس أن مقاتليه سيطروا على القرى", "ar"),
        ("villages capturés par l’opposition", "fr"),
    ],
)
def test_the_language_of_a_sentence_is_told(text, code):
    found, score = detection.detect(text)

    assert found == code
    assert 0.3 < score <= 1


@pytest.mark.parametrize("text", ["", " \n ", "12 / 34", "\x00\ud800"])
def test_a_text_without_letters_has_no_language(text):
    assert detection.detect(text) == ("", 0.0)


def test_a_very_long_text_is_judged_by_its_beginning():
    code, _score = detection.detect("Les habitants ont quitté la ville. " * 100_000)

    assert code == "fr"


def test_marks_of_direction_do_not_make_a_text_chinese():
    hidden = "\u202eTerrorists\u202c linked \u2066to\u2069 Ostavia \u200bwere behind the ambush."

    assert detection.detect(hidden)[0] == "en"


@pytest.mark.parametrize(
    ("part", "of_text", "code"),
    [
        ("Il faut bien le faire.", "en", "fr"),
        ("It has to be done by somebody.", "fr", "en"),
        ("Bunu birinin yapması gerekiyor ama kim için?", "ar", "tr"),
        ("لا بد من القيام بذلك من قبل الجميع في المدينة", "en", "ar"),
        ("Aug. 4 -- Riverbend Music Center, Cincinnati, OH", "en", "en"),
        ("La Repubblica", "en", "en"),
        ("Es muss eben getan werden.", "en", "en"),
        ("", "fr", "fr"),
        ("Il faut bien le faire.", "", "fr"),
    ],
)
def test_a_quote_in_another_language_than_its_text_has_its_own(part, of_text, code):
    assert detection.language_of_part(part, of_text) == code
