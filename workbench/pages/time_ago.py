"""How long ago something happened, as Django’s ``naturaltime`` says it, worked out once for each moment and hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils import timezone
from django.utils.translation import get_language

MOST_KEPT = 4_000
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def ago(at: datetime) -> str:
    """Return how long ago a moment was, or how soon it will be.

    The words change with each second of the first minute, each minute of the first hour, and each hour after that.
    """
    passed = timezone.now() - at
    step = HOUR if passed >= HOUR else MINUTE if passed >= MINUTE else SECOND
    return _ago(at, passed // step, step, get_language())


@lru_cache(maxsize=MOST_KEPT)
def _ago(at: datetime, _steps: int, _step: timedelta, _of_page: str | None) -> str:
    return str(naturaltime(at))
