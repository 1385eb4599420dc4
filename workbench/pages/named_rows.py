"""Find the rows that the log names, such as ``claim 12``, each with the page it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class NamedRow:
    """A row that an entry of the log is about, and its page; the address is empty where it has none."""

    row: models.Model
    url: str


def named_rows(names: Iterable[str]) -> dict[str, NamedRow]:
    """Return the rows with these names: one query for each kind. What the reader may not see is left out."""
    keys: dict[str, set[int]] = {}
    for name in names:
        kind, _space, key = name.partition(" ")
        if key.isdecimal():
            keys.setdefault(kind, set()).add(int(key))
    kinds = {model._meta.model_name or "": model for model in apps.get_models()}
    return {
        f"{kind} {key}": NamedRow(row, _page_of(row))
        for kind, wanted in keys.items()
        if kind in kinds
        for key, row in kinds[kind]._default_manager.in_bulk(wanted).items()
    }


def _page_of(row: models.Model) -> str:
    find = getattr(row, "get_absolute_url", None)
    return str(find()) if find else ""
