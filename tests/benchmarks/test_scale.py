"""The benchmark of scale: its invented coverage is always the same, and it gives growth for ten times the passages."""

import numpy as np
import pytest

from benchmarks import synthetic
from benchmarks.scale import GROWING, growth, sizes_of


@pytest.mark.parametrize("topic", [0, 79, 80, 6_399, 500_000])
def test_a_text_names_its_topic_in_every_language(topic):
    draw = np.random.default_rng(1)

    for language in synthetic.LANGUAGES:
        assert synthetic.topic_of(synthetic.sentence(draw, language, topic, named=True)) == topic
    assert synthetic.topic_of(synthetic.sentence(draw, "en", topic, named=False)) is None


def test_texts_are_the_same_at_every_run_and_in_four_languages():
    first, again = (list(synthetic.texts(4, 3)) for _time in range(2))

    assert first == again
    assert [text.language for text in first] == list(synthetic.LANGUAGES)
    assert {len(text.passages) for text in first} == {synthetic.PER_TEXT}


def test_vectors_of_one_topic_are_nearer_to_each_other_than_to_others():
    draw = np.random.default_rng(1)
    mine, other, french = (
        synthetic.vector(synthetic.sentence(draw, language, topic, named=True))
        for language, topic in (("en", 1), ("en", 2), ("fr", 1))
    )
    mine_again = synthetic.vector(synthetic.sentence(draw, "en", 1, named=True))

    assert mine @ mine_again > mine @ french > mine @ other
    assert mine @ mine == pytest.approx(1, abs=1e-5)


def test_growth_is_per_ten_times_as_much():
    small, large = (dict.fromkeys(GROWING, value) | {"passages": size} for value, size in ((1.0, 10), (9.0, 1_000)))

    assert set(growth([small, large]).values()) == {3.0}
    assert growth([small]) is None


@pytest.mark.parametrize("words", ["", "many", "10,20"])
def test_sizes_that_say_nothing_are_refused(words):
    with pytest.raises(SystemExit) as ending:
        sizes_of(words)

    assert ending.value.code == 2
