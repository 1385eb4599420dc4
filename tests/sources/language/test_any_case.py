import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.language.any_case import AnyCase, lowered
from sources.language.languages import registry, wall_words

KINDS = ("challenge", "locked", "sign_in", "cookies", "accept", "region")
PATTERNS = {kind: wall_words.either(lambda words, kind=kind: getattr(words, kind)) for kind in KINDS}
PATTERNS["not_found"] = registry.either(lambda language: language.pages.not_found)
EVERY_CHARACTER = "".join(map(chr, range(sys.maxunicode + 1)))


@pytest.mark.parametrize(
    ("pattern", "text", "is_in"),
    [
        ("log ?in|lock|ask", "Please LOGIN", True),
        ("log ?in|lock|ask", "LO", False),
        ("(sign|log) in|silence", "SiGn In", True),
        ("(sign|log) in|silence", "sign, log, silent", False),
        ("(re)?open(ed)?|(re)?ad", "Reopened", True),
        ("a(b(c|d)?|x) e", "AB E", True),
        ("a(b(c|d)?|x) e", "abx e", False),
        ("(ab)+c|abd", "ababC", True),
        ("(ab){2}c|abd", "abc", False),
        ("ab?c|abd", "AC", True),
        (r"\babo\b|abonn", "ein ABO.", True),
        (r"\babo\b|abonn", "about", False),
        (r"go on(?! (left|right))|go", "go on left", True),
        (r"go on(?! (left|right))", "GO ON LEFT", False),
        (r"go (?:on|in)", "go IN", True),
        (r"\d+ ?%|[([|]x|\(y", "|X", True),
        (r"\d+ ?%|[([|]x|\(y", "(Y", True),
        (r"\d+ ?%|[([|]x|\(y", "y|", False),
        (r"\S+ \w+", "É É", True),
        (r"[^\W\d_]+\Bx|[A-C]{2}!", "ÉX", True),
        (r"[^\W\d_]+\Bx|[A-C]{2}!", "_x", False),
        (r"[^\W\d_]+\Bx|[A-C]{2}!", "Ab!", True),
        (r"(?!)", "", False),
        ("réservé|lire la suite", "RÉSERVÉ AUX ABONNÉS", True),
        ("réservé|lire la suite", "RESERVE", False),
        ("giriş yap|kapalı", "GİRİŞ YAP", True),
        ("giriş yap|kapalı", "KAPALI", True),
        ("giriş yap|kapalı", "giris yap", False),
        ("للمشتركين|(سجل|سجّل) الدخول", "يرجى سجّل الدخول", True),
        ("للمشتركين|(سجل|سجّل) الدخول", "سجل المشتركين", False),
        ("(войдите|авторизуйтесь), чтобы", "АВТОРИЗУЙТЕСЬ, ЧТОБЫ", True),
    ],
)
def test_words_are_found_in_any_case(pattern, text, is_in):
    assert AnyCase(pattern).is_in(text) == bool(re.search(pattern, text, re.IGNORECASE)) == is_in


@pytest.mark.parametrize("kind", PATTERNS)
def test_what_a_table_matches_is_found_whole_in_capitals_and_cut_short(kind):
    known, ours = re.compile(PATTERNS[kind], re.IGNORECASE), AnyCase(PATTERNS[kind])

    @settings(max_examples=20, deadline=None)
    @given(st.from_regex(PATTERNS[kind], fullmatch=True))
    def compare(text):
        for each in (text, text.upper(), text.title(), text[1:], text[:-1], f"é{text}é"):
            assert ours.is_in(each) == bool(known.search(each)), each

    compare()


def test_letters_match_the_characters_that_they_match_where_case_is_ignored():
    letters = "".join(sorted(set(lowered("".join(PATTERNS.values())))))
    taken = {each for each, same in zip(EVERY_CHARACTER, lowered(EVERY_CHARACTER), strict=True) if same in letters}
    matched = set(re.findall(f"[{re.escape(letters)}]", EVERY_CHARACTER, re.IGNORECASE))

    assert taken == matched
    for letter in letters:
        known = re.compile(re.escape(letter), re.IGNORECASE)
        assert {each for each in matched if known.search(each)} == {each for each in matched if lowered(each) == letter}


@pytest.mark.parametrize("kind", [r"\w", r"\d", r"\s"])
def test_a_character_stays_one_of_its_kind(kind):
    places = [match.start() for match in re.finditer(kind, EVERY_CHARACTER)]

    assert [match.start() for match in re.finditer(kind, lowered(EVERY_CHARACTER))] == places
