"""The triggers that seal rows as they are written, so that no code can forget it; migrations install them.

Each sealed table has one function. It runs with the rights of the owner, so who writes rows need not write seals.
Inserted and deleted rows are sealed once per statement, changed rows where a sealed column changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from django.db import connection, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from workbench.desk.seal_form import hash_sql, marks_sql, text_sql, values_sql
from workbench.desk.vocabulary import DeskVerb

AT_ONCE = 5_000  # rows that a migration seals under one entry of the log; of groups a tenth
CHAIN = "seals"  # of the entries that carry the seals of rows written without an act
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


class SealTables(Operation):
    """Install the triggers that seal the rows of some models in a form, and seal the rows that are there.

    ``tables`` gives the columns of each model, with spaces between; ``groups`` the column of those that are sealed
    together with the row that they belong to. ``before`` gives the columns of the form before, where there was one.
    """

    reversible = True

    def __init__(
        self,
        tables: Mapping[str, str],
        groups: Mapping[str, str] | None = None,
        form: int = 1,
        before: Mapping[str, str] | None = None,
    ) -> None:
        self.tables, self.groups, self.form, self.before = tables, groups or {}, form, before or {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: triggers are no part of the models."""

    def database_forwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the functions and their triggers; then seal the rows that are there."""
        for name, columns in self.tables.items():
            model = to_state.apps.get_model(app_label, name)
            table = SealedTable(model, columns.split(), self.form, self.groups.get(name, ""))
            for statement in table.statements():
                editor.execute(statement, params=None)
            if not editor.collect_sql:
                table.seal_existing(to_state.apps.get_model("workbench", "LogEntry"))

    def database_backwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Remove the functions with their triggers, or make those of the form before again."""
        for name in self.tables:
            model = from_state.apps.get_model(app_label, name)
            editor.execute(f"DROP FUNCTION IF EXISTS public.seal_{model._meta.db_table}() CASCADE", params=None)
            if columns := self.before.get(name):
                table = SealedTable(model, columns.split(), self.form - 1, self.groups.get(name, ""))
                for statement in table.statements():
                    editor.execute(statement, params=None)

    def describe(self) -> str:
        """Say what this does."""
        return f"Seal the rows of {len(self.tables)} models (form {self.form})"


class SealedTable:
    """One table, and how its rows are sealed."""

    def __init__(self, model: type[models.Model], columns: Sequence[str], form: int = 1, group: str = "") -> None:
        self.model, self.columns, self.form, self.group = model, columns, form, group
        self.name, self.table = model._meta.model_name or "", model._meta.db_table

    def statements(self) -> Iterator[str]:
        """Yield the SQL of the function and of its triggers."""
        table, function = self.table, f"public.seal_{self.table}"
        rows = {"gone": "gone", "fresh": "fresh", "changed": "fresh" if self.group else "(SELECT NEW.*)"}
        yield FUNCTION.format(
            function=function,
            **{part: self._sealing(source, is_gone=part == "gone") for part, source in rows.items()},
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

    def seal_existing(self, entries: type[models.Model]) -> None:
        """Seal the rows that have no seal yet, some at a time, each time under an entry of the log that says so."""
        key, last = self.group or str(self.model._meta.pk.column), 0
        while found := self._next_key(key, last):
            here = f'r0."{key}" > {last} AND r0."{key}" <= {found}'
            known = f"SELECT FROM workbench_seal s WHERE s.model = '{self.name}' AND s.key = r0.\"{key}\""
            new = f"FROM {self.table} r0 WHERE {here} AND NOT EXISTS ({known})"
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    self._seal_groups(f'SELECT DISTINCT r0."{key}" AS key {new}')
                    if self.group
                    else self._seal_rows(f"SELECT r0.* {new}")
                )
                if cursor.rowcount:
                    told = {"kind": self.name, "rows": cursor.rowcount, "first_key": last + 1, "last_key": found}
                    columns = {
                        "chain": CHAIN,
                        "verb": DeskVerb.SEALED_EXISTING.value,
                        "subject": CHAIN,
                        "facts": json.dumps(told),
                    }
                    entries._default_manager.create(actor_name="machine", **columns)
            last = found

    def _next_key(self, key: str, last: int) -> int | None:
        """Return the last of the next keys that are sealed under one entry; None where there are no more."""
        number = AT_ONCE // 10 if self.group else AT_ONCE
        rows = f'SELECT DISTINCT "{key}" AS key FROM {self.table} WHERE "{key}" > {last} ORDER BY 1 LIMIT {number}'
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT max(key) FROM ({rows}) next")
            found: int | None = cursor.fetchone()[0]
        return found

    def _sealing(self, source: str, *, is_gone: bool) -> str:
        if self.group:
            return self._seal_groups(f'SELECT DISTINCT "{self.group}" AS key FROM {source}')
        if is_gone:
            key = self.model._meta.pk.column
            return f"{INTO} SELECT '{self.name}', r.\"{key}\", {self.form}, '', '', {NOW} FROM gone r ORDER BY 2"
        return self._seal_rows(f"SELECT * FROM {source} fresh_rows")

    def _seal_rows(self, rows: str) -> str:
        """Return the statement that seals each of some rows, given as a query."""
        text, key = text_sql(self.name, self.form, self.columns, "f.v"), self.model._meta.pk.column
        values = values_sql(self.model, self.columns, "r")
        return (
            f"{INTO} SELECT '{self.name}', r.\"{key}\", {self.form}, {hash_sql(text)}, {marks_sql('f.v')}, {NOW} "
            f"FROM ({rows}) r CROSS JOIN LATERAL (SELECT {values} AS v) f ORDER BY 2"
        )

    def _seal_groups(self, keys: str) -> str:
        """Return the statement that seals together all rows that point to one row; a query gives the keys of those."""
        whole = group_hash_sql(self.model, self.form, self.columns, self.group, "k.key")
        return f"{INTO} SELECT '{self.name}', k.key, {self.form}, {whole}, '', {NOW} FROM ({keys}) k ORDER BY 2"


def group_hash_sql(model: type[models.Model], form: int, columns: Sequence[str], group: str, key: str) -> str:
    """Return the SQL of the hash of all rows of a group, in the order of their keys; empty where there are none."""
    text = text_sql(model._meta.model_name or "", form, columns, values_sql(model, columns, "r"))
    whole = hash_sql(f"string_agg({text}, E'\\n' ORDER BY r.\"{model._meta.pk.column}\")")
    return f"coalesce((SELECT {whole} FROM {model._meta.db_table} r WHERE r.\"{group}\" = {key}), '')"
