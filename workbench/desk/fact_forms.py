"""What a fact of a log entry is called, and what its value is: words, a code, the key of a row, or columns of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from django.db import models


class Plain(Enum):
    """A value that needs nothing else to be told to a reader."""

    WORDS = "words"  # of people, names, addresses, hashes: shown as they were written
    NUMBER = "number"
    YES_OR_NO = "yes or no"
    DATE = "date"  # a day, a month, a year or a moment
    LANGUAGE = "language"
    PROBLEM = "problem"  # what a worker wrote in English
    FACTS = "facts"  # other facts, by their names
    ROWS_OF = "rows of"  # the label of a model


@dataclass(frozen=True)
class Codes:
    """Values of these choices, which have labels; or those that ``all_of`` returns, by value."""

    choices: Sequence[type[models.TextChoices]] = ()
    all_of: Callable[[], Mapping[str, Any]] | None = None

    def labels(self) -> Mapping[str, Any]:
        """Return the label of each code."""
        if self.all_of is not None:
            return {code: getattr(member, "label", member) for code, member in self.all_of().items()}
        return {code: label for each in self.choices for code, label in each.choices}


@dataclass(frozen=True)
class Keys:
    """The key of a row of this kind, or its name in the log, such as ``claim 12``.

    ``words`` makes other words than usual for this fact. Without a kind, the name of the row says its kind.
    """

    kind: str
    words: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class ColumnValues:
    """Values of columns of a row of this kind, by the names of the columns."""

    kind: str


Form = Plain | Codes | Keys | ColumnValues


@dataclass(frozen=True)
class LogFact:
    """What a fact is called, and the form of its value.

    ``under`` has other forms for entries with a verb, or about a row of a kind: one name may hold several things.
    """

    label: Any
    form: Form
    under: Mapping[str, Form] = field(default_factory=dict)

    def also(self, other: LogFact) -> LogFact:
        """Return this fact as a later app declares it too: its forms count first."""
        return replace(other, under={**self.under, **other.under})

    def form_of(self, verb: str, kind: str) -> Form:
        """Return the form of the value in an entry with a verb, about a row of a kind."""
        return self.under.get(verb) or self.under.get(kind) or self.form


class Called(Enum):
    """How an entry of the log names the row that it is about."""

    QUOTED = "quoted"  # source “Lantern Wire”
    BY_WORDS = "by words"  # Report 3: its words say what it is
    NUMBERED = "numbered"  # claim 12


@dataclass(frozen=True)
class RowWords:
    """How the log tells a row to a reader: by which words, and which rows these need. Long columns are left out."""

    words: Callable[[Any], Any] = str
    also: Sequence[str] = ()
    called: Called = Called.QUOTED
    without: Sequence[str] = ()
