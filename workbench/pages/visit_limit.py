"""Limit how often something is tried, counted by all web processes together in the memory that workers share."""

from __future__ import annotations

import hashlib
import logging
from functools import cache

import redis
from django.conf import settings

log = logging.getLogger(__name__)


def is_over(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one try of somebody at something, and say whether there were more than ``most`` within so many seconds.

    ``who`` is kept as a hash, until then. Where the memory is away nothing is limited: what is tried must be safe
    without, as a token of 256 bits is.
    """
    key = f"tried:{what}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    try:
        with _memory().pipeline() as pipe:
            pipe.incr(key)
            pipe.expire(key, seconds, nx=True)
            number, _set = pipe.execute()
    except redis.RedisError:
        log.warning("tries are not counted: the memory that workers share does not answer")
        return False
    return int(number) > most


@cache
def _memory() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
