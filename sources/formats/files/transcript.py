"""Read transcripts with times (WebVTT, SubRip): their words are the text, and each cue is a part with its time."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.formats import charset
from sources.formats.file_text import FileText
from sources.formats.text_parts import Part
from sources.formats.unreadable import Unreadable
from sources.language import clock_times, detection

CUE = "cue"
LARGEST = 8_000_000  # bytes; a transcript of a day has one
MOST = 50_000  # cues
SURE_OF_LANGUAGE = 0.5
_TIMES = re.compile(r"^[ \t]*([\d:.,]+)[ \t]+-->[ \t]+([\d:.,]+)(?:[ \t].*)?$", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:][^<>]*>|\{\\[^{}]*\}")
_SKIPPED = re.compile(r"^(?:WEBVTT|NOTE|STYLE|REGION)(?:[ \t]|$)")


@dataclass(frozen=True)
class SpokenCue:
    """What is said from one time to another, in seconds, on one line; a speaker stands before the words."""

    begins: float
    ends: float
    text: str


def read(body: bytes, _name: str = "") -> FileText:
    """Return the words of a transcript, one cue a line. Raises ``Unreadable`` where it has no cue with words."""
    text = charset.clean(charset.decode(body[:LARGEST], "text/plain"))
    spoken = cues(text)
    if not spoken:
        raise Unreadable("empty_extraction", "The file has no words with times.")
    lines = [cue.text for cue in spoken]
    parts: list[Part] = []
    start = 0
    for cue in spoken:
        parts.append(Part(CUE, start, start + len(cue.text), f"{stamp(cue.begins)} --> {stamp(cue.ends)}"))
        start += len(cue.text) + 1
    words = "\n".join(lines)
    language, score = detection.detect(words)
    return FileText(words, language=language if score >= SURE_OF_LANGUAGE else "", parts=tuple(parts))


def cues(text: str) -> list[SpokenCue]:
    """Return the cues of a transcript in the order of their times; what is no cue is left out."""
    return sorted(_cues(text.removeprefix("\ufeff")), key=lambda cue: (cue.begins, cue.ends))[:MOST]


def stamp(seconds: float) -> str:
    """Return a time as WebVTT writes it: 00:01:02.500."""
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def span(at: str) -> tuple[float, float] | None:
    """Return when a cue begins and ends, from the time of its part; None where it has none."""
    begins, _arrow, ends = at.partition(" --> ")
    first, last = clock_times.read(begins), clock_times.read(ends or begins)
    return None if first is None or last is None else (first, last)


def _cues(text: str) -> Iterator[SpokenCue]:
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.split("\n")
        if _SKIPPED.match(lines[0].strip()) and not any("-->" in line for line in lines):
            continue
        for number, line in enumerate(lines):
            if found := _TIMES.match(line):
                begins, ends = clock_times.read(found[1]), clock_times.read(found[2])
                words = _words(lines[number + 1 :])
                if begins is not None and ends is not None and ends >= begins and words:
                    yield SpokenCue(begins, ends, words)
                break


def _words(lines: list[str]) -> str:
    said = _VOICE.sub(lambda found: f"{found[1]}: ", " ".join(lines))
    return " ".join(entities.unescape(_TAG.sub("", said)).split())
