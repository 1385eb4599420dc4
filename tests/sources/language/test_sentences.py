import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.language import sentences
from tests.effort import at_most

ALPHABET = st.sampled_from([*"abcABC é.!?…«»“”\"'’()12\n\u00a0 \tİıŞ،؟ابت。،-", "Dr. ", "M. ", ". ", ".\n"])
TEXTS = st.lists(ALPHABET, max_size=300).map("".join)
LANGUAGES = st.sampled_from(["fr", "en", "tr", "ar", "de", ""])


def pieces(text, language):
    return [text[start:end] for start, end in sentences.split(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["M. Dupont est arrivé.", "Il a dit : « Je pars. »", "Puis rien."]),
        ("fr", ["Le 29 nov. 2024, tout a commencé !", "Pourquoi ?", "On l’ignore."]),
        ("fr", ["« Pourquoi partir ? », demande-t-il.", "Nul ne sait."]),
        ("fr", ["Aux termes de l’art. 12, il n’y a qu’env. 3 œuvres d’art.", "Puis rien."]),
        ("en", ["Dr. Smith of the U.S. Army left.", "“It is over.”", "He said so."]),
        ("en", ["J. R. Tolkien paid $3.50 at 5 p.m. sharp.", "Then he left."]),
        ("tr", ["2. Dünya Savaşı 1945’te bitti.", "Prof. Dr. Ak konuştu.", "29. gün sakindi."]),
        ("tr", ["Elma, armut vs. aldı.", "Sonra süt, ekmek vs.", "Eve döndü."]),
        ("ar", ["قال د. سامر إن الوضع صعب.", "هل انتهى الأمر؟", "لا أحد يعلم."]),
        ("ja", ["終わった。", "次へ。"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(language, expected):
    text = ("" if language == "ja" else " ").join(expected)

    assert pieces(text, language) == expected


def test_a_line_break_always_ends_a_sentence():
    assert pieces("Un titre sans point\nPuis le texte", "fr") == ["Un titre sans point", "Puis le texte"]


def test_short_sentences_join_the_next_and_the_last_one_the_one_before():
    text = "Pourquoi ? Personne n’a su répondre à cette question hier soir. Silence.\nUn autre paragraphe ici."

    found = [text[start:end] for start, end in sentences.passages(text, "fr")]

    assert found == [
        "Pourquoi ? Personne n’a su répondre à cette question hier soir. Silence.",
        "Un autre paragraphe ici.",
    ]


def test_a_sentence_without_end_is_cut_at_spaces():
    text = "mot " * 1000

    found = sentences.passages(text, "fr")

    assert max(end - start for start, end in found) <= sentences.LONGEST
    assert {text[start:end][-3:] for start, end in found} == {"mot"}


@settings(max_examples=300, deadline=None)
@given(TEXTS, LANGUAGES)
def test_spans_are_exact_ordered_and_cover_all_that_is_not_space(text, language):
    for found in (sentences.split(text, language), sentences.passages(text, language)):
        ends = [0] + [end for _start, end in found]

        assert all(start >= before for (start, _end), before in zip(found, ends, strict=False))
        assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
        assert not any("\n" in text[start:end] for start, end in found)
        assert "".join("".join(text[s:e].split()) for s, e in found) == "".join(text.split())


@pytest.mark.parametrize("character", [".", "»", '"', " ", "A", "«", "?\u00a0»", "Dr. ", "\u00a0"])
def test_a_hostile_text_takes_no_longer_than_any_other(character):
    text = character * 100_000

    with at_most(20):  # backtracking would take minutes
        sentences.passages(text, "fr")
