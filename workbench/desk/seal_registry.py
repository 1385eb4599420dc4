"""How the rows of each model are sealed, or why they are not; each app declares its own (``seals`` in its ``apps.py``).

A form is a list of columns, numbered from 1. Every seal names its form, so old seals stay valid when a column is
added: add a form, never change one, and have a migration install it (``seal_triggers.SealTables``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.db import models

from workbench.desk import declarations
from workbench.desk.vocabulary import DeskVerb

QUEUE = dict.fromkeys(("due_at", "leased_until", "fence", "tries", "trouble"), "place in the work queue")
FOUND_BY = {"word_index": "made of other columns, for searches"}

# The columns of every proposal that takes two people, and its times; nobody is second where one person acted alone.
PROPOSED = ("proposed_by_id", "proposed_at", "state", "second_id", "answered_at", "waiver")
PROPOSED_AT = {"proposed_at": "proposed_by_id", "answered_at": ""}


PROPOSING = (*(DeskVerb.PROPOSED, DeskVerb.AGREED, DeskVerb.DECLINED, DeskVerb.TOOK_BACK, DeskVerb.ACTED_ALONE),)


@dataclass(frozen=True)
class Sealed:
    """How the rows of a model are sealed.

    ``but`` says of each column that is left out why. ``times`` names the columns that say when somebody did something,
    each with the column of the person, or with nothing: they are held against the time and the actor in the log.
    Rows of ``in_acts`` models are written only together with an entry of the log, where ``verbs`` are given with one
    of these. It is an act of a person, unless its verb is in ``machine``.

    A sealed column keeps its first value, unless it is in ``acted`` (it changes only in acts with the verbs given
    there, where ``once`` has a condition from when on it holds), in ``free`` (it changes without an act, for the reason
    given there), in ``with_time`` (a worker changes it and this time together), or a trigger says until when.
    Rows stay, but for acts with the verbs in ``removed``.

    Many small rows that belong to one have one seal together: ``group`` is the column that points to it.
    Rows are only added to such a group; to a ``whole`` one only in the transaction that makes it.
    """

    forms: tuple[tuple[str, ...], ...]
    but: dict[str, str] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)
    in_acts: bool = False
    verbs: tuple[str, ...] = ()
    machine: tuple[str, ...] = ()
    acted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    once: dict[str, str] = field(default_factory=dict)
    free: dict[str, str] = field(default_factory=dict)
    with_time: dict[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    group: str = ""
    whole: bool = False

    @property
    def number(self) -> int:
        """Return the number of the newest form."""
        return len(self.forms)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the newest form."""
        return self.forms[-1]


@dataclass(frozen=True)
class Unsealed:
    """Why the rows of a model are not sealed."""

    reason: str


@cache
def registry() -> dict[type[models.Model], Sealed | Unsealed]:
    """Return for each model how it is sealed, or why not."""
    return {apps.get_model(label): rule for label, rule in declarations.seals().items()}


@cache
def sealed() -> dict[str, tuple[type[models.Model], Sealed]]:
    """Return every sealed model with its rule, by the name that the log gives its rows."""
    rules = registry().items()
    return {model._meta.model_name or "": (model, rule) for model, rule in rules if isinstance(rule, Sealed)}
