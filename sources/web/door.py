"""The door as this installation has it: its contact, its exceptions, and the memory that all its workers share."""

from __future__ import annotations

from functools import cache, partial

import redis
from django.conf import settings
from django.utils.translation import gettext as _

from sources.web import client, manners
from sources.web.addresses import NOBODY, Pairs, vet
from workbench.press import outlets


class Denied(Exception):
    """The host's robots.txt asks us not to fetch this. The message may be shown to a person."""

    outcome = "robots_denied"


class NotYet(Exception):
    """It is not our turn at this host: come back in so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def allowed() -> Pairs:
    """Return the private addresses that may be opened all the same: exactly those of the sample, while it is on."""
    return outlets.declared(settings.PRESS_FILE) if settings.SAMPLE else NOBODY


def visit(url: str, *, etag: str = "", modified: str = "", accept: str = client.ACCEPT) -> client.Answer:
    """Fetch an address if robots.txt allows it and it is our turn at its host.

    Raises ``Denied``, ``NotYet``, ``addresses.Refused`` and ``client.Failed``; all but NotYet have an ``outcome``.
    """
    pairs = allowed()
    address = vet(url, pairs)
    get = partial(client.get, allowed=pairs, user_agent=settings.USER_AGENT)
    rules = manners.robots(url, get, _store(), pairs)
    if not rules.allows(address.url):
        raise Denied(_("The host's robots.txt asks us not to fetch this address."))
    wait = manners.reserve(address.site, manners.delay(address, rules, pairs), _store())
    if wait > 0:
        raise NotYet(wait)
    return get(url, etag=etag, modified=modified, accept=accept)


@cache
def _store() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=5)
