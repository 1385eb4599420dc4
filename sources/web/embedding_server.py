"""Client for an embeddings server with the OpenAI protocol: vectors of texts."""

from __future__ import annotations

import json
import math
from typing import Any

import requests

from sources.web.addresses import read, vet
from sources.web.client import USER_AGENT, opened
from sources.web.outcomes import Failed
from sources.web.transport import Deadline, Limits, Line, exchange

MOST_TEXTS = 64  # in one request: more make a small server run into our deadline
NOT_TAKEN = {400, 413, 422}  # answers about the texts, not about the server
LIMITS = Limits(seconds=25, silence_seconds=25, wire_bytes=20_000_000, redirects=0)


class NotTaken(Failed):
    """The server answers, and refuses these texts: too long for its model, perhaps."""


def embed(texts: list[str], url: str, model: str, key: str = "", limits: Limits = LIMITS) -> list[list[float]]:
    """Return one vector for each text, in their order.

    ``url`` is the base of the protocol, such as ``https://host/v1``. The operator has set it, so it may be private:
    exactly this host and port. Raises ``Failed`` (``NotTaken`` where it refuses the texts) and ``Refused``, with a
    message for a person.
    """
    endpoint = url.rstrip("/") + "/embeddings"
    vectors: list[list[float]] = []
    for start in range(0, len(texts), MOST_TEXTS):
        batch = texts[start : start + MOST_TEXTS]
        answer = post_json(endpoint, {"model": model, "input": batch, "encoding_format": "float"}, key, limits)
        vectors += _vectors(answer, len(batch))
    if len({len(vector) for vector in vectors}) > 1:
        raise Failed("connection", "vectors of different lengths")
    return vectors


def post_json(url: str, question: dict[str, Any], key: str, limits: Limits) -> Any:
    """Post JSON to the server that the operator has set, and return the JSON it answers. Redirects are not followed."""
    place = read(url)
    allowed = frozenset({(place.host, place.port)})
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = requests.Request("POST", place.url, headers=headers, json=question)
    with Deadline(limits.seconds) as deadline:
        answer = exchange(request, Line(vet(url, allowed), allowed, limits, deadline))
    if answer.status in NOT_TAKEN:
        raise NotTaken("connection", f"HTTP {answer.status}")
    if answer.status != 200:
        raise Failed("connection", f"HTTP {answer.status}")
    try:
        return json.loads(opened(answer, limits))
    except (ValueError, RecursionError) as error:
        raise Failed("connection", "not JSON") from error


def _vectors(answer: Any, count: int) -> list[list[float]]:
    """Return the vectors of an answer, each in the place that its index says."""
    try:
        rows = sorted(answer["data"], key=lambda row: int(row["index"]))
        vectors = [[float(number) for number in row["embedding"]] for row in rows]
        indexes = [int(row["index"]) for row in rows]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Failed("connection", "not the answer of an embeddings server") from error
    whole = indexes == list(range(count)) and all(vectors)
    if not whole or not all(math.isfinite(number) for vector in vectors for number in vector):
        raise Failed("connection", "not one vector for each text")
    return vectors
