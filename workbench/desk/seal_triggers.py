"""The triggers that seal rows as they are written, so that no code can forget it; migrations install them.

Each sealed table has one function. It runs with the rights of the owner, so who writes rows need not write seals.
Inserted and deleted rows are sealed once per statement, changed rows where a sealed column changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from django.db import connection, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from workbench.desk.seal_form import hash_sql, marks_sql, text_sql, values_sql

AT_ONCE = 5_000  # rows that a migration seals under one entry of the log; of groups a tenth
CHAIN, EXISTING = "seals", "sealed existing rows"
INTO = "INSERT INTO workbench_seal (model, key, form, sha256, marks, at, xact)"
NOW = "now(), pg_current_xact_id()::text::bigint"
FUNCTION = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET extra_float_digits = 1 AS $seal$
BEGIN
    IF TG_OP = 'DELETE' THEN
        {gone};
    ELSIF TG_OP = 'INSERT' THEN
        {fresh};
    ELSE
        {changed};
    END IF;
    RETURN NULL;
END
$seal$
"""


class SealTable(Operation):
    """Install the trigger that seals the rows of a model in a form."""

    reversible = True

    def __init__(self, model_name: str, columns: Sequence[str], form: int = 1, group: str = "") -> None:
        self.model_name, self.columns, self.form, self.group = model_name, columns, form, group

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: triggers are no part of the models."""

    def database_forwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the function and its triggers."""
        model = to_state.apps.get_model(app_label, self.model_name)
        for statement in self._statements(model):
            editor.execute(statement, params=None)
        if not editor.collect_sql:
            self.seal_existing(model, to_state.apps.get_model("workbench", "LogEntry"))

    def database_backwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Remove the function with its triggers."""
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        editor.execute(f"DROP FUNCTION IF EXISTS public.seal_{table}() CASCADE", params=None)

    def describe(self) -> str:
        """Say what this does."""
        return f"Seal the rows of {self.model_name} (form {self.form})"

    def _statements(self, model: type[models.Model]) -> Iterator[str]:
        table, function = model._meta.db_table, f"public.seal_{model._meta.db_table}"
        name = model._meta.model_name or ""
        rows = {"gone": "gone", "fresh": "fresh", "changed": "fresh" if self.group else "(SELECT NEW.*)"}
        yield FUNCTION.format(
            function=function,
            **{part: self._sealing(model, name, source, is_gone=part == "gone") for part, source in rows.items()},
        )
        each = f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        yield f"CREATE OR REPLACE TRIGGER seal_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh {each}"
        yield f"CREATE OR REPLACE TRIGGER seal_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone {each}"
        if self.group:
            yield f"CREATE OR REPLACE TRIGGER seal_update AFTER UPDATE ON {table} REFERENCING NEW TABLE AS fresh {each}"
            return
        old, new = (", ".join(f'{row}."{column}"' for column in self.columns) for row in ("OLD", "NEW"))
        yield (
            f"CREATE OR REPLACE TRIGGER seal_update AFTER UPDATE ON {table} FOR EACH ROW "
            f"WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION {function}()"
        )

    def seal_existing(self, model: type[models.Model], entries: type[models.Model]) -> None:
        """Seal the rows that have no seal yet, some at a time, each time under an entry of the log that says so."""
        name, table, key = model._meta.model_name or "", model._meta.db_table, self.group or model._meta.pk.column
        last = 0
        while found := self._next_key(table, key, last):
            here = f'r0."{key}" > {last} AND r0."{key}" <= {found}'
            new = f"NOT EXISTS (SELECT FROM workbench_seal s WHERE s.model = '{name}' AND s.key = r0.{key})"
            if self.group:
                keys = f'SELECT DISTINCT r0."{key}" AS key FROM {table} r0 WHERE {here} AND {new}'
                statement = group_sql(model, name, self.form, self.columns, self.group, keys)
            else:
                rows = f"SELECT r0.* FROM {table} r0 WHERE {here} AND {new}"
                statement = rows_sql(model, name, self.form, self.columns, rows)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
                if cursor.rowcount:
                    told = {"kind": name, "rows": cursor.rowcount, "first_key": last + 1, "last_key": found}
                    facts = json.dumps(told)
                    columns = {"chain": CHAIN, "verb": EXISTING, "subject": CHAIN, "facts": facts}
                    entries._default_manager.create(actor_name="machine", **columns)
            last = found

    def _next_key(self, table: str, key: str, last: int) -> int | None:
        """Return the last of the next keys that are sealed under one entry; None where there are no more."""
        rows = f'SELECT DISTINCT "{key}" AS key FROM {table} WHERE "{key}" > {last} ORDER BY 1 LIMIT {self._at_once}'
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT max(key) FROM ({rows}) next")
            found: int | None = cursor.fetchone()[0]
        return found

    @property
    def _at_once(self) -> int:
        return AT_ONCE // 10 if self.group else AT_ONCE

    def _sealing(self, model: type[models.Model], name: str, source: str, *, is_gone: bool) -> str:
        if self.group:
            keys = f'SELECT DISTINCT "{self.group}" AS key FROM {source}'
            return group_sql(model, name, self.form, self.columns, self.group, keys)
        if is_gone:
            key = model._meta.pk.column
            return f"{INTO} SELECT '{name}', r.\"{key}\", {self.form}, '', '', {NOW} FROM gone r ORDER BY 2"
        return rows_sql(model, name, self.form, self.columns, f"SELECT * FROM {source} fresh_rows")


def rows_sql(model: type[models.Model], name: str, form: int, columns: Sequence[str], rows: str) -> str:
    """Return the statement that seals each of some rows, given as a query."""
    text = text_sql(name, form, columns, "f.v")
    return (
        f"{INTO} SELECT '{name}', r.\"{model._meta.pk.column}\", {form}, {hash_sql(text)}, {marks_sql('f.v')}, {NOW} "
        f"FROM ({rows}) r CROSS JOIN LATERAL (SELECT {values_sql(model, columns, 'r')} AS v) f ORDER BY 2"
    )


def group_sql(model: type[models.Model], name: str, form: int, columns: Sequence[str], group: str, keys: str) -> str:
    """Return the statement that seals together all rows that point to one row; a query gives the keys of those."""
    whole = group_hash_sql(model, name, form, columns, group, "k.key")
    return f"{INTO} SELECT '{name}', k.key, {form}, {whole}, '', {NOW} FROM ({keys}) k ORDER BY 2"


def group_hash_sql(
    model: type[models.Model], name: str, form: int, columns: Sequence[str], group: str, key: str
) -> str:
    """Return the SQL of the hash of all rows of a group, in the order of their keys; empty where there are none."""
    text = text_sql(name, form, columns, values_sql(model, columns, "r"))
    whole = hash_sql(f"string_agg({text}, E'\\n' ORDER BY r.\"{model._meta.pk.column}\")")
    return f"coalesce((SELECT {whole} FROM {model._meta.db_table} r WHERE r.\"{group}\" = {key}), '')"
