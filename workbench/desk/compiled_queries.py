"""Compiled queries: Django turns a query into SQL once for each thread, and later calls only put in other keys.

To build a query and to turn it into SQL takes Django far longer than PostgreSQL takes to answer it. Pages that people
open all day, and polls, ask the same questions about other rows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from workbench.desk.amounts import MOST_COUNTED, Amount, capped

FIRST_SLOT = -9_000_000_000_000_000_000  # no row has such a key: it stands for the first key while a query is compiled
MOST_KEYS = 100

Build = Callable[..., QuerySet[Any]]


class CompiledQuery:
    """The rows of a query. Its builder takes keys of rows, and by name what decides on the form of the query.

    Nothing else in the query may change from call to call: no time of now, no text in the language of the page. The
    database computes those.
    """

    def __init__(self, build: Build) -> None:
        self.__doc__ = build.__doc__
        self._build = build
        self._kept = threading.local()  # compiled SQL belongs to a connection, which belongs to a thread

    def __call__(self, *keys: int, **form: Hashable) -> list[Any]:
        """Return the rows for these keys, with what the query prefetches."""
        kept = self._of(keys, form, lambda slots: self._build(*slots, **form))
        return kept.ask(keys) if kept else []

    def first(self, *keys: int, **form: Hashable) -> Any | None:
        """Return the first of the rows, of which the query fetches no more than it needs; None without any."""
        return next(iter(self(*keys, **form)), None)

    def counted(self, *keys: int, most: int = MOST_COUNTED, **form: Hashable) -> Amount:
        """Count the rows for these keys, but no more than ``most`` (see ``amounts.counted``)."""

        def build(slots: range) -> QuerySet[Any]:
            return self._build(*slots, **form).order_by().values("pk")[: most + 1]

        kept = self._of(keys, form | {"most": most}, build)
        return capped(kept.count(keys) if kept else 0, most)

    def _of(
        self, keys: tuple[int, ...], form: dict[str, Hashable], build: Callable[[range], QuerySet[Any]]
    ) -> _Kept | None:
        """Return the compiled query of this form; None where Django knows that it has no rows."""
        which = (len(keys), *form.items())
        found: dict[Hashable, _Kept | None] = self._kept.__dict__
        if which not in found:
            found[which] = _compiled(build(_slots(keys)))
        return found[which]


class _Kept:
    """A query with its SQL; ``compiler`` is asked for it each time the rows are fetched."""

    def __init__(self, rows: QuerySet[Any], compiler: SQLCompiler, sql: str, values: tuple[Any, ...]) -> None:
        self._rows, self._sql, self._values = rows, sql, values
        self._places = [(place, value - FIRST_SLOT) for place, value in enumerate(values) if _is_slot(value)]
        self._keys: tuple[int, ...] = ()
        compiler.as_sql = self._as_sql  # type: ignore[method-assign]
        rows.query.get_compiler = lambda *_args, **_named: compiler  # type: ignore[method-assign]

    def ask(self, keys: tuple[int, ...]) -> list[Any]:
        self._keys = keys
        return list(self._rows.all())

    def count(self, keys: tuple[int, ...]) -> int:
        self._keys = keys
        sql, values = self._as_sql()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({sql}) AS counted", values)  # noqa: S608 -- of Django
            (number,) = cursor.fetchone()
        return int(number)

    def _as_sql(self, *_args: Any, **_named: Any) -> tuple[str, tuple[Any, ...]]:
        values = list(self._values)
        for place, key in self._places:
            values[place] = self._keys[key]
        return self._sql, tuple(values)


def _compiled(rows: QuerySet[Any]) -> _Kept | None:
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, values = compiler.as_sql()
    except EmptyResultSet:
        if rows.query.is_empty():
            return None
        raise
    return _Kept(rows, compiler, sql, tuple(values))


def _slots(keys: tuple[int, ...]) -> range:
    return range(FIRST_SLOT, FIRST_SLOT + len(keys))


def _is_slot(value: Any) -> bool:
    return isinstance(value, int) and FIRST_SLOT <= value < FIRST_SLOT + MOST_KEYS
