"""Compare a page that somebody brought with our own fetch of the same address, on the pages of both documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sources.models import Document, DocumentAddress, Reading
from sources.models.vocabulary import AddressKind, Outcome
from sources.pages import document_queries
from sources.watching import diff
from sources.watching.diff import DiffPiece, Version

MOST_SHOWN = 5  # comparisons on one page; a page has one address, and few people bring it
MOST_EDITS = 30
MOST_COMPARED = 100_000  # characters of each text: two of them take under a second


@dataclass(frozen=True)
class TextDifference:
    """A passage that differs: the words as we fetched them, and as they were brought, in pieces."""

    fetched: list[DiffPiece]
    brought: list[DiffPiece]


@dataclass(frozen=True)
class FetchComparison:
    """A brought page against our own fetch of its address.

    ``fetched`` is None while the desk has not asked for the address; a reading is None where there is no text.
    """

    url: str
    brought: Document
    fetched: Document | None
    brought_text: Reading | None = None
    fetched_text: Reading | None = None
    differences: tuple[TextDifference, ...] = ()
    more: int = 0  # differences that are not shown

    @property
    def state(self) -> str:
        """Return how the two compare: same, differs, unread, waiting, failed or not_asked."""
        if self.fetched is None:
            return "not_asked"
        if self.fetched_text is None:
            return "waiting" if self.fetched.last_outcome in {"", Outcome.OK, Outcome.NOT_MODIFIED} else "failed"
        if self.brought_text is None:
            return "unread"
        return "differs" if self.differences else "same"


def comparisons(document: Document) -> list[FetchComparison]:
    """Return how the pages that people brought compare with our fetch of this address, or this file with ours of its.

    The number of queries does not grow with the number of files.
    """
    pairs = _of_address(document) if document.is_web else _of_file(document)
    keys = {each.pk for _url, brought, fetched in pairs for each in (brought, fetched) if each}
    taken = _taken(keys) if pairs else {}
    chosen = {
        (brought.pk, fetched.pk): _nearest(taken.get(brought.pk, []), taken.get(fetched.pk, []))
        for _url, brought, fetched in pairs
        if fetched
    }
    wanted = {key for pair in chosen.values() for key in pair if key}
    texts = Reading.objects.select_related("capture").in_bulk(wanted) if wanted else {}
    return [_compared(url, brought, fetched, texts, chosen) for url, brought, fetched in pairs]


Pair = tuple[str, Document, "Document | None"]
Taken = tuple[datetime, int]


def _of_file(document: Document) -> list[Pair]:
    rows = DocumentAddress.objects.filter(document=document, kind=AddressKind.STATED).order_by("pk")
    urls = list(rows.values_list("url", flat=True)[:MOST_SHOWN])
    fetched = {row.url: row for row in Document.objects.filter(url__in=urls)} if urls else {}
    return [(url, document, fetched.get(url)) for url in urls]


def _of_address(document: Document) -> list[Pair]:
    rows = document_queries.stated_at(document.url, most=MOST_SHOWN)
    return [(row.url, row.document, document) for row in rows]


def _taken(keys: Iterable[int]) -> dict[int, list[Taken]]:
    """Return the readings with a text, by their documents: when their bytes came, and their keys."""
    rows = Reading.objects.filter(capture__document__in=keys, outcome=Outcome.OK).exclude(text="")
    found: dict[int, list[Taken]] = {}
    for key, document, at in rows.values_list("pk", "capture__document", "capture__taken_at"):
        found.setdefault(document, []).append((at, key))
    return found


def _nearest(brought: list[Taken], fetched: list[Taken]) -> tuple[int | None, int | None]:
    """Return the newest reading of what was brought, and that of our fetch which is nearest to it in time."""
    if not brought or not fetched:
        return (max(brought)[1] if brought else None), (max(fetched)[1] if fetched else None)
    at, key = max(brought)
    return key, min(fetched, key=lambda each: (abs(each[0] - at), -each[1]))[1]


def _compared(
    url: str,
    brought: Document,
    fetched: Document | None,
    texts: dict[int, Reading],
    chosen: dict[tuple[int, int], tuple[int | None, int | None]],
) -> FetchComparison:
    if fetched is None:
        return FetchComparison(url, brought, None)
    ours, theirs = (texts.get(key or 0) for key in reversed(chosen[brought.pk, fetched.pk]))
    if ours is None or theirs is None:
        return FetchComparison(url, brought, fetched, theirs, ours)
    found = _differences(ours.title, ours.text, theirs.title, theirs.text, ours.language)
    return FetchComparison(url, brought, fetched, theirs, ours, found[:MOST_EDITS], max(0, len(found) - MOST_EDITS))


@lru_cache(maxsize=64)
def _differences(title: str, text: str, other_title: str, other_text: str, language: str) -> tuple[TextDifference, ...]:
    """Return the passages that differ in more than space and punctuation; texts never change, so this is kept."""
    before, after = Version(text[:MOST_COMPARED], title), Version(other_text[:MOST_COMPARED], other_title)
    edits = (edit for edit in diff.between(before, after, language) if not edit.is_boring)
    return tuple(TextDifference(*diff.words(edit.old, edit.new)) for edit in edits)
