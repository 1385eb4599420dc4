"""Show the parts of an extracted text with their kind: standfirst, lead, and the posts of a live blog with times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sources.models import Reading
from sources.models.vocabulary import PartKind
from sources.pages.date_display import at
from sources.pages.notices import WARNING, Notice
from sources.pages.paragraphs import BREAKS, TextRun


@dataclass(frozen=True)
class ShownParagraph:
    """A paragraph of a text as its runs, and what it is, where it is the first of a part of a kind."""

    pieces: list[TextRun]
    label: str = ""


def with_kinds(reading: Reading, paragraphs: Sequence[list[TextRun]]) -> list[ShownParagraph]:
    """Return the paragraphs of a reading with the kinds of their parts."""
    labels = {part["start"]: _label(part) for part in reading.parts}
    starts = [0, *(found.end() for found in BREAKS.finditer(reading.text))] if labels else []
    named = [labels.get(start, "") for start in starts[: len(paragraphs)]] or [""] * len(paragraphs)
    return [ShownParagraph(pieces, label) for pieces, label in zip(paragraphs, named, strict=True)]


def in_part(reading: Reading | None) -> list[Notice]:
    """Return that a reading has less than half of its page, where it has."""
    if reading is None or not reading.is_in_part:
        return []
    text = _(
        "The extracted text has %(share)d%% of the sentences that stand with the headline on the page. "
        "Look at the capture for the others."
    )
    return [Notice(WARNING, _("Read in part"), text % {"share": round(100 * (reading.share or 0))})]


def _label(part: dict[str, Any]) -> str:
    if part["kind"] == PartKind.POST and part["at"]:
        return _("Post, %(when)s") % {"when": at(datetime.fromisoformat(part["at"]))}
    kind = str(PartKind(part["kind"]).label)
    detail = part.get("label") or (part["at"] if part["kind"] == PartKind.CUE else "")
    return f"{kind} {detail}" if detail else kind
