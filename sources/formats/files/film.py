"""Read sound and films: how long they are and what they say of themselves (tags, headers), without unpacking them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from tinytag import TinyTag

from sources.formats.charset import clean
from sources.formats.file_text import DAMAGED, Fact, FileText
from sources.formats.files import credentials, film_boxes
from sources.language.clock_times import written

LONGEST = 500  # characters of a value
# What a tag is called as a fact; what is not listed says nothing of where a recording comes from.
NUMBERS = {"bitrate": "Bitrate", "samplerate": "SampleRate", "channels": "Channels"}
TAGS = {"title": "Title", "artist": "Artist", "album": "Album", "year": "Year", "comment": "Comment", "genre": "Genre"}
OTHERS = {"encoder", "encoded_by", "url", "copyright", "publisher", "recording_date", "creation_time", "language"}
PRIVATE = {"Artist", "encoded_by"}
SECONDS = "Duration"
# Beginnings by which a file is known, for the library that reads content credentials.
SIGNED = ((4, b"ftyp", "video/mp4"), (8, b"WAVE", "audio/wav"), (0, b"ID3", "audio/mpeg"), (0, b"\xff", "audio/mpeg"))


def read(body: bytes, name: str = "") -> FileText:
    """Return what a recording says of itself. It has no text: that is in its transcript, if it has one."""
    boxes = _said("mp4", film_boxes.facts(body)) if body[4:8] == b"ftyp" else []
    tags = _said("tags", _tags(body, name))
    known = {fact.name for fact in boxes}
    facts = [*boxes, *(fact for fact in tags if fact.name not in known)]
    signed = next((kind for at, magic, kind in SIGNED if body[at:].startswith(magic)), "")
    return FileText(
        facts=(*facts, *_said("c2pa", credentials.facts(body, signed))),
        note="A recording has no text. Add a transcript to make its words searchable.",
    )


def seconds(facts: Iterator[Fact] | tuple[Fact, ...]) -> float | None:
    """Return how long a recording is, as its facts say; None where they do not."""
    return next((float(fact.value) for fact in facts if fact.name == SECONDS), None)


def _said(standard: str, told: Iterator[Fact]) -> list[Fact]:
    """Return the facts of one standard as far as they can be read, and whether the rest is damaged."""
    found: list[Fact] = []
    try:
        found.extend(told)
    except Exception:  # noqa: BLE001 -- parsers of metadata raise anything
        found.append(Fact(standard, DAMAGED, ""))
    return found


def _tags(body: bytes, name: str) -> Iterator[Fact]:
    tag = TinyTag.get(name or None, file_obj=BytesIO(body))
    if tag.duration:
        yield Fact("file", SECONDS, f"{tag.duration:.3f}")
        yield Fact("file", "Length", written(tag.duration))
    for key, fact in NUMBERS.items():
        if value := getattr(tag, key, None):
            yield Fact("file", fact, f"{value:g}")
    for key, fact in TAGS.items():
        if text := _text(getattr(tag, key, None)):
            yield Fact("tags", fact, text, is_private=fact in PRIVATE)
    others: Mapping[str, Any] = tag.other
    for key in sorted(OTHERS & set(others)):
        if text := _text(others[key]):
            yield Fact("tags", key, text, is_private=key in PRIVATE)


def _text(value: object) -> str:
    value = ", ".join(map(str, value)) if isinstance(value, list) else value
    return clean(" ".join(str(value or "").split()))[:LONGEST]
