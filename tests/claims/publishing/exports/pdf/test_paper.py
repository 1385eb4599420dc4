import pytest

from claims.publishing.exports.pdf import paper


def plain(text, language="en", missing=()):
    return "".join(piece for piece, _is_name in paper.spelled(text, language, frozenset(missing)))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("🔥", "en", "[fire]"),
        ("🔥🔥 now", "fr", "[feu][feu] now"),
        ("5️⃣ dead", "en", "[keycap 5] dead"),
        ("👨‍👩‍👧", "en", "[family man woman girl]"),
        ("👩🏽‍🚒", "en", "[woman firefighter medium skin tone]"),
        ("🧑‍🔥", "en", "[person][fire]"),
        ("🇫🇷", "fr", "[drapeau france]"),
        ("❤️ ©️", "en", "[red heart] [copyright]"),
        ("🔥", "ar", "[حريق]"),
        ("🔥", "he", "[fire]"),
    ],
)
def test_an_emoji_is_named_in_the_language_of_the_report(text, language, expected):
    assert plain(text, language) == expected


@pytest.mark.parametrize("text", ["© 2026 ®™", "5 # *", "قال أحد", "می‌خواهم", "e\u0301", "☎ ↔", ""])
def test_what_print_has_always_had_stays(text):
    assert plain(text) == text


def test_what_no_font_has_is_spelled_out_or_made_plain():
    assert plain("a ⟨U+202E⟩ 𝗕𝗥 ☎ ★", missing="⟨⟩𝗕𝗥☎★") == "a ‹U+202E› BR [telephone] [black star]"


def test_a_letter_that_no_font_has_stays_to_be_copied():
    assert plain("人", missing="人") == "人"


def test_names_stand_apart_in_their_own_direction_and_the_text_around_stays():
    html = "<html><head><title>🔥</title></head><body><p dir=rtl>قال 🔥 <b>أحد</b>🔴!</p></body></html>"

    made = paper.prepared(html, "en")

    assert '<p dir="rtl">قال <bdi dir="ltr" class="named">[fire]</bdi> <b>أحد</b>' in made
    assert '<bdi dir="ltr" class="named">[red circle]</bdi>!</p>' in made
    assert "<title>🔥</title>" in made


def test_a_direction_left_to_the_browser_is_decided():
    made = paper.prepared("<html><body><p dir=auto>12 قال</p><p dir=auto>said</p></body></html>", "en")

    assert '<p dir="rtl">12 قال</p>' in made
    assert '<p dir="ltr">said</p>' in made
