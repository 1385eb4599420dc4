"""Every address of the URL conf with its route, its name and its view, for what walks all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """An address: its route as the URL conf writes it, and its name with its namespace."""

    route: str
    name: str
    view: Any


def addresses() -> Iterator[Address]:
    """Return every address, those of the Django admin included."""
    yield from _within(get_resolver(), "", "")


def _within(resolver: URLResolver, before: str, space: str) -> Iterator[Address]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Address(route, f"{space}{each.name}", each.callback)
        else:
            yield from _within(each, route, f"{each.namespace}:" if each.namespace else space)
