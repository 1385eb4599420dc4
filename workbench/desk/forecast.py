"""When a disk will be full: from the bytes used on each day of the past weeks, with its doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean, stdev

FEWEST_DAYS = 7  # of figures: a newsroom writes less at weekends, so less than a week says nothing
LONGEST = timedelta(days=3_650)  # nobody plans a disk further ahead
DOUBT = 2.0  # standard errors of the mean growth: about nineteen of twenty cases


@dataclass(frozen=True)
class Forecast:
    """How a disk fills: bytes a week, and when it is full at that growth.

    ``likely`` is None where it is not full within ten years. Full before ``earliest`` or after ``latest`` is unlikely;
    None means later than ten years.
    """

    weekly: int
    likely: date | None
    earliest: date | None
    latest: date | None


def forecast(used: Sequence[tuple[date, int]], free: int) -> Forecast | None:
    """Return when ``free`` bytes will be used up, from the bytes used by day; None with less than a week of days."""
    days = sorted(dict(used).items())
    if not days or (days[-1][0] - days[0][0]).days < FEWEST_DAYS:
        return None
    daily = [(after - before) / (day - earlier).days for (earlier, before), (day, after) in pairwise(days)]
    growth = mean(daily)
    error = DOUBT * stdev(daily) / len(daily) ** 0.5 if len(daily) > 1 else abs(growth)
    today = days[-1][0]
    full = [_full(today, free, each) for each in (growth, growth + error, growth - error)]
    return Forecast(round(growth * 7), *full)


def _full(today: date, free: int, daily: float) -> date | None:
    if daily <= 0 or free / daily > LONGEST.days:
        return None
    return today + timedelta(days=int(free / daily))
