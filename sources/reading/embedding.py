"""Embeddings: vectors of passages and claims, from the bundled model or an embeddings server."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from sources.language import embedding_model
from sources.web import embedding_server

Matrix = NDArray[np.float32]


def model() -> str:
    """Return the name of the model in use; empty where there is none."""
    if settings.EMBEDDINGS_URL:
        return str(settings.EMBEDDINGS_MODEL)
    return embedding_model.MODEL if embedding_model.available() else ""


def of_passages(texts: Sequence[str]) -> Matrix | None:
    """Return one vector of length one per text; None where there is no model. Raises where the server fails."""
    if not texts or not model():
        return None
    return _from_server(texts) if settings.EMBEDDINGS_URL else embedding_model.embed_passages(texts)


def of_claims(texts: Sequence[str]) -> Matrix | None:
    """Return one vector per claim, to be compared with those of passages; None where there is no model."""
    if not texts or not model():
        return None
    if settings.EMBEDDINGS_URL:
        return _from_server(texts)
    return np.stack([embedding_model.embed_query(text) for text in texts])


def _from_server(texts: Sequence[str]) -> Matrix:
    rows = embedding_server.embed(
        list(texts), url=settings.EMBEDDINGS_URL, model=settings.EMBEDDINGS_MODEL, key=settings.EMBEDDINGS_KEY
    )
    found = np.asarray(rows, dtype=np.float32)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.where(lengths > 0, lengths, 1), dtype=np.float32)
