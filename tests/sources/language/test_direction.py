import pytest

from sources.language.direction import direction


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Le pont", "ltr"),
        ("«الجسر» fermé", "rtl"),
        ("39 قرية", "rtl"),
        ("גשר", "rtl"),
        ("AFP: أغلق", "ltr"),
        ("\u2067عربي\u2069 Latin", "ltr"),
        ("\u2069\u2067", "ltr"),
        ("12 …", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_text_runs_as_its_first_strong_letter(text, runs):
    assert direction(text) == runs
