"""Search as you type (autocomplete): a form field that finds one row by its name, with scripts or without.

The person writes words. If they match one row, that row is taken. If they match several, the form comes back with the
best of them as radio buttons. Scripts (``find.js``) show the same matches while the person types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from workbench.pages.http import Request, number

MOST_OFFERED = 20
LONGEST_WORDS = 200


@dataclass(frozen=True)
class Offer:
    """A row as a person chooses it: its name, and what tells it from another of that name."""

    key: int
    name: str
    detail: str = ""
    language: str = ""


@dataclass(frozen=True)
class Matches:
    """The rows that words match, the best first, and whether there are more than are offered."""

    rows: list[Any]
    more: bool = False


@dataclass(frozen=True)
class Finder:
    """How rows of one kind are found: those that words name exactly, those that they match, and one by its key."""

    exact: Callable[[str], QuerySet[Any]]
    search: Callable[[str], QuerySet[Any]]  # the best first
    by_key: Callable[[int], QuerySet[Any]]
    offer: Callable[[Any], Offer]
    address: str  # name of the address that suggests rows while a person types: ``suggestions`` answers there
    none: Promise  # with %(words)s
    several: Promise
    many: Promise  # with %(number)d

    def matches(self, words: str) -> Matches:
        """Return what words match, in one query."""
        words = _cleaned(words)
        if not words:
            return Matches([])
        found = list(self.search(words)[: MOST_OFFERED + 1])
        return Matches(found[:MOST_OFFERED], more=len(found) > MOST_OFFERED)

    def named(self, words: str) -> Any:
        """Return the one row that words name exactly; None where that is no row, or more than one."""
        words = _cleaned(words)
        exact = list(self.exact(words)[:2]) if words else []
        return exact[0] if len(exact) == 1 else None

    def keyed(self, key: str) -> Any:
        """Return the row of a key that came with a request; None where there is none."""
        key_number = number(key)
        return None if key_number is None else self.by_key(key_number).first()


def _cleaned(words: str) -> str:
    return " ".join(words.replace("\0", " ").split())[:LONGEST_WORDS]


@dataclass(frozen=True)
class Sought:
    """What a form sends for the field: the words, and the key of a row with the words for which it was offered.

    Without words, as from a link, the key counts alone. With other words than it was offered for, it does not count.
    """

    words: str | None = None
    key: str = ""
    key_words: str = ""

    @property
    def chosen(self) -> str:
        """Return the key where it counts."""
        return self.key if self.words is None or self.words == self.key_words else ""


class FindInput(forms.TextInput):
    """A text input; under it, the rows that its words match, to choose one."""

    template_name = "partials/_find.html"
    address = ""  # of the suggestions
    offers: tuple[Offer, ...] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Sought:
        """Return what was sent for this field."""
        words = data.get(f"{name}_words")
        return Sought(words, str(data.get(name) or ""), str(data.get(f"{name}_for") or ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Say whether nothing was sent for this field."""
        return name not in data and f"{name}_words" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template needs."""
        sought = value if isinstance(value, Sought) else Sought()
        found = super().get_context(f"{name}_words", sought.words or "", attrs)
        found["widget"]["attrs"] |= {"data-find": reverse(self.address), "data-key": name}
        return {**found, "name": name, "sought": sought, "offers": self.offers}


class FindField(forms.Field):
    """A field whose value is a row, found by its name or by part of it."""

    widget = FindInput

    def __init__(self, finder: Finder, **kwargs: Any) -> None:
        self.finder = finder
        super().__init__(**kwargs)
        self.widget.address = finder.address

    def to_python(self, value: Any) -> Any:
        """Return the row. Raises ``ValidationError`` where the words match none (``none``) or several (``several``)."""
        if not isinstance(value, Sought):
            return value
        if value.chosen:
            row = self.finder.keyed(value.chosen)
            if row is None:
                raise _refusal("none", self.finder.none, words=value.chosen)
            return row
        words = (value.words or "").strip()
        return self._found(words) if words else None

    def prepare_value(self, value: Any) -> Sought:
        """Return what the widget shows: the words that were written, or the name of the row that was chosen."""
        sought = value if isinstance(value, Sought) else Sought(key="" if value is None else _key_of(value))
        row = self.finder.keyed(sought.chosen) if sought.chosen else None
        if row is None:
            return Sought(sought.words or "")
        name = self.finder.offer(row).name
        return Sought(name, str(row.pk), name)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether the row is another than at first."""
        return self.prepare_value(initial) != self.prepare_value(data)

    def _found(self, words: str) -> Any:
        row = self.finder.named(words)
        if row is not None:
            return row
        matches = self.finder.matches(words)
        if len(matches.rows) == 1:
            return matches.rows[0]
        if not matches.rows:
            raise _refusal("none", self.finder.none, words=words)
        self.widget.offers = tuple(self.finder.offer(row) for row in matches.rows)
        text = self.finder.many if matches.more else self.finder.several
        raise _refusal("several", text, number=MOST_OFFERED)


def _refusal(code: str, text: Promise, **params: Any) -> forms.ValidationError:
    return forms.ValidationError(str(text), code=code, params=params)


def _key_of(value: Any) -> str:
    return str(value.pk if isinstance(value, Model) else value)


def suggestions(request: Request, finder: Finder) -> HttpResponse:
    """Answer to the words in a field, while a person types them, with the rows that they match."""
    matches = finder.matches(request.GET.get("words", ""))
    offers = [finder.offer(row) for row in matches.rows]
    context = {"offers": offers, "more": matches.more, "most": MOST_OFFERED}
    return render(request, "partials/_suggestions.html", context)
