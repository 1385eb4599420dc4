"""The door to the network: visit an address by our rules (site rules, robots.txt, rate limit), redirects included."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any, Literal, Protocol

import redis
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from sources.web import client, outcomes, pending_redirects, politeness
from sources.web.addresses import NOBODY, Address, Pairs, vet
from sources.web.rate_limit import Ending, Pace, Turn
from sources.web.transport import Exchange
from workbench.sample import outlets

# Seconds that a worker itself waits for a turn. Before the first hop only the delay at the sample press, because the
# row can come back later; between hops, which cannot be delayed, as long as five of them need at the usual delay.
SHORT_WAIT = 0.25
LONG_WAIT = 30.0
LEASE = client.LIMITS.seconds + 10  # longer than any hop: a request that a dead worker has started is over by then
PASSED_FOR = 600  # seconds that redirects are kept while a fetch waits for the next host; a place in line lasts 300


class Denied(Exception):
    """The robots.txt of the host, or a rule of the desk, forbids this. The message may be shown to a person.

    ``ask_in`` are the seconds after which we retry a robots.txt that we could not get. Where we cannot reach its host
    at all, ``outcome`` and message are those of ``outcomes.Failed``.
    """

    def __init__(
        self,
        outcome: Literal["robots_denied", "robots_unreachable", "policy_denied"] | outcomes.Ending,
        message: str,
        ask_in: float | None = None,
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.ask_in = ask_in


class NotYet(Exception):
    """Rate limit: it is not our turn at this host. Come back in ``seconds``; others may take it in ``free_in``."""

    def __init__(self, seconds: float, free_in: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.free_in = free_in


class SitePolicy(Protocol):
    """The rule of the desk for a site: never to visit it, or the seconds between two visits."""

    denied: bool
    note: str

    @property
    def seconds(self) -> float | None:
        """Return the seconds between two visits; None for the usual ones."""


def site_policy(site: str) -> SitePolicy | None:
    """Return the rule of the desk for a site, from the function that SITE_POLICY names; None where there is none."""
    policy_of: Callable[[str], SitePolicy | None] = import_string(settings.SITE_POLICY)
    return policy_of(site)


def introduction() -> str:
    """Return how the desk introduces itself, from the function that USER_AGENT_OF names."""
    introduced: Callable[[], str] = import_string(settings.USER_AGENT_OF)
    return introduced()


def allowed() -> Pairs:
    """Return the private addresses that we may open nevertheless: exactly those of the sample, while it is on."""
    return outlets.declared(settings.PRESS_FILE) if settings.SAMPLE else NOBODY


def visit(
    url: str,
    *,
    known: client.Validators = client.NO_VALIDATORS,
    accept: str = client.ACCEPT,
    patience: float | None = None,
    enough: int = 0,
) -> client.Response:
    """Fetch an address if site rules and robots.txt allow it and it is our turn at its host; so at every redirect.

    ``known`` are as in ``client.get``.
    ``patience`` is how many seconds to wait here for the first turn, by default ``SHORT_WAIT``; waits for later turns
    are longer. ``enough`` are the bytes of a body after which we do not read the rest; 0: one that is too large fails.
    Raises ``Denied``, ``NotYet``, ``addresses.Refused`` and ``client.Failed``; all but NotYet have an ``outcome``.
    """
    limits = replace(client.LIMITS, enough_bytes=enough, wire_bytes=max(client.LIMITS.wire_bytes, 2 * enough))
    trip = _Trip(allowed(), SHORT_WAIT if patience is None else patience)
    return trip.get(url, known=known, accept=accept, limits=limits)


def memory() -> redis.Redis:
    """Return the memory that all workers share. Its contents may be gone at any moment."""
    return _store()


def rules(url: str) -> politeness.Robots:
    """Return the robots.txt rules of the host of an address. Raises as ``visit``."""
    pairs = allowed()
    return _Trip(pairs, SHORT_WAIT).robots(vet(url, pairs))


def sitemaps(url: str) -> list[str]:
    """Return the sitemaps that the robots.txt of the host of an address names. Raises as ``visit``."""
    return rules(url).sitemaps


@dataclass
class _Trip:
    """One visit to an address, hop by hop, with the robots.txt of each host on the way."""

    pairs: Pairs
    patience: float
    is_for_robots: bool = False
    hops: list[Exchange] = field(default_factory=list)

    def get(self, url: str, **how: Any) -> client.Response:
        memory = f"passed:{hashlib.sha256(url.encode()).hexdigest()}"
        kept: Any = _store().getdel(memory)
        self.hops = pending_redirects.loads(kept) if kept else []
        how |= {"allowed": self.pairs, "user_agent": introduction(), "turn": self.turn}
        try:
            return client.get(url, passed=tuple(self.hops), **how)
        except NotYet:
            if self.hops:  # the next try continues from there, or it would never arrive
                _store().set(memory, pending_redirects.dumps(self.hops), ex=PASSED_FOR)
            raise

    def robots(self, address: Address) -> politeness.Robots:
        trip = _Trip(self.pairs, self.patience, is_for_robots=True)
        how: dict[str, Any] = {"limits": politeness.ROBOTS_LIMITS, "accept": "text/plain,*/*;q=0.5", "refreshes": False}
        fetch = partial(trip.get, **how)
        return politeness.robots(address.url, fetch, _store(), self.pairs)

    @contextmanager
    def turn(self, address: Address) -> Iterator[Callable[[Exchange], None]]:
        """Check site rules, robots.txt and rate limit before a hop, and tell the rate limit how it went."""
        turn, start = self._wait(address.site, self._delay(address)), time.monotonic()
        endings: list[Ending] = []

        def note(exchange: Exchange) -> None:
            self.hops.append(exchange)
            endings.append(politeness.ending(exchange))

        try:
            yield note
        except Exception as error:
            endings.append(politeness.failed(error, time.monotonic() - start))
            raise
        finally:
            if endings:  # without one we were stopped half-way: the lease covers what the host may have seen
                _pace().give_back(turn, endings[0])
        self.patience = LONG_WAIT

    def _delay(self, address: Address) -> float:
        """Return the seconds between visits to a host. Raises ``Denied`` where visits are not allowed."""
        policy = site_policy(address.site)
        if policy is not None and policy.denied:
            raise Denied("policy_denied", _("The desk chose not to visit this site: %(note)s") % {"note": policy.note})
        rules = None if self.is_for_robots else self.robots(address)
        if rules is not None and rules == politeness.NOTHING:
            raise _unreachable(rules)
        if rules is not None and not rules.allows(address.url):
            raise Denied("robots_denied", _("The site's robots.txt asks us not to fetch this address."))
        return politeness.delay(address, rules, self.pairs, decided=policy.seconds if policy else None)

    def _wait(self, site: str, delay: float) -> Turn:
        while not isinstance(found := _pace().take(site, delay, LEASE), Turn):
            if found > self.patience:
                raise NotYet(_pace().line_up(site, delay, found), found)
            self.patience -= found
            time.sleep(found)
        return found


def _unreachable(rules: politeness.Robots) -> Denied:
    if rules.fault is not None:  # we cannot reach the host: a person who reads this may notice a mistyped name
        return Denied(rules.fault, str(outcomes.MESSAGES[rules.fault]), rules.ask_in)
    reason = _("We could not get the site's robots.txt. Until we get it, we fetch nothing from this site.")
    return Denied("robots_unreachable", reason, rules.ask_in)


def _pace() -> Pace:
    return Pace(_store())


@cache
def _store() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=5)
