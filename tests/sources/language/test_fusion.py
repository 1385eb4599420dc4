import numpy as np
import pytest

from sources.language import fusion

NAN = np.nan


def test_scores_are_measured_against_the_best_of_their_search():
    scores = fusion.normalized(np.array([4.0, 2.0, 0.0, NAN]), most=3)

    assert scores.mean() == pytest.approx(-0.306, abs=1e-3)
    assert scores[0] > scores[1] > scores[2] == scores[3]


@pytest.mark.parametrize("scores", [[NAN, NAN], [], [NAN]])
def test_a_search_that_found_nothing_decides_nothing(scores):
    assert fusion.normalized(np.array(scores)).tolist() == [0.0] * len(scores)


def test_one_that_was_found_alone_is_better_than_none():
    assert fusion.normalized(np.array([NAN, 3.0])).tolist() == [-1.0, 0.0]


def test_words_decide_nothing_across_languages():
    words, meaning, grams = np.array([9.0, 0.0]), np.array([0.82, 0.82]), np.array([0.0, 0.0])
    searches = {"words": words, "meaning": meaning, "grams": grams}

    within, across = fusion.fused(searches, [True, True]), fusion.fused(searches, [False, False])

    assert within[0] > within[1]
    assert across[1] == across[0]


def test_texts_of_the_own_language_do_not_hide_those_of_others():
    meaning = np.array([0.90, 0.89, 0.82, 0.70])

    scores = fusion.fused({"meaning": meaning}, [True, True, False, False])

    assert scores[2] > scores[1]
