"""Where in a picture or recording a passage is, for a report: its region or the whole picture, or from when to when."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from sources.models import Passage
from sources.proving import playback, replay
from sources.reading import recordings
from workbench.desk.refusal import Refusal

SIDE = 640  # pixels of the picture in a report; it is part of the report, which never changes

Facts = dict[str, Any]


def of(passage: Passage) -> Facts | None:
    """Return the marked place of a passage, the picture that a note is on, or the times of a transcript; else None."""
    marked = getattr(passage, "marked", None)
    if marked is None:
        return _whole(passage)
    if not marked.region:
        still = playback.still(passage.reading.capture, marked.begins / 1000)
        return {"times": marked.label, **({"jpeg": b64encode(still).decode()} if still else {})}
    return {"region": list(marked.region), "jpeg": _drawn(passage, marked.region)}


def _whole(passage: Passage) -> Facts | None:
    """Return the whole picture that a passage tells of, or the times of a transcript; None for any other text."""
    if getattr(passage.reading.capture, "picture", None):
        jpeg = _drawn(passage)
        return {"jpeg": jpeg} if jpeg else None
    times = recordings.times_of(passage)
    return {"times": times} if times else None


def _drawn(passage: Passage, region: tuple[int, ...] = ()) -> str:
    """Return the picture, with the region drawn in it, in base64; nothing where the archive lacks it."""
    try:
        return b64encode(replay.small_copy(passage.reading.capture, region, SIDE)).decode()
    except Refusal:
        return ""
