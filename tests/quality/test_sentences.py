"""How well sentences are found in translated news; the floors are what was measured, less a hair."""

from itertools import accumulate

import pytest

from sources.language import sentences
from tests.places import SHARED

NTREX = SHARED / "data" / "ntrex"

# Boundary F1. What is missed are headlines without a full stop and translators' segments of two sentences.
FLOORS = {"en": 0.952, "fr": 0.919, "tr": 0.914, "ar": 0.948}


def documents(language):
    found = {}
    for line in (NTREX / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        number, sentence = line.split("\t", 1)
        found.setdefault(number, []).append(sentence)
    return found.values()


@pytest.mark.skipif(not NTREX.exists(), reason="the labelled sentences are not beside this checkout")
@pytest.mark.parametrize(("language", "floor"), FLOORS.items())
def test_sentence_ends_are_found(language, floor):
    right = found = gold = 0

    for rows in documents(language):
        text = " ".join(rows)
        ends = {end - 1 for end in accumulate(len(row) + 1 for row in rows)} - {len(text)}
        guessed = {end for _start, end in sentences.split(text, language)} - {len(text)}
        right, found, gold = right + len(ends & guessed), found + len(guessed), gold + len(ends)

    assert 2 * right / (found + gold) >= floor
