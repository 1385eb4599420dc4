from decimal import Decimal

import pytest

from sources.language.numerals import digits, number, tokens


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("10,000", "en", 10000),
        ("10.000", "tr", 10000),
        ("10.000", "fr", 10000),
        ("10 000", "fr", 10000),
        ("1.234.567", "en", 1234567),
        ("3,5", "fr", Decimal("3.5")),
        ("3.5", "en", Decimal("3.5")),
        ("1,674.5", "en", Decimal("1674.5")),
        ("192.168.1.2", "en", None),
        ("9" * 16, "en", None),
    ],
)
def test_what_dot_and_comma_mean_hangs_on_the_language(written, language, value):
    assert digits(written, language) == value


@pytest.mark.parametrize(
    ("words", "language", "value"),
    [
        ("twelve", "en", 12),
        ("two hundred and fifty", "en", 250),
        ("twenty-one", "en", 21),
        ("quatre-vingt-dix-neuf", "fr", 99),
        ("mille deux cents", "fr", 1200),
        ("soixante et onze", "fr", 71),
        ("neuf mille neuf cent quatre-vingt-dix", "fr", 9990),
        ("10 mille", "fr", 10000),
        ("yirmi bir", "tr", 21),
        ("8 bin", "tr", 8000),
        ("iki yüz elli", "tr", 250),
        ("ثمانية آلاف", "ar", 8000),
        ("خمسة وعشرون", "ar", 25),
        ("ثلاثة عشر", "ar", 13),
        ("عشر", "ar", 10),
        ("٦٠٠ ألف", "ar", 600000),
    ],
)
def test_numbers_are_read_in_words(words, language, value):
    found = tokens(words)

    assert number(found, 0, language) == (value, len(found))


@pytest.mark.parametrize(
    ("word", "language"), [("un", "fr"), ("one", "en"), ("bir", "tr"), ("ville", "fr"), ("cent", ""), ("عشر", "")]
)
def test_an_article_is_no_number(word, language):
    assert number(tokens(word), 0, language) is None


@pytest.mark.parametrize("text", ["F16", "Covid-19", "14:30", "29/11/2024", "2024-11-29", "19th"])
def test_names_dates_and_times_hold_no_numbers(text):
    assert not [token for token in tokens(text) if token.digits]
