"""How shortlists of checked claims are judged."""

import pytest

from benchmarks.matching import Post, average_precision, figures, kept, read

POST = Post("a post", frozenset({"a", "b"}))


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [(["a", "b"], 1.0), (["x", "a"], 0.25), (["a", "x", "y", "z", "q", "b"], 0.5), ([], 0.0)],
)
def test_average_precision_is_of_the_first_five(ranked, expected):
    assert average_precision(POST, ranked) == expected


@pytest.mark.parametrize(
    ("best", "expected"),
    [
        ([], 0),
        ([(0.1, False)], 0),
        ([(0.9, True), (0.8, False)], 1),
        ([(0.5, False), *[(1.0 + place, True) for place in range(19)]], 20),
        ([(0.5, False), (0.5, True), *[(1.0 + place, True) for place in range(17)]], 17),
    ],
    ids=["none", "one that is wrong", "the surest", "one wrong in twenty", "one threshold for both"],
)
def test_the_surest_answers_are_kept_while_enough_are_right(best, expected):
    assert kept(best) == expected


def test_a_post_without_an_answer_counts():
    found = figures(["a", "x"], [POST, POST], [[(0, 2.0)], []])

    assert found == {"map_at_5": 0.25, "recall_at_10": 0.25, "kept_at_precision_95": 0.5}


@pytest.mark.parametrize("name", ["queries.jsonl", "mine.jsonl"])
def test_the_posts_to_test_with_are_not_those_to_train_with(tmp_path, name):
    (tmp_path / "all.jsonl").write_text('{"id": 1, "title": "T", "claim": "C"}\n\n{"id": 2, "claim": "D"}\n')
    (tmp_path / "a_train.jsonl").write_text('{"id": 8, "text": "to train", "relevant": ["1"]}\n')
    (tmp_path / name).write_text('{"id": 9, "text": "to test", "relevant": [2]}\nno JSON\n')

    claims, posts = read(tmp_path, "queries")

    assert claims == [("1", "T\nC"), ("2", "D")]
    assert posts == [("to test", frozenset({"2"}))]
    assert read(tmp_path, "a_train")[1][0].text == "to train"
