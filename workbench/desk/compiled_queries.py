"""Compiled queries: Django turns a query into SQL once for each process, and later calls only put in other keys.

To build a query and to turn it into SQL takes Django far longer than PostgreSQL takes to answer it. Pages that people
open all day, and polls, ask the same questions about other rows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, DateTimeField, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler
from psycopg.types.numeric import Int8

from workbench.desk import hidden_rows
from workbench.desk.amounts import MOST_COUNTED, Amount, capped, planned, rounded
from workbench.desk.kept_plans import KeptPlan, with_literals

FIRST_SLOT = -9_000_000_000_000_000_000  # no row has such a key: it stands for the first key while a query is compiled
SLOT = "\x00key "  # before the number of a key that is a text: no text of the database has this character
MOST_KEYS = 100
MOST_KEY = 2**63 - 1  # of a bigint
MOST_HIDING = 50  # queries of one form that are kept for readers from whom rows are hidden
# Seconds for which “more than 10,000” stands, and an estimate: they cost the most, and change least in a minute.
LARGE_STANDS = 60.0
MOST_LARGE = 100  # large numbers of one query that are kept

Key = int | str
Slots = tuple[Key, ...]
Compiled = tuple[str, Sequence[Any]]  # SQL and its values
Build = Callable[..., QuerySet[Any]]
Arrange = Callable[[QuerySet[Any]], QuerySet[Any]]


def _as_it_is(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows


def listed(keys: Iterable[Key]) -> str:
    """Return keys as one text, such as “{1,2}”. A key that is a name of a row holds no comma and no brace."""
    return f"{{{','.join(map(str, keys))}}}"


def one_of(column: str, keys: str, kind: str = "bigint") -> Func:
    """Return whether a column is one of the keys in a text such as “{1,2}”: one key of a query stands for many rows."""
    among = Value(keys, output_field=TextField())
    template, joiner = f"(%(expressions)s::{kind}[]))", " = ANY ("
    return Func(F(column), among, template=template, arg_joiner=joiner, output_field=BooleanField())


def moment(told: str) -> Cast:
    """Return a time from a text in the form of ISO 8601: a key of a query is a number or a text."""
    return Cast(Value(told, output_field=TextField()), DateTimeField())


class CompiledQuery:
    """The rows of a query. Its builder takes keys of rows, and by name what decides on the form of the query.

    Nothing else in the query may change from call to call: no time of now, no text in the language of the page. The
    database computes those. For readers from whom rows are hidden it is compiled too, once for all who see the same.

    Where a key decides on the plan, such as the words of a search, the plan is not kept (``keeps_plan``).
    """

    def __init__(self, build: Build, *, keeps_plan: bool = True) -> None:
        self.__doc__ = build.__doc__
        self._build = build
        self._kind: type[str] = KeptPlan if keeps_plan else str
        self._written: dict[Any, _Written | None] = {}
        self._hiding: dict[Any, tuple[Any, _Written | None]] = {}
        self._kept = threading.local()  # a copy for each thread: it holds the keys of the query that runs

    def __call__(self, *keys: Key, most: int | None = None, arrange: Arrange = _as_it_is, **form: Any) -> list[Any]:
        """Return the rows for these keys, with what the query prefetches; with ``most``, the first of them.

        ``arrange`` is a function of a module that changes the query.
        """
        which = {"most": most, "arrange": arrange}
        kept = self._of(keys, form | which, lambda slots: arrange(self.rows(*slots, **form))[:most])
        return kept.ask(keys) if kept else []

    def rows(self, *keys: Key, **form: Any) -> Any:
        """Return the query itself, to ask more of it."""
        return self._build(*keys, **form)

    def bound(self, *keys: Key, **form: Any) -> BoundQuery:
        """Return the query with these keys, for a list that is shown page by page."""
        return BoundQuery(self, keys, form)

    @cached_property
    def among(self) -> CompiledQuery:
        """The same rows, where they are of the keys in one text (see ``listed``) that follows the keys of the query."""

        def build(*keys: Any, **form: Any) -> QuerySet[Any]:
            return self._build(*keys[:-1], **form).filter(one_of("pk", keys[-1]))

        return CompiledQuery(build)

    def first(self, *keys: Key, **form: Any) -> Any | None:
        """Return the first of the rows; None without any."""
        return next(iter(self(*keys, most=1, **form)), None)

    def counted(self, *keys: Key, most: int = MOST_COUNTED, **form: Any) -> Amount:
        """Count the rows for these keys, but no more than ``most`` (see ``amounts.counted``)."""

        def build(slots: Slots) -> QuerySet[Any]:
            rows: QuerySet[Any] = self.rows(*slots, **form).order_by().values("pk")
            return rows[: most + 1]

        kept = self._of(keys, form | {"counted": most}, build)
        return capped(kept.number(keys, kept.count) if kept else 0, most)

    def estimated(self, *keys: Key, most: int = MOST_COUNTED, **form: Any) -> Amount:
        """Return how many rows the planner expects for these keys, or count them (see ``amounts.estimated``)."""
        kept = self._of(keys, form | {"all": True}, lambda slots: self.rows(*slots, **form).order_by().values("pk"))
        expected = kept.number(keys, kept.planned) if kept else 0
        return rounded(expected) if expected > most else self.counted(*keys, most=most, **form)

    def _of(self, keys: tuple[Key, ...], form: dict[str, Any], build: Callable[[Slots], QuerySet[Any]]) -> _Kept | None:
        """Return the compiled query of this form; None where Django knows that it has no rows."""
        if not all(isinstance(key, str) or -MOST_KEY <= key <= MOST_KEY for key in keys):
            return None  # no column holds such a number
        which = (*map(type, keys), *form.items())
        found: dict[Any, _Kept | None] = self._kept.__dict__
        if which not in found:
            if which not in self._written:
                with hidden_rows.everything():
                    self._written[which] = _compiled(build(_slots(keys)), self._kind)
            found[which] = _of_thread(self._written[which])
        kept = found[which]
        if kept is None or not hidden_rows.hides_from(kept.written.tables):
            return kept
        hides = hidden_rows.conditions(kept.written.tables, of_log=kept.written.is_of_log)
        return self._of_reader(which, hides, lambda: _compiled(build(_slots(keys)), str))

    def _of_reader(self, which: Any, hides: Any, compiled: Callable[[], _Written | None]) -> _Kept | None:
        """Return the query without what this reader must not know of: for those alone who must not know of the same."""
        key = (which, id(hides))
        found = self._hiding.get(key)
        if found is None:
            if len(self._hiding) >= MOST_HIDING:
                self._hiding.clear()
            found = self._hiding[key] = (hides, compiled())  # who holds the conditions keeps their id
        return _of_thread(found[1])


@dataclass(frozen=True)
class BoundQuery:
    """A compiled query with its keys."""

    query: CompiledQuery
    keys: tuple[Key, ...]
    form: dict[str, Any]

    def first(self, most: int, arrange: Arrange) -> list[Any]:
        """Return so many of the rows, after a function of a module has changed the query."""
        return self.query(*self.keys, most=most, arrange=arrange, **self.form)

    def rows(self) -> QuerySet[Any]:
        """Return the query itself, to ask more of it."""
        rows: QuerySet[Any] = self.query.rows(*self.keys, **self.form)
        return rows

    def among(self, some: Iterable[int]) -> BoundQuery:
        """Return the rows that have one of these keys."""
        return self.query.among.bound(*self.keys, listed(some), **self.form)

    def counted(self) -> Amount:
        """Count the rows, up to a limit."""
        return self.query.counted(*self.keys, **self.form)


ListRows = QuerySet[Any] | BoundQuery  # what a list shows page by page


class _Written:
    """A query with its SQL, for all threads.

    The server keeps its plan where the SQL is a ``KeptPlan``: not of queries for readers from whom rows are hidden.
    """

    def __init__(self, rows: QuerySet[Any], compiler: SQLCompiler, written: Compiled, kind: type[str]) -> None:
        self.rows, self.compiler, self.kind = rows, compiler, kind
        sql, values = written
        slots = [_slot(value) for value in values]
        self.sql = kind(with_literals(sql, values, [slot is not None for slot in slots]))
        self.places = [slot for slot in slots if slot is not None]
        self.tables, self.is_of_log = hidden_rows.tables_in(sql), hidden_rows.is_of_log(sql)


class _Kept:
    """A query with its SQL, for one thread; its own compiler is asked for the SQL each time the rows are fetched.

    The compiler asks ``django.db.connection``, which is that of the thread that asks, whatever stands there by then.
    """

    def __init__(self, written: _Written) -> None:
        self.written = written
        self._rows, compiler = written.rows.all(), copy(written.compiler)
        self._keys: tuple[Key, ...] = ()
        compiler.as_sql = self._as_sql  # type: ignore[method-assign]
        find, known = compiler.get_converters, dict[tuple[int, ...], Any]()

        def converters(columns: Any) -> Any:
            """Return how the values of columns are read: for the columns of one query it is the same each time."""
            which = tuple(map(id, columns))
            if which not in known:
                known[which] = find(columns)
            return known[which]

        compiler.get_converters = converters  # type: ignore[method-assign,assignment]
        self._rows.query.get_compiler = lambda *_args, **_named: compiler  # type: ignore[method-assign]

    def ask(self, keys: tuple[Key, ...]) -> list[Any]:
        self._keys = keys
        return list(self._rows.all())

    def number(self, keys: Slots, ask: Callable[[Slots], int]) -> int:
        """Return a number of rows: of more than ``MOST_COUNTED``, what was answered within the last minute."""
        kept = large_numbers.setdefault(self.written, {})
        at, number = kept.get(keys, (-LARGE_STANDS, 0))
        if monotonic() - at < LARGE_STANDS:
            return number
        number = ask(keys)
        if number > MOST_COUNTED:
            if len(kept) >= MOST_LARGE:
                kept.clear()
            kept[keys] = monotonic(), number
        return number

    def planned(self, keys: Slots) -> int:
        return planned(*self.sql(keys))

    def count(self, keys: Slots) -> int:
        sql, values = self.sql(keys)
        with connection.cursor() as cursor:
            cursor.execute(self.written.kind(f"SELECT count(*) FROM ({sql}) AS counted"), values)  # noqa: S608 -- of Django
            (number,) = cursor.fetchone()
        return int(number)

    def sql(self, keys: tuple[Key, ...]) -> tuple[str, tuple[Any, ...]]:
        self._keys = keys
        return self._as_sql()

    def _as_sql(self, *_args: Any, **_named: Any) -> tuple[str, tuple[Any, ...]]:
        keys = [self._keys[slot] for slot in self.written.places]
        return self.written.sql, tuple(Int8(key) if isinstance(key, int) else key for key in keys)


# For each query that is still used, by its keys: when a large number was given, and the number.
large_numbers: WeakKeyDictionary[_Written, dict[Slots, tuple[float, int]]] = WeakKeyDictionary()


def _of_thread(written: _Written | None) -> _Kept | None:
    return _Kept(written) if written else None


def _compiled(rows: QuerySet[Any], kind: type[str]) -> _Written | None:
    compiler = rows.query.get_compiler(connection=connection)
    try:
        written = compiler.as_sql()
    except EmptyResultSet:
        if rows.query.is_empty():
            return None
        raise
    return _Written(rows, compiler, written, kind)


def _slots(keys: tuple[Key, ...]) -> Slots:
    """Return what stands for these keys while a query is compiled."""
    return tuple(f"{SLOT}{place}" if isinstance(key, str) else FIRST_SLOT + place for place, key in enumerate(keys))


def _slot(value: Any) -> int | None:
    """Return for which of the keys a value of the SQL stands; None for a value of the query itself."""
    if isinstance(value, str):
        return int(value.removeprefix(SLOT)) if value.startswith(SLOT) else None
    stands = isinstance(value, int) and FIRST_SLOT <= value < FIRST_SLOT + MOST_KEYS
    return value - FIRST_SLOT if stands else None
