"""One request to a server that the operator has set, such as a timestamp authority or the Wayback Machine."""

from __future__ import annotations

import requests

from sources.web.addresses import read, vet
from sources.web.client import USER_AGENT
from sources.web.transport import Deadline, Exchange, Limits, Line, exchange

LIMITS = Limits(seconds=30, silence_seconds=20, wire_bytes=1_000_000, body_bytes=1_000_000, redirects=0)


def ask(
    url: str,
    *,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    agent: str = USER_AGENT,
    limits: Limits = LIMITS,
) -> Exchange:
    """Get from, or with a ``body`` post to, the server that the operator has set; return its answer of any status.

    The operator has set the server, so it may be private: exactly this host and port. Redirects are not followed.
    Raises ``Refused`` and ``Failed``.
    """
    place = read(url)
    allowed = frozenset({(place.host, place.port)})
    named = {"User-Agent": agent, "Accept-Encoding": "gzip, deflate", "Connection": "close", **(headers or {})}
    request = requests.Request("GET" if body is None else "POST", place.url, headers=named, data=body)
    with Deadline(limits.seconds) as deadline:
        return exchange(request, Line(vet(url, allowed), allowed, limits, deadline))
