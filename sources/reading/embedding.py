"""Vectors of meaning, from the bundled model or the server that the operator has set."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from sources.language import embedding_model
from sources.web import embedding_server

Matrix = NDArray[np.float32]


def model() -> str:
    """Return the name under which vectors are kept; empty when none can be made here."""
    if settings.EMBEDDINGS_URL:
        return str(settings.EMBEDDINGS_MODEL)
    return embedding_model.MODEL if embedding_model.available() else ""


def of_passages(texts: Sequence[str]) -> Matrix | None:
    """Return one vector of length one a text; None when no model runs here. Raises when the operator's server fails."""
    if not texts or not model():
        return None
    return _from_server(texts) if settings.EMBEDDINGS_URL else embedding_model.embed_passages(texts)


def of_claims(texts: Sequence[str]) -> Matrix | None:
    """Return one vector a claim, made to be compared with those of passages; None when no model runs here."""
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
