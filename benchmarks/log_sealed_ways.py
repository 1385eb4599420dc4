"""Ways to tamper that leave the triggers on which seal rows: every change is sealed, as one by the programs is.

Somebody switches off only what refuses a change, with or without an entry of the log in the same transaction; or
writes plain SQL with all triggers on, as the owner of the tables or with the rights of the programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from django.db import models

from benchmarks.log_forging import LOG, Way, one, run, unbind
from benchmarks.log_ways import changed, copied
from workbench.desk import audit
from workbench.desk.seal_registry import Sealed, sealed

ENTRY = (
    f"INSERT INTO {LOG} (chain, seq, previous, hash, recorded_at, actor_name, verb, subject, facts) "
    "VALUES ('claim 1', 0, '', '', now(), 'machine', 'x', 'claim 1', '{}')"
)


def families() -> dict[str, Iterator[Way]]:
    """Return the ways by their family."""
    return {
        "guards_off": _ways(_guards_off, every=False),
        "guards_off_with_an_entry": _ways(_guards_off, ENTRY),
        "plain_sql": _ways(lambda _table: None, every=False),
        "plain_sql_of_the_app_role": _ways(lambda _table: None, as_app=True),
    }


def told_by_workers() -> list[str]:
    """Return the columns that workers change without an act: who writes plain SQL cannot be told from one there."""
    return [f"{name}: {column}" for name, (_model, rule) in sealed().items() for column in rule.free]


def _ways(prepare: Callable[[str], None], *more: str, every: bool = True, as_app: bool = False) -> Iterator[Way]:
    """Yield for each model that has rows a change of every column, or of one, a removal, and a row slipped in."""
    for name, (model, rule) in sealed().items():
        table = model._meta.db_table
        newest = one(f"SELECT max(id) FROM {table}")
        if newest is None:
            continue
        for what, statement in _statements(model, rule, newest, every=every):
            yield Way(
                f"{name}: {what}",
                partial(_done, statement, *more),
                name,
                partial(prepare, table),
                as_app=as_app,
                may_be_refused=prepare is not _guards_off,
            )


def _statements(model: type[models.Model], rule: Sealed, key: int, *, every: bool) -> Iterator[tuple[str, str]]:
    table = model._meta.db_table
    columns = [column for column in rule.columns if column not in {*rule.free, "id"}]
    for column in columns if every else columns[-1:]:
        yield f"{column} changed", f"UPDATE {table} SET {changed(model, column)} WHERE id = {key}"
    yield "removed", f"DELETE FROM {table} WHERE id = {key}"
    if rule.in_acts or rule.whole:
        yield "slipped in", copied(model, key)


def _done(*statements: str) -> None:
    """Run statements; then have what they sealed bound by the log, as workers do within a minute."""
    run(*statements)
    audit.bind_seals()


def _guards_off(table: str) -> None:
    """Switch off what refuses changes of a table, but not what seals them."""
    unbind(table)
    of_table = f"tgrelid = '{table}'::regclass"
    names = f"SELECT string_agg(tgname, ' ') FROM pg_trigger WHERE {of_table} AND tgname ~ '^pgtrigger'"
    for name in (one(names) or "").split():
        run(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')
