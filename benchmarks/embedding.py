"""Embedding: texts a CPU second as the product makes vectors, and by the bare model; how many vectors a document gets.

The two take turns with the same sentences in one process. Then documents are fetched over HTTP and read by the
product’s own steps, and texts that are hard for the model are embedded as a step does.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.crosslingual import INTO, read
from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say

DOCUMENTS = 10  # that are fetched and read
PER_DOCUMENT = 16  # sentences


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], number=160)
    given = chosen(options.data, options.number)
    with desk(WORKBENCH_SAMPLE="true", WORKBENCH_LOG_LEVEL="ERROR") as here:
        (here.var / "given.json").write_text(json.dumps(given))
        say(f"{len(given['texts'])} sentences, {len(given['documents'])} documents")
        found = here.told("embedded", "-m", "benchmarks.embedded", str(here.var / "given.json"))
    report(**found)


def chosen(data: Path, number: int) -> dict[str, list[str] | list[list[str]]]:
    """Return sentences of every language in turn, and documents that are made of English ones."""
    sentences = read(data)
    in_turn = [text for row in zip(*sentences.values(), strict=True) for text in row]
    english = sentences[INTO]
    documents = [english[start : start + PER_DOCUMENT] for start in range(0, DOCUMENTS * PER_DOCUMENT, PER_DOCUMENT)]
    return {"texts": in_turn[:number], "documents": [document for document in documents if document]}


if __name__ == "__main__":
    main()
