"""Embeddings: vectors of texts, from the bundled model or an embeddings server, within a time that the caller sets."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import QuerySet
from numpy.typing import NDArray

from sources.language import embedding_model
from sources.models import EmbeddingModel
from sources.models.vector import Vector
from sources.web import embedding_server
from sources.web.client import Failed
from workbench.desk.compiled_queries import CompiledQuery

Made = tuple[Vector | None, str]  # a vector of length one, or none and the reason

SERVER_BATCH = 16  # texts in one request
NO_WORDS = "no words"
NO_NUMBERS = "the server gave no numbers"


def model() -> str:
    """Return the name of the model that vectors are made with now; empty where there is none.

    While the operator's model still meets the readings that are held, the bundled one goes on if it was in use.
    """
    wanted = configured()
    if wanted in {"", embedding_model.MODEL} or not embedding_model.available():
        return wanted
    names = set(_ready(wanted, embedding_model.MODEL))
    return embedding_model.MODEL if names == {embedding_model.MODEL} else wanted


@CompiledQuery
def _ready(*names: str) -> QuerySet[Any]:
    ready = EmbeddingModel.objects.filter(name__in=names, ready_at__isnull=False)
    return ready.order_by().values_list("name", flat=True)


def state(name: str) -> str:
    """Return what tells one comparison by meaning from another: the model, and whether it has met all readings.

    Until it has, a comparison finds only a part, and must be made once more.
    """
    met = EmbeddingModel.objects.filter(name=name, ready_at__isnull=False).exists() if name else True
    return name if met else f"{name}, not ready"


def configured() -> str:
    """Return the name of the model that the settings ask for; empty where none can run."""
    if settings.EMBEDDINGS_URL:
        return str(settings.EMBEDDINGS_MODEL)
    return embedding_model.MODEL if embedding_model.available() else ""


def of_passages(texts: Sequence[str], name: str, seconds: float) -> list[Made]:
    """Return what a model makes of the first of these texts: of as many as it can in about so many seconds.

    Of one batch at least, so that every call gets on. Raises ``Failed`` or ``Refused`` if the server does not answer.
    """
    made: list[Made] = []
    ends = monotonic() + seconds
    for batch in _batches(texts, name):
        new = _of_batch(batch, name, ends)
        made += new
        if monotonic() > ends or len(new) < len(batch):
            break
    return made


def of_claims(texts: Sequence[str], name: str) -> list[Made]:
    """Return what a model makes of claims, to be compared with vectors of passages. Raises as ``of_passages`` does.

    The model knows questions from passages. A claim is no question: as a passage it finds its own sentence in another
    language first in 97 of 100 cases instead of 94, and the checked claim of a post in 95 instead of 94.
    """
    return [each for batch in _batches(texts, name) for each in _of_batch(batch, name, math.inf)]


def width(name: str) -> int:
    """Return how many numbers a vector of this model has. Raises as ``of_passages`` does."""
    if name == embedding_model.MODEL:
        return embedding_model.WIDTH
    return len(_from_server(["width"], name)[0])


def _batches(texts: Sequence[str], name: str) -> Iterator[Sequence[str]]:
    if name == embedding_model.MODEL:
        return embedding_model.batches(texts)
    return (texts[start : start + SERVER_BATCH] for start in range(0, len(texts), SERVER_BATCH))


def _of_batch(texts: Sequence[str], name: str, ends: float) -> list[Made]:
    """Return what a model makes of a batch; of its first texts only, where the server takes them one by one."""
    if name == embedding_model.MODEL:
        return [_told(vector) for vector in embedding_model.embed_passages(texts)]
    try:
        return [_told(vector) for vector in _from_server(texts, name)]
    except embedding_server.NotTaken as reason:
        if len(texts) == 1:
            return [(None, str(reason))]
    made: list[Made] = []
    for text in texts:  # one of them the server does not take
        made += _of_batch([text], name, ends)
        if monotonic() > ends:
            break
    return made


def _told(vector: NDArray[Any]) -> Made:
    whole = np.asarray(vector, dtype=np.float64)
    length = float(np.linalg.norm(whole))
    if not math.isfinite(length):
        return None, NO_NUMBERS
    return (np.asarray(whole / length, dtype=np.float32), "") if length > 0 else (None, NO_WORDS)


def _from_server(texts: Sequence[str], name: str) -> list[NDArray[Any]]:
    """Return what the server makes of texts. Raises ``Failed`` where it is not of the width that its model has."""
    known = EmbeddingModel.objects.filter(name=name).exclude(width=0).values_list("width", flat=True).first()
    rows = embedding_server.embed(
        list(texts), url=settings.EMBEDDINGS_URL, model=settings.EMBEDDINGS_MODEL, key=settings.EMBEDDINGS_KEY
    )
    if known is not None and any(len(row) != known for row in rows):
        raise Failed("connection", f"vectors of {len(rows[0])} numbers instead of {known}")
    return [np.asarray(row, dtype=np.float64) for row in rows]
