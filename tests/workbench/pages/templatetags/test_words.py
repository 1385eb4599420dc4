import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from claims.models import Claim
from claims.models.vocabulary import Status
from tests.effort import at_most
from workbench.pages.templatetags.words import (
    choice,
    date,
    direction,
    percent,
    runs,
    said,
    span,
    spelled,
    visible,
)


def test_words_of_others_are_escaped_and_isolated_in_their_language_and_direction():
    assert said("<b>قُتل 12</b>", "ar") == '<bdi dir="rtl" lang="ar">&lt;b&gt;قُتل 12&lt;/b&gt;</bdi>'


def test_the_browser_decides_on_direction_where_the_language_is_unknown():
    assert said("12", "") == '<bdi dir="auto">12</bdi>'


def test_a_hostile_language_code_cannot_leave_its_attribute():
    assert said("x", '"><script>') == '<bdi dir="ltr" lang="&quot;&gt;&lt;script&gt;">x</bdi>'


def test_a_bidi_override_is_named_and_kept():
    shown = visible("a\u202eb")

    assert shown == 'a<span class="control" title="U+202E RIGHT-TO-LEFT OVERRIDE">⟨U+202E⟩</span>b'


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u2066", "\ufeff", "\xad", "\x00", "\x7f", "\u2028", "\u3164", "\u2800", "\U000e0041"]
)
def test_what_hides_is_shown(hidden):
    assert f"⟨U+{ord(hidden):04X}⟩" in visible(f"a{hidden}b")


@pytest.mark.parametrize("text", ["می\u200cروم", "क्\u200dष", "👩\u200d🚒", "one\ntwo\tthree"])
def test_joiners_that_belong_to_the_spelling_are_left_alone(text):
    assert visible(text) == text


def test_a_joiner_between_latin_letters_is_shown():
    assert "⟨U+200C⟩" in visible("pay\u200cpal")


def test_a_title_spells_out_what_hides_without_markup():
    assert spelled("<b>pay\u200cpal \u202eb 👩\u200d🚒") == "<b>pay⟨U+200C⟩pal ⟨U+202E⟩b 👩\u200d🚒"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("أُخليت في 2024-11-29، أي", ["2024-11-29"]),
        ("2024-11-29 كان", ["2024-11-29"]),
        ("في ٢٠٢٤-١١-٢٩ (من أصل 1.250)", ["٢٠٢٤-١١-٢٩", "1.250"]),
        ("و12 000 شخص", ["12 000"]),
        ("هاتف +963-11-222-3333 الساعة 14:30", ["+963-11-222-3333", "14:30"]),
        ("۱۴۰۳/۰۹/۰۹ و ۵۰٪", ["۱۴۰۳/۰۹/۰۹", "۵۰٪"]),
        ("ב-29.11.2024 (50%) בין 10–15 ו-$3.2", ["29.11.2024", "50%", "10–15", "$3.2"]),
        ("أصيب 12 شخصًا، 5 منهم؛ COVID-19 و F-16.", []),
        ("on 2024-11-29, 5% of 10-15", []),
    ],
)
def test_numbers_with_signs_are_isolated_in_text_from_right_to_left(text, numbers):
    shown = visible(text)

    assert re.findall('<bdi dir="ltr" class="digits">(.*?)</bdi>', shown) == numbers
    assert re.sub("<.*?>", "", shown) == text


@pytest.mark.parametrize("long", ["1-" * 20_000 + "1a", "1" * 40_000 + "a", "1 000" * 10_000 + "a", "+" * 40_000 + "1"])
def test_a_hostile_number_costs_little(long):
    with at_most(4):
        visible(f"ب {long}")


def test_an_isolated_number_is_escaped_with_its_text():
    assert visible("<ب> 1/2") == '&lt;ب&gt; <bdi dir="ltr" class="digits">1/2</bdi>'


