"""Ask the product for the best passages for each question: all texts are loaded, embedded and indexed first."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
import numpy as np
from numpy.typing import NDArray

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from benchmarks import bm25, holdings  # noqa: E402
from benchmarks.measuring import say  # noqa: E402
from benchmarks.synthetic import Text  # noqa: E402
from sources.language.detection import language_of_part  # noqa: E402
from sources.language.similarity import Worded  # noqa: E402
from sources.models import PassageVector  # noqa: E402
from sources.reading import embedding, retrieval, vector_index  # noqa: E402
from sources.reading.retrieval import Query  # noqa: E402
from workbench.desk import owner  # noqa: E402

DEEP = 20  # answers kept for each question

Vectors = NDArray[np.float32]


def answer(asked: Path) -> dict[str, Any]:
    """Return the shortlists for the questions in a file, by the product and by two references.

    The file has ``texts`` and ``questions``, each a list of [language, text], and ``vectors``: a path for vectors that
    a run before this one made; empty for none. Answers are places in the list of texts, with scores, the best first.
    """
    given = json.loads(asked.read_text())
    texts = [Worded(text, language_of_part(text, language)) for language, text in given["texts"]]  # as passages have it
    wordings = [Worded(text, language) for language, text in given["questions"]]
    model = embedding.model()
    if not model:
        raise SystemExit("No embedding model runs on this machine.")
    holdings.load(Text(text.text[:80], text.language, [text.text]) for text in texts)
    matrix, asking = _vectors(texts, wordings, model, given["vectors"])
    rows = [(number, text.language, row) for number, (text, row) in enumerate(zip(texts, matrix, strict=True), 1)]
    holdings.keep_vectors(PassageVector, model, rows)
    vector_index.build(model, embedding.width(model))
    holdings.settle()
    questions = [Query(wording, row) for wording, row in zip(wordings, asking, strict=True)]
    ours, seconds = [], time.monotonic()
    for number, question in enumerate(questions, 1):
        pool = retrieval.retrieve([question], model)
        best = zip(pool.passages, pool.promise, strict=True)
        ours.append([(row.pk - 1, score) for row, score in list(best)[:DEEP]])
        if not number % 50:
            say(f"{number} of {len(questions)} questions")
    seconds = (time.monotonic() - seconds) / max(1, len(questions))
    plain = bm25.Index([text.text for text in texts])
    return {
        "ours": ours,
        "bm25": [best_of(plain.scores(wording.text)) for wording in wordings],
        "embeddings": [best_of(matrix @ row) for row in asking],
        "seconds": seconds,
        "model": model,
    }


def best_of(scores: NDArray[Any]) -> list[tuple[int, float]]:
    """Return the places of the highest scores, with these, the best first."""
    return [(int(place), float(scores[place])) for place in np.argsort(-scores, kind="stable")[:DEEP]]


def _vectors(texts: Sequence[Worded], wordings: Sequence[Worded], model: str, kept: str) -> tuple[Vectors, Vectors]:
    """Return the vectors of texts and questions: those kept in a file, if they are as many."""
    path = Path(kept) if kept else None
    if path and path.exists():
        both: Vectors = np.load(path)
        if len(both) == len(texts) + len(wordings):
            return both[: len(texts)], both[len(texts) :]
        say(f"{path} is of other data.")
    made: list[Any] = []
    while len(made) < len(texts):
        made += embedding.of_passages([text.text for text in texts[len(made) :]], model, 30)
        say(f"{len(made)} of {len(texts)} texts embedded")
    asking = embedding.of_claims([wording.text for wording in wordings], model)
    blank = np.zeros(embedding.width(model), dtype=np.float32)
    both = np.stack([blank if row is None else row for row, _reason in (*made, *asking)])
    if path:
        np.save(path, both)
    return both[: len(texts)], both[len(texts) :]


if __name__ == "__main__":
    with owner.acting():  # who may count on sequences, vacuum and index
        sys.stdout.write(json.dumps(answer(Path(sys.argv[1]))) + "\n")
