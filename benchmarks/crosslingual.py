"""Across languages: whether a sentence finds its own English one among all, as the product ranks; cosines beside it.

The English sentences are held as passages; sentences of each other language are the questions, evenly taken from all.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.desk import desk
from benchmarks.measuring import arguments, files, report, say, unpacked, unusable

INTO = "en"

Sentences = dict[str, list[str]]  # by language; those at the same place say the same


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], number=200, vectors="")
    sentences = read(options.data)
    asked = chosen(sentences, options.number)
    say(f"{len(asked)} questions, {len(sentences[INTO])} English sentences")
    given = {
        "texts": [(INTO, text) for text in sentences[INTO]],
        "questions": [(language, sentences[language][place]) for language, place in asked],
        "vectors": str(Path(options.vectors).absolute()) if options.vectors else "",
    }
    with desk(WORKBENCH_LOG_LEVEL="ERROR") as here:
        (here.var / "asked.json").write_text(json.dumps(given))
        found = here.told("shortlists", "-m", "benchmarks.shortlists", str(here.var / "asked.json"))
    report(
        **precision(asked, sentences[INTO], found["ours"]),
        sentences=len(sentences[INTO]),
        questions=len(asked),
        milliseconds_per_question=round(found["seconds"] * 1000, 1),
        reference={name: precision(asked, sentences[INTO], found[name]) for name in ("bm25", "embeddings")},
    )


def read(data: Path) -> Sentences:
    """Return the sentences of each language from files named for it, ``fr.tsv``: a number, a tab, a sentence."""
    found: Sentences = {}
    for name, content in files(data, "ntrex"):
        language, dot, ending = Path(name.removesuffix(".gz")).name.partition(".")
        if dot and ending in {"tsv", "txt"} and language.isalpha() and len(language) in {2, 3}:
            lines = unpacked(name, content).decode("utf-8", "replace").splitlines()
            found[language] = [line.partition("\t")[2] or line for line in lines if line.strip()]
    english = found.get(INTO, [])
    of_one_length = {language: texts for language, texts in found.items() if len(texts) == len(english)}
    if not english or len(of_one_length) == 1:
        unusable(f"There is no {INTO}.tsv with as many sentences as another language has in {data}.")
    return of_one_length


def chosen(sentences: Sentences, number: int) -> list[tuple[str, int]]:
    """Return which sentences ask: so many of each language, by their places."""
    whole = len(sentences[INTO])
    places = sorted({index * whole // number for index in range(number)})
    return [(language, place) for language in sentences if language != INTO for place in places]


def precision(asked: list[tuple[str, int]], english: list[str], shortlists: list[Any]) -> dict[str, float]:
    """Return how many of each language found their own sentence first; another one of the same words is as good."""
    right: dict[str, list[bool]] = {}
    for (language, place), shortlist in zip(asked, shortlists, strict=True):
        hit = bool(shortlist) and english[shortlist[0][0]] == english[place]
        right.setdefault(f"{language}_{INTO}", []).append(hit)
    return {name: round(sum(hits) / len(hits), 4) for name, hits in right.items()}


if __name__ == "__main__":
    main()
