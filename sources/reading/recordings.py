"""Tell which readings are of pictures, recordings and transcripts, and when the cues of a transcript are said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from sources.formats import file_text
from sources.formats.files import reader_names, transcript
from sources.language import clock_times
from sources.models import Capture, Document, Passage, Reading

PICTURE, RECORDING, TRANSCRIPT = reader_names.PICTURE, reader_names.FILM, reader_names.TRANSCRIPT
LARGEST_TRANSCRIPT = transcript.LARGEST  # bytes
DAMAGED = file_text.DAMAGED  # the name of the fact that metadata of a standard could not be read


def capture_of(document: Document) -> Capture | None:
    """Return the newest capture of a document that is a picture or recording; None where it is neither."""
    newest = readings_of(document.pk).select_related("capture").first()
    return newest.capture if newest else None


def readings_of(document: int) -> QuerySet[Reading]:
    """Return the readings of a document as a picture or recording, by its key: the newest first, without texts."""
    rows = Reading.objects.filter(capture__document=document, reader__in=(PICTURE, RECORDING), read_at__isnull=False)
    return rows.defer("text").order_by("-capture__taken_at", "-pk")


def times_of(passage: Passage) -> str:
    """Return from when to when a passage of a transcript is said; empty for a passage of any other text."""
    span = (passage.start, passage.end)
    cues = [part["at"] for part in passage.reading.parts if part["kind"] == transcript.CUE and _overlap(part, span)]
    times = [found for found in map(transcript.span, cues) if found]
    if not times:
        return ""
    return "–".join(map(clock_times.written, (min(times)[0], max(last for _first, last in times))))


def _overlap(part: Mapping[str, Any], span: tuple[int, int]) -> bool:
    return bool(part["start"] < span[1] and span[0] < part["end"])


def cue_times(at: str) -> str:
    """Return from when to when a cue is said, as people write it; empty where its part has no time."""
    times = transcript.span(at)
    return "–".join(map(clock_times.written, times)) if times else ""
