"""Badges: a status or stage in a few words, with the look that it has on every page."""

from __future__ import annotations

from dataclasses import dataclass

PLAIN, GOOD, BAD, DOUBT = "stamp", "stamp good", "stamp bad", "stamp doubt"


@dataclass(frozen=True)
class Badge:
    """A word for a stage, and the classes of its element (``pieces.css``); ``partials/_badge.html`` shows it."""

    label: str
    look: str = PLAIN
