"""Times within a recording: written as 0:01:02.5, and read as people, SRT and VTT write them."""

from __future__ import annotations

import math
import re

LONGEST = 1_000_000.0  # seconds; eleven days
_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:[.,](\d{1,3}))?", re.ASCII)
_BASE = 60


def written(seconds: float) -> str:
    """Return a time as hours, minutes and seconds; tenths and less only where there are some."""
    thousandths = round(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    minutes, second = divmod(whole, _BASE)
    hours, minute = divmod(minutes, _BASE)
    tail = f".{rest:03d}".rstrip("0") if rest else ""
    return f"{hours}:{minute:02d}:{second:02d}{tail}"


def read(text: str) -> float | None:
    """Return the seconds that a time stands for, such as 1:02:03.5, 62:03 or 90; None where it is no time."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds, fraction = found.groups(default="0")
    if found[2] and int(seconds) >= _BASE:
        return None
    value = (int(hours) * _BASE + int(minutes)) * _BASE + int(seconds) + int(fraction.ljust(3, "0")) / 1000
    return value if math.isfinite(value) and value <= LONGEST else None
