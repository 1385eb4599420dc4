"""Pages about edits: what changed between two readings of a document, before and after side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sources.models import Change, Document, Edit
from sources.watching.diff import DiffPiece, words
from workbench.pages.http import Request

MOST_SHOWN = 10  # the newest changes on the page of a document; each change has its own page


@dataclass(frozen=True)
class ShownEdit:
    """An edit with its words in pieces; those that the other side does not have are marked."""

    edit: Edit
    old: list[DiffPiece]
    new: list[DiffPiece]


@dataclass(frozen=True)
class ShownChange:
    """A change with its edits: the important ones, and those of formatting only."""

    change: Change
    weighty: list[ShownEdit]
    boring: list[ShownEdit]

    @property
    def numbers(self) -> list[list[str]]:
        """Return the numbers that replaced others, each pair once."""
        pairs = [pair for shown in self.weighty for pair in shown.edit.numbers if all(pair)]
        return [list(pair) for pair in dict.fromkeys(tuple(pair) for pair in pairs)]


@require_safe
def show_change(request: Request, pk: int) -> HttpResponse:
    """Show the changes between two readings, sentence by sentence, with both captures and the cited passages."""
    change = get_object_or_404(
        Change.objects.select_related("before__capture__document__source", "after__capture").prefetch_related("edits"),
        pk=pk,
    )
    touches = change.touches.select_related("passage").order_by("passage__start")
    context = {
        "document": change.before.capture.document,
        "shown": _shown(change),
        "touches": touches,
    }
    return render(request, "sources/change.html", context)


def changes_of(document: Document) -> list[ShownChange]:
    """Return the important changes of a document, the newest first, in two queries."""
    found = (
        Change.objects.found()
        .filter(before__capture__document=document)
        .select_related("before__capture", "after__capture")
        .defer("before__text", "after__text")
        .prefetch_related("edits")
    )
    return [_shown(change) for change in found[:MOST_SHOWN]]


def _shown(change: Change) -> ShownChange:
    edits = list(change.edits.all())
    return ShownChange(
        change,
        weighty=_pieces(edit for edit in edits if not edit.is_boring),
        boring=_pieces(edit for edit in edits if edit.is_boring),
    )


def _pieces(edits: Iterable[Edit]) -> list[ShownEdit]:
    return [ShownEdit(edit, *words(edit.old, edit.new)) for edit in edits]
