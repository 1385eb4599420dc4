"""How texts are held against the gold."""

import pytest

from benchmarks.extraction import match, scores

GOLD = "one two three four five"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([(GOLD, GOLD)], (1.0, 1.0, 1.0)),
        ([(GOLD, "one two three four")], (0.6667, 1.0, 0.5)),
        ([(GOLD, GOLD), (GOLD, "")], (0.6667, 1.0, 0.5)),
        ([(GOLD, GOLD), ("", GOLD)], (0.6667, 0.5, 1.0)),
        ([(GOLD, "")], (0.0, 0.0, 0.0)),
        ([("", "")], (0.0, 0.0, 0.0)),
    ],
)
def test_precision_is_of_what_was_found_and_recall_of_what_there_is(given, expected):
    found = scores([match(gold, text) for gold, text in given])

    assert (found["f1"], found["precision"], found["recall"]) == expected
