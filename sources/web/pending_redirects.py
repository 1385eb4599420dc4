"""Redirects of a fetch, stored as text while it waits for its turn at the next host."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sources.web.transport import Exchange

OCTETS = ("request_head", "response_head", "wire_body", "content")


def dumps(exchanges: Sequence[Exchange]) -> str:
    """Return exchanges as text, every octet a character of Latin-1."""
    return json.dumps([asdict(exchange) for exchange in exchanges], default=_written)


def loads(text: str | bytes) -> list[Exchange]:
    """Return the exchanges that ``dumps`` stored, byte for byte."""
    return [_exchange(kept) for kept in json.loads(text)]


def _written(value: bytes | datetime) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value.isoformat()


def _exchange(kept: dict[str, Any]) -> Exchange:
    octets = {name: kept[name].encode("latin-1") for name in OCTETS}
    certificates = tuple(one.encode("latin-1") for one in kept["certificates"])
    headers = [(name, value) for name, value in kept["headers"]]
    started_at = datetime.fromisoformat(kept["started_at"])
    return Exchange(**{**kept, **octets, "certificates": certificates, "headers": headers, "started_at": started_at})
