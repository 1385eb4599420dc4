"""A page at a glance: its first blocks, and the wall that stands before its article, as ``walls`` sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sources.language.any_case import AnyCase
from sources.language.languages.registry import either

# Above the first a page is a wall, below the second it is none; between them nobody knows.
SURE = 0.7
NONE = 0.3

MOST_WALL = 1_500  # characters; a wall says little
MOST_NOTICE = 400  # a page that says it is missing says little else

_NOT_FOUND = AnyCase(either(lambda language: language.pages.not_found))


@dataclass(frozen=True)
class Look:
    """What we see of a page at a glance. Of a page with much text, ``blocks`` holds only the first ones.

    ``wall`` is the wall of the page, where there is no doubt. ``suspect`` is the most probable one with its
    ``confidence``, however low; ``for_wall`` and ``against_wall`` are the evidence by its names. ``layout`` is the same
    for pages of one build.
    """

    wall: str | None = None
    title: str = ""
    canonical_url: str = ""
    blocks: tuple[str, ...] = ()
    suspect: str = ""
    confidence: float = 0.0
    for_wall: tuple[str, ...] = ()
    against_wall: tuple[str, ...] = ()
    is_paid: bool = False
    layout: str = ""

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Look:
        """Return the look that was written as JSON."""
        lists = {name: tuple(value) for name, value in found.items() if isinstance(value, list)}
        return cls(**{**found, **lists})

    @property
    def size(self) -> int:
        """Return the number of characters in the blocks that we know."""
        return sum(map(len, self.blocks))

    @property
    def may_be_wall(self) -> bool:
        """Whether the evidence leaves open if the page is a wall."""
        return NONE < self.confidence < SURE


def says_not_found(look: Look) -> bool:
    """Return whether a page with little text says, in a language we know, that there is nothing at its address."""
    return look.size <= MOST_NOTICE and any(_NOT_FOUND.is_in(text) for text in (look.title, *look.blocks[:3]))
