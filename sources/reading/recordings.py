"""Tell which readings are of pictures, recordings and transcripts, and when the cues of a transcript are said."""

from __future__ import annotations

from sources.formats.files import film, picture, transcript
from sources.language import clock_times

PICTURE, RECORDING, TRANSCRIPT = picture.READER, film.READER, transcript.READER  # the names of their readers
DAMAGED = picture.DAMAGED  # the name of the fact that metadata of a standard could not be read


def cue_times(at: str) -> str:
    """Return from when to when a cue is said, as people write it; empty where its part has no time."""
    times = transcript.span(at)
    return "–".join(map(clock_times.written, times)) if times else ""
