"""Cookies of one visit: a host gets back what it set a moment ago; other hosts do not, and nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, cast
from urllib.request import Request

from sources.web.addresses import Address, read
from sources.web.transport import Exchange

LONGEST = 4_096  # characters of the header; servers refuse longer ones

_SENT = re.compile(rb"^Cookie:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


class VisitCookies:
    """What the hosts on the way of one visit have set, each host (with its port) for itself."""

    def __init__(self, passed: Iterable[Exchange] = ()) -> None:
        self._jars: dict[str, CookieJar] = {}
        for exchange in passed:
            self.hear(exchange)

    def hear(self, exchange: Exchange) -> None:
        """Take the cookies that an answer sets."""
        said = Message()
        for name, value in exchange.headers:
            if name.lower() == "set-cookie":
                said["Set-Cookie"] = value
        if "Set-Cookie" in said:
            jar = self._jars.setdefault(read(exchange.url).site, CookieJar(DefaultCookiePolicy(rfc2965=False)))
            jar.extract_cookies(cast("Any", _Said(said)), Request(exchange.url))  # noqa: S310 -- nothing is opened

    def header(self, address: Address) -> str:
        """Return what a request to this address sends back; empty for nothing."""
        jar = self._jars.get(address.site)
        if jar is None:
            return ""
        request = Request(address.url)  # noqa: S310 -- nothing is opened
        jar.add_cookie_header(request)
        found = request.get_header("Cookie") or ""
        return found if found.isprintable() and len(found) <= LONGEST else ""


def sent(exchange: Exchange) -> str:
    """Return the cookies that a request sent."""
    found = _SENT.search(exchange.request_head)
    return found[1].decode("latin-1") if found else ""


class _Said:
    """The headers of an answer, as the library asks for them."""

    def __init__(self, headers: Message) -> None:
        self.headers = headers

    def info(self) -> Message:
        return self.headers
