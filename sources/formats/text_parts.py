"""A part of a text with its place: the standfirst of an article, a page of a PDF, a cell of a sheet, a cue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part of a text that is of a kind, with its first character and the one after its last.

    A post and a cue have a time; a page and a sheet have a ``label``, as its readers name it.
    """

    kind: str
    start: int
    end: int
    at: str = ""
    label: str = ""
