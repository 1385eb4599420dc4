"""The filter of the suggestions of a claim, by language and by source: what it takes, offers, and adds to addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from claims.models import Evidence
from sources.models import Document, Source
from workbench.desk.language_names import language_label
from workbench.pages.http import number

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})?\Z")
LONGEST_SOURCE = 255  # the key of a source, or the host of a document that has none


@dataclass(frozen=True)
class FilterChoice:
    """A language or a source to choose, with how many passages of it wait."""

    value: str
    label: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class WeighFilter:
    """Which suggestions a person wants to see; an empty value takes all."""

    language: str = ""
    source: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        """Return the filter that an address or a form names; what cannot be one is left out."""
        language, source = asked.get("language", ""), asked.get("source", "")
        is_whole = len(source) <= LONGEST_SOURCE and "\0" not in source
        return cls(language if LANGUAGE.match(language) else "", source if is_whole else "")

    def __bool__(self) -> bool:
        return bool(self.language or self.source)

    @property
    def fields(self) -> dict[str, str]:
        """What forms and addresses carry on."""
        return {name: value for name in ("language", "source") if (value := getattr(self, name))}

    @property
    def tail(self) -> str:
        """The end of an address that keeps the filter; empty without one."""
        return f"&{urlencode(self.fields)}" if self else ""

    def takes(self, evidence: Evidence) -> bool:
        """Say whether a suggestion is one of those that are wanted."""
        passage = evidence.passage
        of_source = not self.source or _source_of(passage.reading.capture.document) == self.source
        return of_source and self.language in {"", passage.language}

    def languages(self, rows: Iterable[Evidence]) -> list[FilterChoice]:
        """Return the languages of these suggestions, by name."""
        found = Counter(row.passage.language for row in rows if row.passage.language)
        return _choices(found, language_label, self.language)

    def sources(self, rows: Iterable[Evidence]) -> list[FilterChoice]:
        """Return who published these suggestions, by name."""
        documents = [row.passage.reading.capture.document for row in rows]
        named = {key: str(each.source or each.host) for each in documents if (key := _source_of(each))}
        found = Counter(key for each in documents if (key := _source_of(each)))
        return _choices(found, lambda key: named.get(key) or _name_of(key), self.source)


EVERYTHING = WeighFilter()


def _source_of(document: Document) -> str:
    return str(document.source_id or document.host)


def _name_of(key: str) -> str:
    """Return the name of a source of which nothing waits; the host, where the key is one."""
    return str(Source.objects.filter(pk=number(key) or 0).first() or key)


def _choices(found: Mapping[str, int], label_of: Callable[[str], str], chosen: str) -> list[FilterChoice]:
    """Return what there is to choose, with the one that is chosen; nothing where all is of one kind."""
    if len(found) < 2 and not chosen:
        return []
    numbers = {chosen: 0, **found} if chosen else found
    rows = [FilterChoice(key, label_of(key), number_of, key == chosen) for key, number_of in numbers.items()]
    return sorted(rows, key=lambda row: row.label.casefold())
