import pytest

from claims.wording.queries import search_words, share_words
from tests.effort import at_most


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        (
            "Des « terroristes liés à Israël » étaient à l’origine de l’attaque.",
            "fr",
            ["terroristes", "israel", "lies"],
        ),
        ("The council said its fighters had taken 39 villages in Idlib.", "en", ["idlib", "39", "fighters"]),
        ("Saldırının arkasında İsrail bağlantılı teröristler olduğu iddia edildi.", "tr", ["saldirinin", "israil"]),
        ("أعلن الجيش أن إسرائيل قصفت حلب", "ar", ["اسراييل", "الجيش"]),
    ],
)
def test_quoted_words_come_first_then_numbers_and_names(text, language, first):
    found = search_words(text, language)

    assert found[: len(first)] == first


def test_words_that_tell_nothing_are_left_out():
    assert search_words("Il a été dit que cela avait été ainsi, avec tous les autres.", "fr") == ["dit"]


def test_a_word_is_asked_for_once_and_never_more_than_eight():
    found = search_words("Alep alep ALEP " + " ".join(f"mot{letter}" for letter in "abcdefghijkl"), "fr")

    assert len(found) == len(set(found)) == 8


def test_addresses_accounts_and_the_mark_of_a_repost_are_no_words_of_a_claim():
    assert search_words("RT @kiyi: köprü çöktü https://t.example/abc", "tr") == ["kopru", "coktu"]


def test_letters_in_another_style_are_read_as_letters():
    assert search_words("𝗕𝗥𝗘𝗔𝗞𝗜𝗡𝗚: bridge down", "en") == ["breaking", "bridge"]


@pytest.mark.parametrize(
    "carried",
    ["https://t.example/abc", "site.example/abc?d=e", "x-y.site.example/", "desk@site.example", "@kiyi@site.example"],
)
def test_an_address_or_account_is_no_word_wherever_it_stands(carried):
    assert search_words(f"bridge…{carried} fell" if carried[0] == "s" else f"bridge {carried} fell", "en") == [
        "bridge",
        "fell",
    ]


@pytest.mark.parametrize(
    ("query", "text", "language", "shared"),
    [
        ('"Arvel bridge" police', "The bridge at Arvel was closed.", "en", True),
        ("the was at", "The bridge at Arvel was closed.", "en", False),
        ("horoscope today", "The bridge at Arvel was closed.", "en", False),
        ("köprüsü", "Arvel köprüye kapatıldı", "tr", True),
        ("جسر", "أُغلق الجسر يوم الاثنين", "ar", True),
        ("1 200", "Some 1,200 people came", "en", True),
        ("7", "All 7 people came", "en", False),
        ("(Arvel OR أرفيل)", "أُغلق جسر أرفيل", "ar", True),
    ],
)
def test_a_query_is_about_a_text_where_they_share_a_specific_word_a_name_or_a_number(query, text, language, shared):
    assert share_words(query, text, language) is shared


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00"])
def test_a_claim_without_words_asks_for_nothing(text):
    assert search_words(text, "fr") == []


@pytest.mark.parametrize("character", ["«", '"', ", ", "1.", "1 000", "a", "\u064b", "’", "\n", "a.", "a@", "RT\n"])
def test_a_hostile_claim_takes_no_longer_than_any_other(character):
    with at_most(8):  # a quadratic pattern would take minutes
        search_words(character * 100_000, "fr")
