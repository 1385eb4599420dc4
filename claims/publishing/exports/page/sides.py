"""The evidence of a report at one glance: for, against and about the claim, by document, with copies folded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from claims.models.vocabulary import Stance

Facts = dict[str, Any]

SIDES = (Stance.SUPPORTS, Stance.REFUTES, Stance.DISCUSSES)


@dataclass
class SidesDocument:
    """A document with the numbers of its passages, and the names of documents that only repeat its words."""

    name: str
    day: str
    items: list[int] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    copies: list[str] = field(default_factory=list)

    @property
    def names_of_copies(self) -> str:
        """The documents that repeat the same words, in one line."""
        return ", ".join(self.copies)


@dataclass(frozen=True)
class Side:
    """What the documents of one stance are called together, and these documents."""

    stance: str
    label: str
    documents: Sequence[SidesDocument]


def of(evidence: Iterable[Facts]) -> list[Side]:
    """Return the sides of the evidence as ``readable`` made it; nothing where there is none.

    Newer reports say which passages are of one article; in older ones those of one address are.
    """
    items = list(evidence)
    if not items:
        return []
    return [Side(stance.value, _label(stance), _documents(items, stance)) for stance in SIDES]


def _documents(items: Iterable[Facts], stance: Stance) -> list[SidesDocument]:
    found: dict[Any, SidesDocument] = {}
    for item in items:
        if item["stance"] != stance:
            continue
        document = found.setdefault(_key(item), SidesDocument(_name(item), _day(item)))
        document.items.append(item["number"])
        document.words.add(_plain(item["exact"]))
    return _folded(found.values())


def _folded(documents: Iterable[SidesDocument]) -> list[SidesDocument]:
    """Fold each document whose words all stand in an earlier one: it adds nothing that the other does not say."""
    kept: list[SidesDocument] = []
    for document in documents:
        first = next((other for other in kept if document.words <= other.words), None)
        if first is None:
            kept.append(document)
        else:
            first.copies.append(document.name)
            first.items += document.items
    return kept


def _key(item: Facts) -> Any:
    return item.get("article") or item["url"] or item["sha256"]


def _name(item: Facts) -> str:
    outlet, brought = item["outlet"] or {}, item.get("brought") or {}
    return outlet.get("name") or item["host"] or brought.get("file") or _("Text without a web address")


def _day(item: Facts) -> str:
    return item["published_at"].day if item["published_at"] else ""


def _plain(words: str) -> str:
    """Return words without what printing changes: case, and how they are spaced."""
    return " ".join(words.split()).casefold()


def _label(stance: Stance) -> str:
    if stance == Stance.SUPPORTS:
        return _("For the claim")
    return _("Against the claim") if stance == Stance.REFUTES else _("About the claim")
