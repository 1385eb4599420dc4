import time

import pytest

from claims.wording.queries import search_words


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


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00"])
def test_a_claim_without_words_asks_for_nothing(text):
    assert search_words(text, "fr") == []


@pytest.mark.parametrize("character", ["«", '"', "1.", "1 000", "a", "\u064b", "’"])
def test_a_hostile_claim_takes_no_longer_than_any_other(character):
    started = time.perf_counter()
    search_words(character * 100_000, "fr")

    assert time.perf_counter() - started < 2
