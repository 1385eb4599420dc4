"""Subresources of a page (images, scripts, styles), fetched for a browser by the usual rules and within limits."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import requests

from sources.web import client, door
from sources.web.addresses import Refused, vet
from sources.web.outcomes import Failed
from sources.web.transport import REDIRECTS, Deadline, Exchange, Line, exchange

KINDS = {"Document", "Fetch", "Font", "Image", "Script", "Stylesheet", "XHR"}  # as the DevTools protocol names them
MOST_PARTS = 100
MOST_BYTES = 20_000_000  # of all parts together, as served
LIMITS = replace(client.LIMITS, seconds=8.0, redirects=0, body_bytes=10_000_000)
PASSED_ON = {"accept", "accept-language", "origin", "referer"}  # of the headers of the browser; never a cookie


class Parts:
    """The parts of one page. They have no rate limit, because no page could wait for it; their number is limited.

    ``allowed`` is asked on the thread that made this, and what it allows may be fetched on others.
    """

    def __init__(self, page: client.Response) -> None:
        self.exchanges: list[Exchange] = []
        self.refused = 0
        self._pairs = door.allowed()
        self._site = vet(page.final_url, self._pairs).site
        self._rules = door.rules(page.final_url)
        self._agent = door.introduction()
        self._denied: dict[str, bool] = {}
        self._asked, self._left = 0, MOST_BYTES
        self._lock = threading.Lock()

    def allowed(self, kind: str, request: Mapping[str, Any]) -> bool:
        """Return whether a part may be fetched, by its kind, its address and the number so far; count it."""
        self._asked += 1
        streams = request["headers"].get("Accept", "") == "text/event-stream"
        fine = request["method"] == "GET" and kind in KINDS and not streams and self._asked <= MOST_PARTS
        fine = fine and self._may_open(request["url"])
        self.refused += not fine
        return fine

    def fetch(self, url: str, said: Mapping[str, str], seconds: float) -> tuple[Exchange, bytes]:
        """Return the answer to one request, also a redirect, and its body decompressed.

        Raises ``Refused`` and ``Failed``.
        """
        address = vet(url, self._pairs)
        headers = {"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
        headers |= {name: value for name, value in said.items() if name.lower() in PASSED_ON}
        most = self._take(LIMITS.wire_bytes)
        limits = replace(LIMITS, seconds=min(seconds, LIMITS.seconds), wire_bytes=most)
        with Deadline(limits.seconds) as deadline:
            line = Line(address, self._pairs, limits, deadline)
            try:
                found = exchange(requests.Request("GET", address.url, headers=headers), line)
            finally:
                self._take(len(line.body) - most)
        body = b"" if found.status in REDIRECTS else client.opened(found, limits)
        with self._lock:
            self.exchanges.append(replace(found, certificates=()))
        return found, body

    def _may_open(self, url: str) -> bool:
        try:
            address = vet(url, self._pairs)
        except Refused:
            return False
        if address.site not in self._denied:
            policy = door.site_policy(address.site)
            self._denied[address.site] = policy is not None and policy.denied
        return not self._denied[address.site] and (address.site != self._site or self._rules.allows(address.url))

    def _take(self, size: int) -> int:
        """Take at most so many bytes of the rest for all parts; give back where the number is negative."""
        with self._lock:
            taken = min(size, self._left)
            if size > 0 and taken <= 0:
                raise Failed("too_large")
            self._left -= taken
            return taken
