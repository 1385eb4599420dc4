import pytest

from sources.language.word_forms import LONGEST_WORD, searchable, word_forms


def words(text):
    return [form for forms in word_forms(text) for form in forms]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L’armée a fermé le pont", ["l", "armee", "a", "ferme", "le", "pont"]),
        ("İSTANBUL’da ışık", ["istanbul", "da", "isik"]),
        ("٣٤ قتيلا", ["34", "قتيلا"]),
        (
            "https://www.example.com/news/le-pont_ferme?id=5",
            ["www", "example", "com", "news", "le", "pont", "ferme", "id", "5"],
        ),
        ("http://a.example/%D8%AE%D8%A8%D8%B1", ["a", "example", "خبر"]),
        ("爆発 in 東京", ["爆", "発", "in", "東", "京"]),
        ("\0 & | ! ( ) : * ' \" \u202e …", []),
    ],
)
def test_a_text_is_cut_into_folded_words(text, found):
    assert words(text) == found


@pytest.mark.parametrize("word", ["الهجوم", "والهجوم", "بالهجوم", "كالهجوم", "فالهجوم", "للهجوم", "وللهجوم"])
def test_an_arabic_word_is_found_without_its_article(word):
    assert "هجوم" in words(word)


@pytest.mark.parametrize("word", ["الله", "المي", "الف"])
def test_three_letters_are_left_of_an_arabic_word(word):
    assert words(word) == [word]


def test_a_word_that_never_ends_is_cut():
    assert words("x" * 10_000) == ["x" * LONGEST_WORD]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("At p\u0430ypal, today.", "at p\u0430ypal, today. paypal,"),
        ("pay\u034fpal 𝗽𝗮𝘆𝗽𝗮𝗹", "paypal paypal"),
        ("Место у реки", "место у реки"),
        ("L’été", "l'ete"),
    ],
)
def test_a_passage_is_searched_by_its_plain_words_too(text, folded):
    assert searchable(text) == folded
