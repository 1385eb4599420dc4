"""The search providers in use, by the engine of a search: to add one, write its folder and one line here."""

from __future__ import annotations

from collections.abc import Callable

from sources.gathering.providers.gathered import gathered
from sources.models import Search
from sources.models.vocabulary import Engine

PROVIDERS: dict[str, Callable[[Search], list[int]]] = {
    Engine.GATHERED: gathered.search,
}
