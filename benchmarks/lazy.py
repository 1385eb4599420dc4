"""Lazy embedding: what is suggested where passages get vectors when a claim comes upon them, of what all vectors give.

An invented press is made of real sentences. Some articles bear on a claim: one sentence deep in the text says the same
in another language, and neither title nor lead is about it.
"""

from __future__ import annotations

import json
import random
from typing import Any

from benchmarks.crosslingual import Sentences, read
from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say, unusable

LENGTH = 14  # passages of an article
DEEP = 7  # passages before the one that bears on a claim, at least
PER_CLAIM = 4  # articles that bear on it


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], articles=400, claims=20, sentences=200)
    sentences = read(options.data)
    if options.claims * PER_CLAIM > options.articles:
        unusable(f"Each claim needs {PER_CLAIM} articles: give more --articles or fewer --claims.")
    if options.claims + LENGTH > min(options.sentences, len(next(iter(sentences.values())))):
        unusable("There are too few sentences for so many claims.")
    given = press(sentences, options.articles, options.claims, options.sentences)
    with desk(WORKBENCH_LOG_LEVEL="ERROR") as here:
        (here.var / "given.json").write_text(json.dumps(given))
        say(f"{len(given['articles'])} articles, {len(given['claims'])} claims")
        found = here.told("lazily", "-m", "benchmarks.lazily", str(here.var / "given.json"))
    report(**found)


def press(sentences: Sentences, articles: int, claims: int, most: int) -> dict[str, Any]:
    """Return articles, claims, and which articles bear on each claim; always the same.

    The first sentences are the claims. They stand in no other article, and what is around them is drawn from the rest.
    """
    draw = random.Random(1)
    languages = sorted(sentences)
    made = []
    bears: list[list[int]] = [[] for _claim in range(claims)]
    for place in range(articles):
        language = languages[place % len(languages)]
        others = sentences[language][claims:most]
        title, *body = draw.sample(others, LENGTH + 1)
        claim = place // len(languages) % claims
        if place < claims * PER_CLAIM:
            body[draw.randrange(DEEP, LENGTH)] = sentences[language][claim]
            bears[claim].append(place)
        made.append({"title": title, "language": language, "passages": body})
    asked = [(languages[number % len(languages)], number) for number in range(claims)]
    return {
        "articles": made,
        "claims": [(language, sentences[language][number]) for language, number in asked],
        "bears": bears,
    }


if __name__ == "__main__":
    main()
