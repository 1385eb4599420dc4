"""Webhooks: post a message to an address that an administrator has set, and read only the beginning of the answer."""

from __future__ import annotations

from collections.abc import Mapping

import requests
from django.utils.translation import gettext as _

from sources.web.addresses import NOBODY, Address, Pairs, Refused, read, vet
from sources.web.client import USER_AGENT
from sources.web.outcomes import Failed
from sources.web.politeness import retry_after
from sources.web.transport import Deadline, Exchange, Limits, Line, exchange
from workbench.desk.channel_declarations import PostedMessage

# A chat program answers in a second or two; of a long answer the beginning is enough, and redirects are not followed.
LIMITS = Limits(seconds=15, silence_seconds=10, wire_bytes=1_000_000, redirects=0, enough_bytes=4_096)


class WebhookPoster:
    """What the desk has messages sent by, as it opens no connection itself."""

    def host(self, url: str, *, own_network: bool) -> tuple[str, str]:
        """Return the site of an address to which messages may go, or what speaks against it."""
        try:
            address = vet(url, _allowed(url, own_network=own_network))
        except Refused as reason:
            return "", str(reason)
        if address.scheme != "https" and not own_network:
            return "", _("Messages to servers outside need https: the address is a secret.")
        return address.site, ""

    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, own_network: bool) -> PostedMessage:
        """Post a body once; private addresses are refused but for exactly this one in the desk’s own network."""
        try:
            allowed = _allowed(url, own_network=own_network)
            answer = _exchange(vet(url, allowed), allowed, body, headers)
        except (Refused, Failed) as problem:
            return PostedMessage(problem=str(problem))
        return PostedMessage(answer.status, retry_after(answer))


def _exchange(address: Address, allowed: Pairs, body: bytes, headers: Mapping[str, str]) -> Exchange:
    own = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
    request = requests.Request("POST", address.url, headers={**own, **headers}, data=body)
    with Deadline(LIMITS.seconds) as deadline:
        return exchange(request, Line(address, allowed, LIMITS, deadline))


def _allowed(url: str, *, own_network: bool) -> Pairs:
    """Return the one private address that is allowed: that of the server itself, where the desk says it is its own."""
    if not own_network:
        return NOBODY
    place = read(url)
    return frozenset({(place.host, place.port)})


WEBHOOK = WebhookPoster()
