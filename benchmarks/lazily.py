"""Follow claims over the same articles: at once, in time, and with all vectors from the start.

At once, there are the vectors that reading makes, and those that the claim asks for. In time, workers have embedded the
other passages and compared them with the open claims.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import django
import numpy as np
from numpy.typing import NDArray

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from benchmarks import holdings, staff  # noqa: E402
from benchmarks.measuring import say  # noqa: E402
from benchmarks.synthetic import Text  # noqa: E402
from claims import following  # noqa: E402
from claims.evidence import coverage_matching  # noqa: E402
from claims.models import Claim  # noqa: E402
from sources.language import embedding_model  # noqa: E402
from sources.models import Passage, PassageVector, Reading, ReadingVector  # noqa: E402
from sources.reading import embedding, reembedding, vector_index  # noqa: E402
from workbench.desk import owner  # noqa: E402
from workbench.desk.models import User  # noqa: E402
from workbench.desk.roles import Role  # noqa: E402
from workbench.desk.work_queue import drain, take_step  # noqa: E402

MOST_STEPS = 200
SLICE = timedelta(seconds=5)  # of one kind of work before the other
AT_ONCE = 200

Suggested = list[set[int]]  # passages, for each claim


class Remembering:
    """The model, which makes the vector of a sentence once: the articles repeat their sentences."""

    def __init__(self) -> None:
        self.known: dict[str, NDArray[np.float32]] = {}
        self.make = embedding_model.embed_passages

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector for each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known |= dict(zip(new, self.make(new), strict=True))
        return np.stack([self.known[text] for text in texts])


def figures(given: dict[str, Any]) -> dict[str, Any]:
    """Return what both ways find."""
    model = embedding.model()
    embedding_model.embed_passages = Remembering().embed_passages
    texts = [Text(row["title"], row["language"], row["passages"]) for row in given["articles"]]
    holdings.load(texts)
    readings = list(Reading.objects.order_by("pk"))
    keep(ReadingVector, model, readings, [reembedding.beginning(row.title, row.text) for row in readings])
    first = list(Passage.objects.filter(start=0).order_by("pk"))
    keep(PassageVector, model, first, [row.exact for row in first])
    vector_index.build(model, embedding.width(model))
    holdings.settle()
    by = staff.person("edith", Role.EDITOR)
    lazy, embedded = followed(given["claims"], by, forget=True)
    rest_in_background()
    in_time = [set(claim.evidence.values_list("passage", flat=True)) for claim in Claim.objects.order_by("pk")]
    holdings.settle()
    eager, _none = followed(given["claims"], by, forget=False)
    return compared(given, lazy, in_time, eager) | {
        "embedded_per_claim": round(embedded / len(given["claims"]), 1),
        "articles": len(texts),
        "passages": Passage.objects.count(),
        "claims": len(given["claims"]),
    }


def rest_in_background() -> None:
    """Embed the other passages, and compare them with the open claims, as workers do while nothing else waits."""
    for number in count(1):
        done = drain(reembedding.due(), reembedding.embed, budget=SLICE)
        done += drain(coverage_matching.due(), coverage_matching.compare, budget=SLICE)
        if not done:
            return
        if number % 20 == 0:
            say(f"{PassageVector.objects.count()} of {Passage.objects.count()} passages have vectors")


def compared(given: dict[str, Any], lazy: Suggested, in_time: Suggested, eager: Suggested) -> dict[str, Any]:
    """Return how much of what all vectors give is found at once and in time, and the bearing articles of each way.

    A claim has room for so many suggestions, and an invented press repeats its sentences: of copies that come one by
    one, other ones may wait. So a sentence also counts as found wherever it stands (``recall_of_texts``).
    """
    of = dict(Passage.objects.values_list("pk", "reading"))
    texts = dict(Passage.objects.filter(evidence__isnull=False).values_list("pk", "folded"))

    def bearing(found: Suggested, kind: str) -> float:
        wanted = [{place + 1 for place in places[kind]} for places in given["bears"]]
        hits = sum(len(want & {of[key] for key in keys}) for want, keys in zip(wanted, found, strict=True))
        return round(hits / max(1, sum(map(len, wanted))), 4)

    def told(found: Suggested) -> dict[str, Any]:
        articles = {kind: bearing(found, kind) for kind in ("about", "stray")}
        return {"bearing_articles_found": articles, "suggestions": sum(map(len, found))}

    def said(found: Suggested) -> list[set[str]]:
        return [{texts[key] for key in keys} for keys in found]

    def recalls(found: Suggested) -> dict[str, float | None]:
        return {"recall": recall(found, eager), "recall_of_texts": recall(said(found), said(eager))}

    return {
        **recalls(in_time),
        **told(in_time),
        "at_once": {**recalls(lazy), **told(lazy)},
        "reference": {"all passages embedded": told(eager)},
    }


def recall(found: Sequence[set[Any]], wanted: Sequence[set[Any]]) -> float | None:
    """Return the share of what is wanted for all claims together that is found."""
    both = sum(len(one & two) for one, two in zip(found, wanted, strict=True))
    whole = sum(map(len, wanted))
    return round(both / whole, 4) if whole else None


def followed(claims: list[tuple[str, str]], by: User, *, forget: bool) -> tuple[Suggested, int]:
    """Follow claims to their ends; return what is suggested for each, and how many passages were embedded for them.

    With ``forget``, no claim gains from the vectors that another one needed.
    """
    last = PassageVector.objects.order_by("-pk").values_list("pk", flat=True)[0]
    found, embedded = [], 0
    for number, (language, text) in enumerate(claims, 1):
        claim = Claim.objects.create(text=text, language=language, logged_by=by)
        for _step in range(MOST_STEPS):
            row = Claim.objects.filter(pk=claim.pk).claim_next()
            if row is None:
                break
            take_step(row, following.follow)
        found.append(set(claim.evidence.values_list("passage", flat=True)))
        new = PassageVector.objects.filter(pk__gt=last)
        embedded += new.count()
        if forget:
            new.delete()
        say(f"{number} of {len(claims)} claims: {len(found[-1])} suggestions")
    return found, embedded


def keep(kind: Any, model: str, rows: Sequence[Any], texts: Sequence[str]) -> None:
    """Give rows the vectors of these texts."""
    for start in range(0, len(rows), AT_ONCE):
        made = embedding.of_passages(texts[start : start + AT_ONCE], model, 3_600)
        kind.objects.keep(model, [(row, *each) for row, each in zip(rows[start:], made, strict=False)])
        say(f"{kind.owner}s: {min(start + AT_ONCE, len(rows))} of {len(rows)} embedded")


if __name__ == "__main__":
    with owner.acting():  # who may count on sequences, vacuum and index
        sys.stdout.write(json.dumps(figures(json.loads(Path(sys.argv[1]).read_text()))) + "\n")
