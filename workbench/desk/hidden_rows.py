"""Hidden rows: while a request is answered, queries leave out what its reader must not know of, and what hangs on it.

An app declares which rows are hidden from whom (``hidden_rows`` in ``workbench.desk.declarations``). A row that
refers to a hidden row by a foreign key is hidden too, and so on: nobody has to think of it for a new table. An entry
of the log is hidden if it names a hidden row of any model: as its chain, its subject or among its facts. For queries of
the log the names of all hidden rows are asked first, in a few short queries: to look each name up in the table of its
model made a condition that took longer to plan than the log to read. The database
backend (``workbench.database``) puts the conditions into every query. Workers and commands, which answer no request,
see everything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from workbench.desk import declarations

# Places in the log tree and hashes of rows. They hold no word, and who checks the log needs each of them.
COMPLETE = frozenset({"workbench.LogLeaf", "workbench.Seal"})

# The names of rows that rows of the log have, such as “claim 12”. The first word is that of the model, all of it.
NAMES = {
    "workbench.LogEntry": """SELECT {t}."chain" UNION ALL SELECT {t}."subject"
        UNION ALL SELECT (regexp_matches({t}."facts", '"([a-z_]+ [0-9]{{1,18}})"', 'g'))[1]""",
    "workbench.LogHead": 'SELECT {t}."chain"',
}


class Condition:
    """What the rows of a table must meet, so that the reader may see them."""

    def __init__(self, reasons: Sequence[str], names: str) -> None:
        self.reasons, self._names = reasons, names

    def sql(self, table: str, *, joined: bool = False) -> str:
        """Return it for the quoted name of a table in a query.

        Where a row of the log is only ``joined`` to others, by a key, the names among its facts do not count.
        """
        reasons = [f"{table}.{reason}" for reason in self.reasons]
        reasons += [self._names.format(t=table)] if self._names and not joined else []
        return "(" + " OR ".join(reasons) + ") IS NOT TRUE"


Fixed = tuple[tuple[str, tuple[tuple[str, tuple[int | str, ...]], ...]], ...]  # the same, to be a key
Values = Mapping[str, Mapping[str, Collection[int | str]]]  # label of a model → column → values of hidden rows


@dataclass
class RequestReader:
    """The person for whom a request is answered; which rows are hidden is asked once, and only if it matters."""

    key: Callable[[], int | None]
    values: Values | None = None
    conditions: Mapping[str, Condition] | None = None
    of_log: Mapping[str, Condition] | None = None  # those for queries of the log, with the names of hidden rows


_reader: ContextVar[RequestReader | None] = ContextVar("reader", default=None)


@contextmanager
def read_by(key: Callable[[], int | None]) -> Iterator[None]:
    """Hide rows from the person with this key; from anybody who is not signed in where there is none."""
    token = _reader.set(RequestReader(key))
    try:
        yield
    finally:
        _reader.reset(token)


@contextmanager
def everything() -> Iterator[None]:
    """See every row: for checks and checkpoints, which must, and tell a person nothing of what they read."""
    token = _reader.set(None)
    try:
        yield
    finally:
        _reader.reset(token)


def conditions(tables: Iterable[str], *, of_log: bool = False) -> Mapping[str, Condition]:
    """Return for tables of a query what their rows must meet; nothing where no row is hidden from the reader.

    ``of_log`` says that the query is one of the log, and does not only join it.
    """
    reader = _reader.get()
    if reader is None or tables_concerned().isdisjoint(tables):
        return {}
    if of_log:
        if reader.of_log is None:
            reader.of_log = _with_names(_fixed(hidden()), tuple(_hidden_names()))
        return reader.of_log
    if reader.conditions is None:
        reader.conditions = _conditions(_fixed(hidden()))
    return reader.conditions


def fingerprint() -> Fixed:
    """Return what tells the readers apart from whom different rows are hidden, as a key of what is kept for them."""
    return _fixed(hidden())


def _fixed(values: Values) -> Fixed:
    return tuple(
        (label, tuple((column, tuple(each)) for column, each in columns.items())) for label, columns in values.items()
    )


@lru_cache(maxsize=64)
def _conditions(fixed: Fixed) -> Mapping[str, Condition]:
    """Return the conditions for values; the same as before for the next request of anybody with the same ones."""
    values: Values = {label: dict(columns) for label, columns in fixed}
    every = _concerned(values)
    return {model._meta.db_table: Condition(_reasons(model, values, every, ()), "") for model in every}


@lru_cache(maxsize=64)
def _with_names(fixed: Fixed, names: tuple[str, ...]) -> Mapping[str, Condition]:
    """Return the conditions for values, and for the log that its rows name none of these."""
    found = dict(_conditions(fixed))
    for label, named in NAMES.items() if names else ():
        table = apps.get_model(label)._meta.db_table
        if condition := found.get(table):
            found[table] = Condition(condition.reasons, _naming(named, names))
    return found


def hides_from(tables: Iterable[str]) -> bool:
    """Say whether rows of one of these tables are hidden from the reader."""
    return not conditions(tables).keys().isdisjoint(tables)


def hidden() -> Values:
    """Return the values of the columns by which rows are hidden from the reader; empty where nothing is."""
    reader = _reader.get()
    if reader is None:
        return {}
    if reader.values is None:
        with everything():  # also to learn who reads: the query for a person passes here too
            key = reader.key()
            reader.values = _together(each.of(key) for each in declarations.hidden_rows())
    return reader.values


def show(label: str, column: str, value: int) -> None:
    """Hide a row no longer from the reader of this request: they have just brought it themselves."""
    reader = _reader.get()
    if reader is not None and is_hidden(label, column, value):
        kept = {label: {column: [each for each in hidden()[label][column] if each != value]}}
        reader.values = _together([{**hidden(), **kept}])
        reader.conditions = reader.of_log = None


def is_hidden(label: str, column: str, value: int | str) -> bool:
    """Say whether a row with this value is hidden from the reader."""
    return any(_is(value, each) for each in hidden().get(label, {}).get(column, ()))


def _is(value: int | str, hides: int | str) -> bool:
    return value == hides or (isinstance(hides, str) and hides.endswith(" ") and str(value).startswith(hides))


def _together(each: Iterable[Values]) -> Values:
    found: dict[str, dict[str, Collection[int | str]]] = {}
    for values in each:
        for label, columns in values.items():
            for column, hides in columns.items():
                if hides:
                    known = found.setdefault(label, {})
                    known[column] = [*known.get(column, ()), *hides]
    return found


def tables_in(sql: str) -> frozenset[str]:
    """Return the tables that a query reads and of which a row can be hidden."""
    return frozenset(table for table in tables_concerned() if f'"{table}"' in sql)


def is_of_log(sql: str) -> bool:
    """Say whether a query is one of the log, and does not only join it."""
    return any(f'FROM "{table}"' in sql for table in log_tables())


@cache
def log_tables() -> frozenset[str]:
    """Return the tables whose rows name other rows."""
    return frozenset(apps.get_model(label)._meta.db_table for label in NAMES)


@cache
def tables_concerned() -> frozenset[str]:
    """Return the tables of which a row can be hidden."""
    roots: Values = {label: {"": ()} for each in declarations.hidden_rows() for label in each.models}
    return frozenset(model._meta.db_table for model in _concerned(roots))


def _concerned(roots: Values) -> list[type[models.Model]]:
    """Return the models in these values, and all models that refer to them by a chain of foreign keys."""
    found = [apps.get_model(label) for label in roots]
    every = apps.get_models(include_auto_created=True)
    while more := [model for model in every if model not in found and any(_leading_to(model, found))]:
        found += more
    return found


def _leading_to(model: type[models.Model], found: Collection[type[models.Model]]) -> Iterator[models.Field[Any, Any]]:
    """Return the foreign keys of a model to one of these models, apart from those to itself."""
    if model._meta.label in COMPLETE:
        return
    for field in model._meta.concrete_fields:
        target = field.related_model if field.many_to_one or field.one_to_one else None
        if target in found and target is not model:
            yield field


def _naming(named: str, names: Sequence[str]) -> str:
    """Return the SQL that says whether a row of the log names one of these rows; ``{t}`` stands for the table in it."""
    return f"""EXISTS (SELECT 1 FROM ({named}) AS named (name)
        WHERE named.name = ANY (ARRAY[{_listed(names)}]))"""  # noqa: S608 -- names of ours


def _hidden_names() -> list[str]:
    """Return the names of all hidden rows, as the log writes them."""
    return sorted(f"{model._meta.model_name} {key}" for model, keys in _hidden_keys().items() for key in keys)


def _hidden_keys() -> dict[type[models.Model], set[int]]:
    """Return the keys of all hidden rows but those of the log, by model.

    Each round asks one query for the rows that refer to what the round before found.
    """
    values = hidden()
    models_of = [model for model in _concerned(values) if _is_named(model)]
    found: dict[type[models.Model], set[int]] = {model: set() for model in models_of}
    asked = [(model, column, keys) for model in models_of for column, keys in values.get(model._meta.label, {}).items()]
    while asked:
        new: dict[type[models.Model], set[int]] = {}
        for model, key in _keys_where(asked):
            if key not in found[model]:
                found[model].add(key)
                new.setdefault(model, set()).add(key)
        asked = [
            (model, str(field.column), new[target])
            for model in models_of
            for field in _leading_to(model, new)
            if (target := field.related_model)
        ]
    return found


def _is_named(model: type[models.Model]) -> bool:
    return model._meta.label not in NAMES and isinstance(model._meta.pk, models.IntegerField)


def _keys_where(asked: Sequence[tuple[type[models.Model], str, Collection[Any]]]) -> Iterator[tuple[Any, int]]:
    """Return the rows, as model and key, that have one of some values in a column."""
    name = connection.ops.quote_name
    each = [
        f"SELECT {at}, {name(str(model._meta.pk.column))} FROM {name(model._meta.db_table)} "  # noqa: S608 -- of ours
        f"WHERE {name(column)} IN ({_listed(keys)})"
        for at, (model, column, keys) in enumerate(asked)
        if keys
    ]
    if each:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(each))
            yield from [(asked[at][0], key) for at, key in cursor.fetchall()]


def _reasons(
    model: type[models.Model],
    values: Values,
    concerned: Collection[type[models.Model]],
    above: tuple[type[models.Model], ...],
) -> list[str]:
    """Return each reason for which a row is hidden, as SQL that begins with a column."""
    name = connection.ops.quote_name
    own = values.get(model._meta.label, {})
    reasons = [f"{name(column)} IN ({_listed(each)})" for column, each in own.items() if each]
    reasons += [
        f"{name(column)} ^@ '{each}'"
        for column, values_of in own.items()
        for each in values_of
        if isinstance(each, str) and each.endswith(" ")
    ]
    for field in _leading_to(model, concerned):
        target: Any = field.related_model
        if target in above:
            continue
        table, key = name(target._meta.db_table), name(target._meta.pk.column)
        because = _reasons(target, values, concerned, (*above, model))
        if because:
            either = " OR ".join(f"{table}.{reason}" for reason in because)
            hides = f"SELECT {table}.{key} FROM {table} WHERE {either}"  # noqa: S608 -- names of ours, and keys
            reasons.append(f"{name(str(field.column))} IN ({hides})")
    return reasons


def _listed(values: Iterable[int | str]) -> str:
    """Return values as SQL: numbers, and names of rows that hold no quotation mark and no sign of a parameter."""
    return ", ".join(str(each) if isinstance(each, int) else f"'{each}'" for each in sorted(values, key=str))
