import numpy as np
import pytest

from sources.language import similarity
from sources.language.similarity import Shared, Worded

CLAIM = Worded("Trump a rencontré 39 soldats à Idlib", "fr")


def rows(*cosines):
    """Vectors of length one whose first coordinate is their cosine with the claim (1, 0)."""
    return np.array([[cosine, (1 - cosine**2) ** 0.5] for cosine in cosines], dtype=np.float32)


QUERY = np.array([[1.0, 0.0]], dtype=np.float32)


@pytest.mark.parametrize(
    ("one", "other"),
    [("trump", "ترامب"), ("israel", "اسراييل"), ("idlib", "ادلب"), ("velas", "فيلاش"), ("moscou", "moskova"[:5])],
)
def test_a_name_sounds_alike_in_another_script(one, other):
    assert similarity.sounds(one) == similarity.sounds(other)


def test_it_shows_the_numbers_names_and_words_that_both_have():
    shared = similarity.why(CLAIM, Worded("قال ترامب إن ٣٩ جندياً في إدلب", "ar"))

    assert shared == Shared(numbers=("٣٩",), names=("ترامب", "إدلب"))


def test_a_word_is_recognized_under_its_ending():
    shared = similarity.why(Worded("Les soldats syriens", "fr"), Worded("un soldat syrien", "fr"))

    assert shared.words == ("soldat", "syrien")


def test_a_thousand_is_the_same_number_however_it_is_grouped():
    claim, passage = similarity.features("10 000 civils", "fr"), similarity.features("10.000 sivil", "tr")

    assert claim.numbers.keys() == passage.numbers.keys() == {"10000"}


def test_the_closer_passage_scores_higher():
    passages = [Worded("une chose", "fr"), Worded("une autre", "fr"), Worded("encore une", "fr")]

    scores = similarity.score([CLAIM], QUERY, passages, rows(0.70, 0.95, 0.80))

    assert list(np.argsort(scores)) == [0, 2, 1]
    assert scores[1] > similarity.SUGGEST > scores[2]


def test_passages_in_another_language_are_compared_among_themselves():
    passages = [Worded("x", "fr")] * 30 + [Worded("x", "ar")] * 30
    cosines = [0.83] * 29 + [0.84] + [0.78] * 29 + [0.84]

    scores = similarity.score([CLAIM], QUERY, passages, rows(*cosines))

    assert scores[-1] > similarity.SUGGEST > scores[29]


def test_a_shared_name_and_number_lift_a_passage():
    passages = [Worded("39 soldiers met Trump in Idlib", "en"), Worded("nothing of the kind", "en")]

    scores = similarity.score([CLAIM], QUERY, passages, rows(0.82, 0.82))

    assert scores[0] > similarity.SUGGEST > scores[1]


def test_without_vectors_words_alone_must_carry_it():
    passages = [
        Worded("Trump rencontre 39 soldats dans la ville d’Idlib", "fr"),
        Worded("Le festival ouvre à Idlib", "fr"),
    ]

    scores = similarity.score([CLAIM], None, passages, None)

    assert scores[0] > similarity.SUGGEST > scores[1]


def test_the_best_of_several_wordings_counts():
    passages = [Worded("une chose", "fr")]
    vectors = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)

    both = similarity.score([CLAIM, CLAIM], vectors, passages, rows(0.95))
    one = similarity.score([CLAIM], vectors[:1], passages, rows(0.95))

    assert both == one


@pytest.mark.parametrize(("wordings", "passages"), [([], []), ([CLAIM], []), ([], [CLAIM])])
def test_nothing_to_compare_gives_no_similarity(wordings, passages):
    assert similarity.score(wordings, None, passages, None).tolist() == [0.0] * len(passages)
