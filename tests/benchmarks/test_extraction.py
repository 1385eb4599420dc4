"""How texts are held against the gold."""

import pytest

from benchmarks.extraction import Page, Run, halves, match, scores, worse

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


def run(*texts):
    matches = [match(GOLD, text) for text in texts]
    return Run(scores(matches), matches, 1.0)


def test_a_page_is_worse_where_it_is_a_tenth_below_the_better_reference():
    found = [Page(b"", f"https://outlet.example.com/{number}", GOLD) for number in range(3)]
    references = {"fast": run("", GOLD, GOLD), "standard": run(GOLD, "", GOLD)}

    bad = worse(run("one two three four", GOLD, ""), references, found)

    assert bad == ["https://outlet.example.com/0", "https://outlet.example.com/2"]


def test_halves_are_every_second_page_and_the_others():
    assert halves(run(GOLD, "", GOLD, "")) == [1.0, 0.0]
