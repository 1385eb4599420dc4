import pytest

from sources.formats import mojibake


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("l’été à l’œuvre, 25 € « là-bas »", 0),
        ("Şırnak’ta çatışma", 0),
        ("COVID-19 в Москве", 0),
        ("צה״ל הודיע", 0),
        ("می‌گوید", 0),
        ("prÃ©fecture", 2),
        ("Ïðèâåò", 0),
        ("уЕТЧЙУ", 1),
        ("szko³a", 1),
        ("Аcme", 1),
        ("caf\ufffd \x85", 2),
        ("ﾂ﾿", 2),
    ],
)
def test_characters_that_cannot_stand_where_they_stand_are_counted(text, wrong):
    assert mojibake.faults(text)[1] == wrong


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("La prÃ©fecture a annoncÃ©", True),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚ Ð¼Ð¸Ñ€", True),
        ("РџСЂРёРІРµС‚ РјРёСЂ", True),
        ("l’édifice s’épuiserait", False),
        ("Привет мир", False),
        ("", False),
    ],
)
def test_utf_8_that_was_read_in_another_encoding_is_known_by_its_bytes(text, twice):
    assert mojibake.is_twice_encoded(text) is twice