@pytest.mark.parametrize("shown", [visible, spelled])
def test_no_text_is_no_text(shown):
    assert shown(None) == ""


@pytest.mark.parametrize(
    ("code", "expected"),
    [("ar", "rtl"), ("fa", "rtl"), ("tr", "ltr"), ("zh-hant", "ltr"), ("", "auto"), (None, "auto")],
)
def test_direction_follows_the_language(code, expected):
    assert direction(code) == expected


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (timedelta(milliseconds=40), "40 ms"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(minutes=5), "5 minutes"),
        (timedelta(days=2), "2 days"),
        (None, ""),
    ],
)
def test_durations_are_told_in_one_unit(duration, expected):
    assert span(duration) == expected


def test_a_score_is_told_in_hundredths():
    assert (percent(0.876), percent(None)) == ("88", "")


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("p\u0430ypal", "⚠ letters of several scripts, looks like “paypal”"),
        ("xn--80ak6aa92e.com", "⚠ “аррӏе” looks like “apple”"),
        ("𝗕𝗿𝗶𝗱𝗴𝗲", "⚠ styled letters, in plain ones “Bridge”"),
        ("a" + "\u0301" * 6, "⚠ many marks on one letter"),
    ],
)
def test_what_is_not_what_it_looks_like_is_told_beside_the_text(text, warning):
    shown = said(text, "en")

    assert shown.startswith('<bdi dir="ltr" lang="en">')
    assert shown.endswith(f'</bdi> <span class="disguise">{warning}</span>')


def test_many_disguises_make_few_marks():
    assert said(" ".join(f"p\u0430y{letter}" for letter in "abcdefgh")).count("disguise") == 3


@pytest.mark.parametrize("hidden", ["\ue000", "\U000f0000", "\U0010fffd", "\ufdd0"])
def test_private_characters_are_named(hidden):
    assert f"⟨U+{ord(hidden):04X}⟩" in visible(f"a{hidden}b")


def test_a_selector_belongs_to_a_picture_and_to_no_letter():
    assert ["U+FE0F" in visible(text) for text in ("1\ufe0f\u20e3", "ℹ\ufe0f", "❤\ufe0f", "a\ufe0fb")] == [
        *[False] * 3,
        True,
    ]


def test_a_date_is_written_as_django_writes_it_in_each_zone_and_language():
    moment = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    in_paris = moment.astimezone(ZoneInfo("Europe/Paris"))

    assert moment == in_paris
    assert date(moment, "c") == "2026-11-26T23:30:00+00:00"
    assert date(in_paris, "c") == "2026-11-27T00:30:00+01:00"
    assert date(moment, "DATE_FORMAT") == "Nov. 26, 2026"
    with translation.override("fr"):
        assert date(moment, "DATE_FORMAT") == "26 novembre 2026"
    assert date(moment.date(), "Y") == "2026"
    assert date(None, "Y") == ""


def test_a_choice_is_named_in_the_language_of_the_page_and_an_unknown_one_as_it_is_stored():
    claim = Claim(status=Status.OPEN)

    assert choice(claim, "status") == claim.get_status_display() == "Open"
    with translation.override("fr"):
        assert choice(claim, "status") == claim.get_status_display() != "Open"
    assert choice(Claim(status="burnt"), "status") == "burnt"


def test_the_warnings_beside_a_text_are_in_the_language_of_the_page():
    english = said("раypal.com")

    with translation.override("fr"):
        assert said("раypal.com") != english
    assert said("раypal.com") == english


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("هل هذا صحيح؟", "rtl"),
        ("« 12 % » — زعم الوزير", "rtl"),
        ("Est-ce vrai ?", "ltr"),
        ("Bu doğru mu? هل هذا صحيح؟", "ltr"),
        ("2026-11-27", "ltr"),
        ("", "ltr"),
        (None, "ltr"),
    ],
)
def test_a_block_runs_as_the_first_letter_of_its_text_does(text, way):
    assert runs(text) == way
