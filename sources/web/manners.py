"""Manners of a guest: what robots.txt asks for, and how long to wait between two visits."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

import redis
from protego import Protego

from sources.web.addresses import NOBODY, Address, Pairs, Refused, vet
from sources.web.client import PRODUCT, Answer
from sources.web.outcomes import Failed

# Seconds between the starts of two requests to one host: what Media Cloud has found publishers to bear.
USUAL_DELAY = 5.0
LONGEST_DELAY = 60.0
SAMPLE_DELAY = 0.2

ROBOTS_BYTES = 500 * 1024  # RFC 9309 section 2.5: parse at least so much
ROBOTS_LIFE = 24 * 3600  # seconds; RFC 9309 section 2.4: no longer than a day
UNREACHABLE_LIFE = 10 * 60  # ask again soon, for meanwhile we fetch nothing there

TOO_MANY_REQUESTS = 429

# Takes the start if it is free, else leaves everything as it was. By the server's clock, so that workers on several
# machines agree; the key expires by itself, so that a worker that dies holds up nobody.
TAKE_START = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local last = tonumber(redis.call('GET', KEYS[1]))
if last and last <= now and last + ARGV[1] > now then
  return last + ARGV[1] - now
end
redis.call('SET', KEYS[1], string.format('%.0f', now), 'PX', ARGV[2])
return 0
"""


@dataclass(frozen=True)
class Robots:
    """What a host's robots.txt allows: what its text says, or everything, or nothing when it could not be had."""

    rule: Literal["text", "everything", "nothing"]
    text: str = ""

    def allows(self, url: str, agent: str = PRODUCT) -> bool:
        """Return whether the agent may fetch this address. robots.txt itself always may be (RFC 9309 section 2.2.2)."""
        if self.rule != "text" or urlsplit(url).path == "/robots.txt":
            return self.rule != "nothing" or urlsplit(url).path == "/robots.txt"
        return _parsed(self.text).can_fetch(url, agent)

    def delay(self, agent: str = PRODUCT) -> float:
        """Return the seconds between starts that the host asks for (Crawl-delay, not in the RFC), at most a minute."""
        asked = _parsed(self.text).crawl_delay(agent) if self.rule == "text" else None
        return min(max(float(asked or 0), 0.0), LONGEST_DELAY)


EVERYTHING = Robots("everything")
NOTHING = Robots("nothing")


def robots(url: str, fetch: Callable[[str], Answer], store: redis.Redis, allowed: Pairs = NOBODY) -> Robots:
    """Return the rules of the host of an address, from the store that all workers share or else fetched.

    ``fetch`` is ``client.get`` with the caller's contact and pairs. Raises ``Refused`` for an address we do not open.
    """
    address = vet(url, allowed)
    key = f"robots:{address.scheme}://{address.site}"
    kept = store.get(key)
    if kept is not None:
        return Robots(**json.loads(kept))
    found = _fetch_robots(f"{address.scheme}://{address.site}/robots.txt", fetch)
    life = UNREACHABLE_LIFE if found == NOTHING else ROBOTS_LIFE
    store.set(key, json.dumps(asdict(found)), ex=life)
    return found


def read_robots(status: int, body: bytes) -> Robots:
    """Return the rules that an answer to /robots.txt stands for (RFC 9309 section 2.3.1).

    Success is parsed; 4xx means that there are none; 5xx, and whatever else, that nothing may be fetched. So does 429,
    which is not about the file but asks us to stay away.
    """
    if 200 <= status < 300:
        return Robots("text", body[:ROBOTS_BYTES].decode("utf-8-sig", "replace"))
    if 400 <= status < 500 and status != TOO_MANY_REQUESTS:
        return EVERYTHING
    return NOTHING


def delay(address: Address, rules: Robots, allowed: Pairs = NOBODY, agent: str = PRODUCT) -> float:
    """Return the seconds that must lie between two starts at a host: ours, or longer where the host asks for more.

    The hosts of the sample, which are our own and exactly allowed, are asked five times a second.
    """
    if (address.host, address.port) in allowed:
        return SAMPLE_DELAY
    return max(USUAL_DELAY, rules.delay(agent))


def reserve(site: str, seconds: float, store: redis.Redis) -> float:
    """Take the next start at a site (``Address.site``) if its time has come; return the seconds to wait otherwise.

    0.0 means that the start is taken and the request must be sent at once. Anything else means that nothing was taken:
    come back after so many seconds. All workers share the clock and the memory of the store.
    """
    life = max(seconds, LONGEST_DELAY)
    wait = store.eval(TAKE_START, 1, f"pace:{site}", str(round(seconds * 1000)), str(round(life * 1000)))
    return float(str(wait)) / 1000


def _fetch_robots(url: str, fetch: Callable[[str], Answer]) -> Robots:
    try:
        answer = fetch(url)
    except Failed as error:
        # Section 2.3.1.2: after five redirects the file may be taken for unavailable, as if it were not there.
        return EVERYTHING if error.outcome == "too_many_redirects" else NOTHING
    except Refused:
        return NOTHING
    return read_robots(answer.status, answer.body)


@lru_cache(maxsize=256)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)
