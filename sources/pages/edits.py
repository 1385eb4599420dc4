"""Edits of a page before and after, side by side, with the numbers that changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sources.models import Change, Edit, Touch
from sources.models.vocabulary import EditPlace
from sources.models.watch import ChangeQuerySet
from sources.watching.diff import DiffPiece, words
from workbench.desk.compiled_queries import CompiledQuery


@dataclass(frozen=True)
class ShownEdit:
    """An edit with its words in pieces: those are marked that the other side does not have."""

    edit: Edit
    old: list[DiffPiece]
    new: list[DiffPiece]

    @property
    def what(self) -> str:
        """Return what was done, and where if not in the text; a label may say the place already."""
        kind, place = str(self.edit.get_kind_display()), str(self.edit.get_place_display())
        is_said = self.edit.place == EditPlace.TEXT or place in self.edit.flag_labels
        return kind if is_said else f"{kind} · {place}"

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Return the numbers that replaced others."""
        return replaced(self.edit.numbers)


@dataclass(frozen=True)
class ShownChange:
    """A change with its edits: those that matter, and those of formatting."""

    change: Change
    weighty: list[ShownEdit]
    boring: list[ShownEdit]

    @property
    def notice(self) -> str:
        """Return the note to show before the edits; empty where there is none."""
        if not self.change.compared_at:
            return _("The two texts have not been compared yet. Reload the page in a moment.")
        return _("Only spaces, punctuation or a dateline changed.") if self.change.is_boring else ""

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Return the numbers that replaced others, each pair once."""
        return list(dict.fromkeys(pair for shown in self.weighty for pair in shown.numbers))


@dataclass(frozen=True)
class TouchedPassage:
    """What a change did to a cited passage."""

    touch: Touch
    numbers: list[tuple[str, str]]


@CompiledQuery
def changes_of(document: int) -> ChangeQuerySet:
    """The changes of a document that matter, the newest first."""
    found: ChangeQuerySet = Change.objects.found()
    return (
        found.filter(before__capture__document=document)
        .select_related("before__capture", "after__capture")
        .defer("before__text", "after__text")
        .prefetch_related("edits")
    )


def shown_change(change: Change) -> ShownChange:
    """Return a change as pages show it."""
    edits = list(change.edits.all())
    return ShownChange(
        change,
        weighty=_pieces(edit for edit in edits if not edit.is_boring),
        boring=_pieces(edit for edit in edits if edit.is_boring),
    )


def shown_touches(change: Change) -> list[TouchedPassage]:
    """Return what a change did to cited passages, in the order of the text."""
    touches = change.touches.select_related("passage").order_by("passage__start")
    return [TouchedPassage(touch, replaced(touch.numbers)) for touch in touches]


def replaced(pairs: Iterable[tuple[str, str]] | Iterable[list[str]]) -> list[tuple[str, str]]:
    """Return the pairs of numbers of which one replaced the other; a number may also appear or disappear alone."""
    return [(old, new) for old, new in pairs if old and new]


def _pieces(edits: Iterable[Edit]) -> list[ShownEdit]:
    return [ShownEdit(edit, *words(edit.old, edit.new)) for edit in edits]
