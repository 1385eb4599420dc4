"""What the page of a document shows of a picture or recording: marked places, near-copies, credentials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sources.models import Capture, Document, MarkedPlace, NearCopy, Picture, Reading
from sources.models.picture import BITS, DETAILED
from sources.models.vocabulary import NearCopyState
from sources.pages import credentials, document_queries, reverse_search
from sources.pages.brought import ShownFact, file_facts
from sources.pages.date_display import at
from sources.proving import playback
from sources.reading import recordings
from workbench.pages.http import Request

MOST = 50  # marked places that are shown, the newest first
HIDDEN = {"Duration"}  # beside the length in words


@dataclass(frozen=True)
class ShownMark:
    """A marked place: what it is called and who marked it, its link, and whether the page was asked for it."""

    place: MarkedPlace
    told: str
    link: str
    is_asked_for: bool


@dataclass(frozen=True)
class ShownCopy:
    """A picture that is near this one: its document, how near, and what a person said of both."""

    copy: NearCopy
    capture: Capture
    told: str
    is_open: bool


def player(request: Request, capture: Capture) -> dict[str, Any]:
    """Return what shows a picture, or plays a recording: the small copy, or an address at the archive host."""
    app = f"{request.scheme}://{request.get_host()}"
    plays = playback.plays(capture)
    is_film = plays and playback.media_type(capture).startswith(playback.VIDEO)
    return {
        "capture": capture,
        "picture": getattr(capture, "picture", None),
        "is_film": is_film,
        "has_poster": is_film and playback.has_stills(),
        "src": playback.address(capture, app, to=request.user) if plays else "",
    }


def seen(request: Request, document: Document) -> dict[str, Any]:
    """Return what shows a picture or recording beside a form about it; nothing where the document is none."""
    reading = _reading(document)
    if reading is None:
        return {}
    shown = player(request, reading.capture)
    return {"media": {**shown, "is_picture": reading.reader == recordings.PICTURE}}


def of(request: Request, document: Document, asked_for: int | None) -> dict[str, Any]:
    """Return what the page of a document shows of the picture or recording that it is; nothing where it is none."""
    reading = _reading(document)
    if reading is None:
        return {}
    capture = reading.capture
    row = getattr(capture, "picture", None)
    marks = _marks(document, asked_for)
    return {
        "media": {
            **player(request, capture),
            "is_picture": reading.reader == recordings.PICTURE,
            "faults": list(_faults(reading)),
            "marks": marks,
            "copies": _copies(row) if row else [],
            "has_private": any(fact["is_private"] for fact in reading.file_facts),
            "is_plain": row is not None and row.quality < DETAILED,
            "credentials": credentials.of(reading.file_facts),
            "links": reverse_search.links(document) if row else [],
            "transcripts": Reading.objects.filter(
                capture__document=document, reader=recordings.TRANSCRIPT, read_at__isnull=False
            ).count(),
        },
        "file_facts": _facts(reading),
        "title": str(document),
        "title_language": document.language,
        "is_marked": any(mark.is_asked_for for mark in marks),
    }


def _reading(document: Document) -> Reading | None:
    found: Reading | None = document_queries.recordings.first(document.pk)
    return found


def _facts(reading: Reading) -> list[ShownFact]:
    """Return the metadata without the credentials, which have a section of their own."""
    names = HIDDEN | {recordings.DAMAGED}
    kept = [
        fact for fact in reading.file_facts if fact["standard"] != credentials.STANDARD and fact["name"] not in names
    ]
    return file_facts(Reading(file_facts=kept))


def _faults(reading: Reading) -> Any:
    """Yield a sentence for each part of the metadata that is damaged."""
    for fact in reading.file_facts:
        if fact["name"] == recordings.DAMAGED and fact["standard"] != credentials.STANDARD:
            text = _("The %(standard)s data in this file are damaged. We could not read them.")
            yield text % {"standard": fact["standard"].upper()}


def _marks(document: Document, asked_for: int | None) -> list[ShownMark]:
    rows = MarkedPlace.objects.filter(passage__reading__capture__document=document)
    rows = rows.select_related("passage", "by").order_by("-pk")[:MOST]
    told = _("%(place)s, marked by %(person)s on %(when)s")
    return [
        ShownMark(
            row,
            told % {"place": row.label, "person": row.by, "when": at(row.at)},
            f"?passage={row.passage_id}#passage-{row.passage_id}",
            row.passage_id == asked_for,
        )
        for row in rows
    ]


def _copies(row: Picture) -> list[ShownCopy]:
    pairs = NearCopy.objects.of([row.pk]).select_related(
        "picture__capture__document", "other__capture__document", "decided_by"
    )
    return [_copy(pair, pair.other if pair.picture_id == row.pk else pair.picture) for pair in pairs]


def _copy(pair: NearCopy, other: Picture) -> ShownCopy:
    told = _("%(bits)d of %(all)d bits differ.") % {"bits": pair.distance, "all": BITS}
    is_open = pair.state == NearCopyState.SUGGESTED
    if not is_open and pair.decided_at:
        answer = _("%(answer)s, says %(person)s on %(when)s.")
        words = {"answer": pair.get_state_display(), "person": pair.decided_by, "when": at(pair.decided_at)}
        told = f"{told} {answer % words}"
    return ShownCopy(pair, other.capture, told, is_open)
