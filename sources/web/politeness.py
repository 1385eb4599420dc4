"""Polite crawling: get and cache robots.txt, the delay between two visits (Crawl-delay), and Retry-After."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

import redis

from sources.formats import robots as robots_txt
from sources.formats.robots import RobotsTxt
from sources.web import outcomes
from sources.web.addresses import NOBODY, Address, Pairs, Refused, plain_escapes, vet
from sources.web.client import LIMITS, PRODUCT, Response
from sources.web.rate_limit import LONGEST_RETRY, Ending
from sources.web.transport import Exchange

# Seconds between two visits to one host: Media Cloud found that publishers accept this.
USUAL_DELAY = 5.0
LONGEST_DELAY = 60.0
SAMPLE_DELAY = 0.2

ROBOTS_BYTES = 500 * 1024  # RFC 9309 section 2.5: parse at least this much
ROBOTS_LIMITS = replace(LIMITS, seconds=10.0, enough_bytes=ROBOTS_BYTES)
ROBOTS_LIFE = 24 * 3600  # seconds; RFC 9309 section 2.4: no longer than a day
SHORTEST_LIFE = 10 * 60  # whatever Cache-Control says, and where we could not get the file
LATER = 0.25  # of the time since the first failure: we retry less and less often, but at least daily
UNREACHABLE_FOR = 30 * 24 * 3600  # RFC 9309 section 2.3.1.4: after that we may treat it as missing
ROBOTS_MEMORY = 2 * UNREACHABLE_FOR

TOO_MANY_REQUESTS, UNAVAILABLE = 429, 503
NO_HOST = {"dns", "tls", "connection"}  # what keeps us from its robots.txt keeps us from every page
NEVER = {"http2_only"}  # so does this, although the host answers
NO_CONNECTION = NO_HOST | {"timeout"}

_MAX_AGE = re.compile(r"(?:^|[\s,])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})")
_NOT_KEPT = re.compile(r"(?:^|[\s,])no-(?:store|cache)(?:$|[\s,=])")


@dataclass(frozen=True)
class Robots:
    """What the robots.txt of a host allows: what its text says, or everything, or nothing where we could not get it.

    ``ask_in`` are the seconds after which we retry one that we could not get; ``fault`` is why we could not reach the
    host, where that was the reason.
    """

    rule: Literal["text", "everything", "nothing"]
    text: str = ""
    ask_in: float = field(default=0.0, compare=False)
    fault: outcomes.Ending | None = field(default=None, compare=False)

    def allows(self, url: str, agent: str = PRODUCT) -> bool:
        """Return whether the agent may fetch this address; robots.txt itself it always may (RFC 9309 section 2.2.2).

        An address is checked as it is and without needless escapes, as its server will read it: a rule for /private
        also applies to /%70rivate.
        """
        if self.rule != "text" or urlsplit(url).path == "/robots.txt":
            return self.rule != "nothing" or urlsplit(url).path == "/robots.txt"
        parsed = _parsed(self.text)
        return all(parsed.allows(spelling, agent) for spelling in {_upper(url), plain_escapes(url)})

    def delay(self, agent: str = PRODUCT) -> float:
        """Return the seconds between visits that the host asks for (Crawl-delay, not in the RFC), at most a minute."""
        asked = _parsed(self.text).delay(agent) if self.rule == "text" else None
        return min(asked or 0.0, LONGEST_DELAY)

    @property
    def sitemaps(self) -> list[str]:
        """Return the addresses of the sitemaps that it names."""
        return _parsed(self.text).sitemaps if self.rule == "text" else []


EVERYTHING = Robots("everything")
NOTHING = Robots("nothing")


@dataclass(frozen=True)
class Memory:
    """What we know about a robots.txt: its rules, when to ask again, and since when and why we cannot get it."""

    good: Robots | None
    ask_at: float
    failing_since: float | None = None
    fault: outcomes.Ending | None = None

    def rules(self, now: float) -> Robots:
        """Return the rules in force (RFC 9309 section 2.3.1.4).

        While we cannot get the file, the cached copy counts; without a copy we fetch nothing, for thirty days. An
        earlier 404 is not a copy: we do not know what the file says now.
        """
        if self.good is not None:
            return self.good
        long_gone = self.failing_since is not None and now - self.failing_since > UNREACHABLE_FOR
        return EVERYTHING if long_gone else replace(NOTHING, ask_in=max(self.ask_at - now, 0.0), fault=self.fault)

    def dumped(self) -> str:
        """Return this as text."""
        return json.dumps(asdict(self))

    @classmethod
    def loaded(cls, text: bytes) -> Memory:
        """Return what ``dumped`` made."""
        kept = json.loads(text)
        good = kept.pop("good")
        return cls(Robots(**good) if good else None, **kept)


def robots(
    url: str,
    fetch: Callable[[str], Response],
    store: redis.Redis,
    allowed: Pairs = NOBODY,
    clock: Callable[[], float] = time.time,
) -> Robots:
    """Return the rules of the host of an address, from the cache that all workers share, or else fetched.

    ``fetch`` is ``client.get`` with the caller's contact, pairs, pace and ``ROBOTS_LIMITS``; it follows up to five
    redirects, and what is found there are the rules of the first host (RFC 9309 section 2.3.1.2). Raises ``Refused``
    for an address we do not open, and what ``fetch`` raises when it is not our turn.
    """
    address = vet(url, allowed)
    origin = f"{address.scheme}://{address.site}"
    kept = store.get(f"robots:{origin}")
    memory = Memory.loaded(kept) if kept is not None else None  # type: ignore[arg-type]  # redis-py types both its clients at once
    now = clock()
    if memory is None or memory.ask_at <= now:
        memory = _asked_again(memory, *_fetch_robots(f"{origin}/robots.txt", fetch), now=now)
        store.set(f"robots:{origin}", memory.dumped(), ex=ROBOTS_MEMORY)
    return memory.rules(now)


def read_robots(status: int, body: bytes) -> Robots:
    """Return the rules that an answer to /robots.txt stands for (RFC 9309 section 2.3.1).

    A success is parsed; 4xx means no rules; 5xx and everything else mean that nothing may be fetched. So does 429,
    which is not about the file but asks us to stay away.
    """
    if 200 <= status < 300:
        return Robots("text", body[:ROBOTS_BYTES].decode("latin-1"))
    if 400 <= status < 500 and status != TOO_MANY_REQUESTS:
        return EVERYTHING
    return NOTHING


def life(answer: Response) -> float:
    """Return the seconds for which a robots.txt is cached: Cache-Control, at most a day (RFC 9309 section 2.4)."""
    said = answer.header("cache-control").lower()
    found = _MAX_AGE.search(said)
    if _NOT_KEPT.search(said):
        return SHORTEST_LIFE
    return min(max(float(found[1]), SHORTEST_LIFE), ROBOTS_LIFE) if found else ROBOTS_LIFE


def delay(
    address: Address,
    rules: Robots | None,
    allowed: Pairs = NOBODY,
    *,
    decided: float | None = None,
    agent: str = PRODUCT,
) -> float:
    """Return the seconds between two visits to a host: ours, or more where the host asks for more.

    ``decided`` is what the desk decided for this host, in place of the usual. The hosts of the sample, which are our
    own and exactly allowed, are asked five times a second. ``rules`` are None while robots.txt itself is asked for.
    """
    if (address.host, address.port) in allowed:
        return SAMPLE_DELAY if decided is None else decided
    return max(USUAL_DELAY if decided is None else decided, rules.delay(agent) if rules else 0.0)


def ending(exchange: Exchange) -> Ending:
    """Return what an answer says about the load of the host, Retry-After included."""
    if exchange.status in {TOO_MANY_REQUESTS, UNAVAILABLE}:
        return Ending("strained", exchange.elapsed, retry_after(exchange))
    how: Literal["good", "other"] = "good" if exchange.status < 400 else "other"
    return Ending(how, exchange.elapsed, retry_after(exchange) if exchange.status >= 500 else 0.0)


def failed(error: Exception, took: float) -> Ending:
    """Return what a visit without an answer says about the host: it is down, or only this page is bad."""
    is_down = isinstance(error, outcomes.Failed) and error.outcome in NO_CONNECTION and not error.answered
    return Ending("down" if is_down else "other", took)


def retry_after(exchange: Exchange) -> float:
    """Return the seconds after which a host allows another request, at most a day; 0.0 where it does not say.

    Retry-After is a number of seconds or a date (RFC 9110 section 10.2.3), which we compare with the host's own clock.
    """
    said = exchange.header("retry-after").strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), LONGEST_RETRY)
    until = _moment(said)
    if until is None:
        return 0.0
    now = _moment(exchange.header("date")) or datetime.now(UTC)
    return min(max((until - now).total_seconds(), 0.0), LONGEST_RETRY)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _fetch_robots(url: str, fetch: Callable[[str], Response]) -> tuple[Robots, float]:
    """Return the rules, and the seconds until we ask for them again."""
    try:
        answer = fetch(url)
    except outcomes.Failed as error:
        # Section 2.3.1.2: after five redirects the file may be taken for unavailable, as if it were not there.
        if error.outcome == "too_many_redirects":
            return EVERYTHING, ROBOTS_LIFE
        is_host = error.outcome in NEVER or (error.outcome in NO_HOST and not error.answered)
        return replace(NOTHING, fault=error.outcome if is_host else None), SHORTEST_LIFE
    except Refused:
        return NOTHING, SHORTEST_LIFE
    found = read_robots(answer.status, answer.body)
    return found, SHORTEST_LIFE if found == NOTHING else life(answer)


def _asked_again(before: Memory | None, found: Robots, seconds: float, *, now: float) -> Memory:
    if found != NOTHING:
        return Memory(found, now + seconds)
    since = before.failing_since if before and before.failing_since is not None else now
    copy = before.good if before and before.good and before.good.rule == "text" else None
    return Memory(copy, now + min(max(seconds, (now - since) * LATER), ROBOTS_LIFE), since, found.fault)


def _upper(url: str) -> str:
    """Return an address with its escapes in upper case, as patterns have them."""
    return re.sub(r"%[0-9A-Fa-f]{2}", lambda found: found[0].upper(), url)


@lru_cache(maxsize=256)
def _parsed(text: str) -> RobotsTxt:
    return robots_txt.parse(text.encode("latin-1"))
