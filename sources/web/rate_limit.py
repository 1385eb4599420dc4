"""Rate limit per host, shared by all workers: turns, the gap between visits, and backoff when a host is overloaded."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import redis

LONGEST_GAP = 60.0  # seconds: the longest gap, however slow or overloaded a host is
FIRST_REST = 30.0  # seconds without a visit after the first 429 or 503 (Media Cloud's), then twice as long each time
LONGEST_REST = 3600.0
LONGEST_RETRY = 24 * 3600.0  # of what Retry-After asks: 88 hours have been seen
DOWN = 12  # gaps without a visit to a host that did not connect (a minute, of five seconds each), then twice as many
LONGEST_DOWN = 600.0
LONGEST_LINE = 300.0  # the longest wait before somebody asks for a turn again, however many wait
MEMORY = 26 * 3600  # seconds that we remember the state of a host: longer than any rest

_NOW = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local function number(name) return tonumber(redis.call('HGET', KEYS[1], name) or '0') end
local function set(...) redis.call('HSET', KEYS[1], ...) end
local function gap(delay, most)
  local slow = math.max(delay, number('average'))
  return math.max(delay, math.min(slow * 2 ^ number('strain'), most))
end
"""

# KEYS: the host. ARGV: delay, longest gap, lease (ms), token, life (s). Returns 0 where the turn is taken, else the ms
# to wait. It uses the clock of the server, so that workers on several machines agree. The turn of a dead worker ends
# with its lease, and counts as a visit until then: the worker may have connected at any moment.
_TAKE = (
    _NOW
    + """
local held, last = number('held'), number('last')
if held > now then return math.ceil(math.min(held - now, gap(tonumber(ARGV[1]), tonumber(ARGV[2])))) end
if held > 0 then
  last = math.max(last, held)
  set('last', string.format('%.0f', last), 'held', '0')
end
local free = math.max(last + gap(tonumber(ARGV[1]), tonumber(ARGV[2])), number('rest'))
if last > 0 and last <= now + 1 and free > now then return math.ceil(free - now) end
if number('rest') > now then return number('rest') - now end
set('held', string.format('%.0f', now + ARGV[3]), 'token', ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 0
"""
)

# KEYS: the host. ARGV: delay, longest gap, wait, longest line (ms), a number below 1. Returns the ms after which
# a worker that found the host busy should come back: one after the other, a little apart, so that the first one finds
# the host free and the others do not come for nothing.
_LINE_UP = (
    _NOW
    + """
local free = now + ARGV[3]
local apart = gap(tonumber(ARGV[1]), tonumber(ARGV[2])) * 1.05 + number('average')
local seat = math.max(free, number('line') + apart)
if seat > free + ARGV[4] then return ARGV[3] + ARGV[4] * ARGV[5] end
set('line', string.format('%.0f', seat))
return seat - now
"""
)

# The end of a visit is rounded up to the next millisecond, so that a gap is never too short.
# KEYS: the host. ARGV: token, took (ms), how it ended, rest asked for (ms), delay (ms), then first rest, longest rest,
# down, longest down (ms). Only good answers lower the average response time; each "too many requests" doubles the gap
# until as many good answers have come.
_GIVE_BACK = (
    _NOW
    + """
if redis.call('HGET', KEYS[1], 'token') == ARGV[1] then
  set('last', string.format('%.0f', now + 1), 'held', '0', 'token', '')
end
local took, how, asked, delay = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local average, strain, failed = number('average'), number('strain'), number('failed')
local rest = asked
if how ~= 'down' and (how == 'good' or took > average) then
  average = average == 0 and took or 0.75 * average + 0.25 * took
end
if how == 'good' then
  strain, failed = math.max(strain - 1, 0), 0
elseif how == 'strained' then
  rest = math.max(rest, math.min(ARGV[6] * 2 ^ strain, tonumber(ARGV[7])))
  strain, failed = math.min(strain + 1, 10), 0
elseif how == 'down' then
  rest = math.max(rest, math.min(delay * ARGV[8] * 2 ^ failed, tonumber(ARGV[9])))
  failed = math.min(failed + 1, 10)
end
set('average', string.format('%.0f', average), 'strain', strain, 'failed', failed)
if rest > 0 then set('rest', string.format('%.0f', math.max(number('rest'), now + rest))) end
redis.call('EXPIRE', KEYS[1], ARGV[10])
return 0
"""
)


@dataclass(frozen=True)
class Ending:
    """How a visit ended, for the rate limit. ``rest`` are the seconds that the host asked us to wait."""

    how: str  # "good", "other" (an error of a page), "strained" (429, 503) or "down" (no connection)
    took: float
    rest: float = 0.0


@dataclass(frozen=True)
class Turn:
    """The right to start one request at a host, until the lease ends."""

    site: str
    token: str
    delay: float


class Pace:
    """Turns at hosts: one visitor at a time, and a gap between the end of one visit and the start of the next."""

    def __init__(self, store: redis.Redis) -> None:
        self._store = store

    def take(self, site: str, delay: float, lease: float) -> Turn | float:
        """Take the turn at a site (``Address.site``) if it is free; else return the seconds to wait.

        ``delay`` is in seconds and at least what lies between two starts, ``lease`` longer than any visit takes. The
        turn must be used at once and given back.
        """
        token = secrets.token_hex(8)
        life = MEMORY + int(delay + lease)
        wait = self._run(_TAKE, site, _ms(delay), _ms(LONGEST_GAP), _ms(lease), token, life)
        return Turn(site, token, delay) if wait == 0 else wait

    def line_up(self, site: str, delay: float, wait: float) -> float:
        """Return the seconds after which to come back to a site where the next turn is free after ``wait``."""
        chance = secrets.randbelow(1000) / 1000
        return self._run(_LINE_UP, site, _ms(delay), _ms(LONGEST_GAP), _ms(wait), _ms(LONGEST_LINE), chance)

    def give_back(self, turn: Turn, ending: Ending) -> None:
        """End a turn, and note what it says about the load of the host."""
        how = [turn.token, _ms(ending.took), ending.how, _ms(min(ending.rest, LONGEST_RETRY)), _ms(turn.delay)]
        limits = [_ms(FIRST_REST), _ms(LONGEST_REST), DOWN, _ms(LONGEST_DOWN), MEMORY + int(turn.delay)]
        self._run(_GIVE_BACK, turn.site, *how, *limits)

    def _run(self, script: str, site: str, *arguments: Any) -> float:
        """Return the answer of a script, converted from milliseconds to seconds."""
        answer: Any = self._store.eval(script, 1, f"host:{site}", *map(str, arguments))
        return float(answer) / 1000


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
