"""Embeddings: vectors of texts, from the bundled model or an embeddings server, within a time that the caller sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic

import numpy as np
from django.conf import settings

from sources.language import embedding_model
from sources.models import EmbeddingModel
from sources.models.vector import Vector
from sources.web import embedding_server

Made = tuple[Vector | None, str]  # a vector of length one, or none and the reason

SERVER_BATCH = 16  # texts in one request
NO_WORDS = "no words"


def model() -> str:
    """Return the name of the model that vectors are made with now; empty where there is none.

    While the operator's model still meets the readings that are held, the bundled one goes on if it was in use.
    """
    wanted = configured()
    if wanted in {"", embedding_model.MODEL} or not embedding_model.available():
        return wanted
    ready = EmbeddingModel.objects.filter(name__in=[wanted, embedding_model.MODEL], ready_at__isnull=False)
    names = set(ready.values_list("name", flat=True))
    return embedding_model.MODEL if names == {embedding_model.MODEL} else wanted


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
        made += _of_batch(batch, name)
        if monotonic() > ends:
            break
    return made


def of_claims(texts: Sequence[str], name: str) -> list[Made]:
    """Return what a model makes of claims, to be compared with vectors of passages. Raises as ``of_passages`` does.

    The model knows questions from passages. A claim is no question: as a passage it finds its own sentence in another
    language first in 97 of 100 cases instead of 94, and the checked claim of a post in 95 instead of 94.
    """
    return [each for batch in _batches(texts, name) for each in _of_batch(batch, name)]


def width(name: str) -> int:
    """Return how many numbers a vector of this model has. Raises as ``of_passages`` does."""
    if name == embedding_model.MODEL:
        return embedding_model.WIDTH
    return len(_from_server(["width"])[0])


def _batches(texts: Sequence[str], name: str) -> Iterator[Sequence[str]]:
    if name == embedding_model.MODEL:
        return embedding_model.batches(texts)
    return (texts[start : start + SERVER_BATCH] for start in range(0, len(texts), SERVER_BATCH))


def _of_batch(texts: Sequence[str], name: str) -> list[Made]:
    if name == embedding_model.MODEL:
        return [_told(vector) for vector in embedding_model.embed_passages(texts)]
    try:
        return [_told(vector) for vector in _from_server(texts)]
    except embedding_server.NotTaken as reason:
        if len(texts) == 1:
            return [(None, str(reason))]
    return [each for text in texts for each in _of_batch([text], name)]  # one of them the server does not take


def _told(vector: Vector) -> Made:
    length = float(np.linalg.norm(vector))
    return (np.asarray(vector / length, dtype=np.float32), "") if length > 0 else (None, NO_WORDS)


def _from_server(texts: Sequence[str]) -> list[Vector]:
    rows = embedding_server.embed(
        list(texts), url=settings.EMBEDDINGS_URL, model=settings.EMBEDDINGS_MODEL, key=settings.EMBEDDINGS_KEY
    )
    return [np.asarray(row, dtype=np.float32) for row in rows]
