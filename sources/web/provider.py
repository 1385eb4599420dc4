"""Client for search providers: one request that answers in JSON, within limits, and a long download into a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

import requests

from sources.web.addresses import read, vet
from sources.web.client import USER_AGENT, opened
from sources.web.operator import ask
from sources.web.politeness import retry_after
from sources.web.transport import Deadline, Limits, Line, exchange

LIMITS = Limits(seconds=30, silence_seconds=20, redirects=0)
DOWNLOAD = Limits(seconds=55, silence_seconds=20, wire_bytes=400_000_000, redirects=0)
BUSY = {429, 503}


@dataclass(frozen=True)
class Reply:
    """The answer of a provider; ``body`` is decompressed. ``wait`` are the seconds it asks us to stay away."""

    status: int
    body: bytes
    wait: float = 0.0
    etag: str = ""

    @property
    def is_busy(self) -> bool:
        """Whether it asks us to come back later."""
        return self.status in BUSY


def get(url: str, headers: Mapping[str, str], *, agent: str = USER_AGENT, most: int) -> Reply:
    """Ask a provider that an administrator has set; its server may be private, and redirects are not followed.

    An answer with more bytes than ``most`` is cut off. Raises ``Refused`` and ``Failed``.
    """
    limits = replace(LIMITS, wire_bytes=most, body_bytes=most)
    answer = ask(url, headers={"Accept": "application/json", **headers}, agent=agent, limits=limits)
    return Reply(answer.status, opened(answer, limits), retry_after(answer))


def download(
    url: str, into: BinaryIO, *, etag: str = "", agent: str = USER_AGENT, most: int = DOWNLOAD.wire_bytes
) -> Reply:
    """Write what an address holds into a file, without keeping it in memory; the body of the reply is then empty.

    With the ``etag`` of the last download, the answer may be 304: then nothing is written.
    Raises ``Refused`` and ``Failed``, also where there are more bytes than ``most``.
    """
    place = read(url)
    allowed = frozenset({(place.host, place.port)})
    headers = {"User-Agent": agent, "Accept-Encoding": "identity", "Connection": "close", "Accept": "*/*"}
    request = requests.Request("GET", place.url, headers={**headers, **({"If-None-Match": etag} if etag else {})})
    limits = replace(DOWNLOAD, wire_bytes=most)
    with Deadline(limits.seconds) as deadline:
        answer = exchange(request, Line(vet(url, allowed), allowed, limits, deadline, into=into))
    return Reply(answer.status, b"", retry_after(answer), answer.header("etag")[:200])
