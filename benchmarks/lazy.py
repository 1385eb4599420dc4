"""Lazy embedding: what is suggested where passages get vectors later, of what is suggested where all have vectors.

An invented press is made of real news, in several languages. Some articles bear on a claim: one sentence deep in the
text says the same in another language. Most of them report on the matter; in one of four, the sentence strayed into an
article about something else, so that neither title nor lead can lead to it.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.crosslingual import INTO, Sentences, read
from benchmarks.desk import desk
from benchmarks.measuring import arguments, files, report, say, unpacked, unusable

LENGTH = 14  # passages of an article, at most
OPENING = 4  # passages that all articles on a matter share: what a reading’s vector is made of
DEEP = 7  # passages before the one that bears on a claim
PER_CLAIM = 4  # articles that bear on it
SHORTEST = 10  # sentences of a document that is used


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], articles=400, claims=20)
    sentences = read(options.data)
    documents = documents_of(options.data, len(sentences[INTO]))
    if options.claims * PER_CLAIM > options.articles:
        unusable(f"Each claim needs {PER_CLAIM} articles: give more --articles or fewer --claims.")
    if options.claims >= len(documents) or len(sentences) < PER_CLAIM:
        unusable("There are too few documents for so many claims, or fewer than four languages.")
    given = press(sentences, documents, options.articles, options.claims)
    with desk(WORKBENCH_LOG_LEVEL="ERROR") as here:
        (here.var / "given.json").write_text(json.dumps(given))
        say(f"{len(given['articles'])} articles, {len(given['claims'])} claims")
        found = here.told("lazily", "-m", "benchmarks.lazily", str(here.var / "given.json"))
    report(**found)


def documents_of(data: Path, number: int) -> list[list[int]]:
    """Return the places of the sentences of each document that is long enough, by the numbers beside the sentences."""
    content = next((content for name, content in files(data, "ntrex") if Path(name).name.startswith(f"{INTO}.")), b"")
    lines = [line for line in unpacked(INTO, content).decode("utf-8", "replace").splitlines() if line.strip()]
    found: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines[:number]):
        found[line.partition("\t")[0]].append(place)
    return [places for places in found.values() if len(places) >= SHORTEST]


def press(sentences: Sentences, documents: list[list[int]], articles: int, claims: int) -> dict[str, Any]:
    """Return articles, claims, and which articles bear on each claim; always the same.

    A claim is a sentence of one of the first documents. It stands in no other article than those that bear on it.
    """
    draw = random.Random(1)
    languages = sorted(sentences)
    said = [documents[number][-2] for number in range(claims)]
    made: list[dict[str, Any]] = []
    bears: list[dict[str, list[int]]] = []
    for number, claim in enumerate(said):
        others = [language for place, language in enumerate(languages) if place != number % len(languages)]
        about = [article(draw, sentences[language], documents[number], said, claim) for language in others[:3]]
        elsewhere = documents[claims + number % (len(documents) - claims)]
        stray = article(draw, sentences[others[number % 3]], elsewhere, said, claim)
        bears.append({"about": [len(made), len(made) + 1, len(made) + 2], "stray": [len(made) + 3]})
        for language, (title, body) in zip((*others[:3], others[number % 3]), (*about, stray), strict=True):
            made.append({"title": title, "language": language, "passages": body})
    while len(made) < articles:
        language = languages[len(made) % len(languages)]
        title, body = article(draw, sentences[language], draw.choice(documents), said, None)
        made.append({"title": title, "language": language, "passages": body})
    asked = [(languages[number % len(languages)], claim) for number, claim in enumerate(said)]
    return {
        "articles": made,
        "claims": [(language, sentences[language][claim]) for language, claim in asked],
        "bears": bears,
    }


def article(
    draw: random.Random, sentences: list[str], document: list[int], said: list[int], claim: int | None
) -> tuple[str, list[str]]:
    """Return title and passages of an article from a document, in which a claim may stand deep.

    All articles on a matter open alike, as those of one agency do; what follows is drawn for each.
    """
    first, *others = (place for place in document if place not in said)
    opening, rest = others[:OPENING], others[OPENING:]
    body = opening + sorted(draw.sample(rest, min(len(rest), LENGTH - 1 - len(opening))))
    if claim is not None:
        body.insert(min(len(body), DEEP), claim)
    return sentences[first], [sentences[place] for place in body]


if __name__ == "__main__":
    main()
