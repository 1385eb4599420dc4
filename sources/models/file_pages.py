"""The pages of a file in its extracted text: which page a passage stands on, and how it is cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sources.models.document import Reading
from sources.models.vocabulary import PartKind


@dataclass(frozen=True)
class FilePage:
    """A page: its number in the file from 1, what is printed on it as its number, and its span of the text."""

    number: int
    label: str
    start: int
    end: int

    def offset(self, start: int) -> float:
        """Return how much of the page's text stands before a place in the text of the file, as a share."""
        return max(0, start - self.start) / max(1, self.end - self.start)

    def words(self, text: str, start: int, end: int) -> str:
        """Return those words of a span of the text that stand on this page."""
        return text[max(start, self.start) : min(end, self.end)]


def pages_of(reading: Reading) -> list[FilePage]:
    """Return the pages of a reading; none where its capture has no pages."""
    found: list[dict[str, Any]] = [part for part in reading.parts if part["kind"] == PartKind.PAGE]
    return [
        FilePage(number, part.get("label") or str(number), part["start"], part["end"])
        for number, part in enumerate(found, start=1)
    ]


def are_marked(reading: Reading) -> bool:
    """Return whether a passage can be marked on pictures of its pages: not where its text was recognized in them."""
    return reading.reader.startswith("pdf@")


def pages_at(reading: Reading, start: int, end: int) -> list[FilePage]:
    """Return the pages on which a span of the text stands, the first one first."""
    return [page for page in pages_of(reading) if page.start < end and start < page.end]


def cited(pages: list[FilePage]) -> str:
    """Return pages as they are cited, by the numbers printed on them: 14, or 14–15."""
    labels = [page.label for page in pages]
    return labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}" if labels else ""
