"""What turns queries into SQL: that of Django, and each table that a query reads is without its hidden rows.

This is the one place that every query of the models passes: lists, counts, joins, subqueries, forms and the admin. A
condition in the query, unlike a policy of the database (row-level security), leaves every index usable.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FullResultSet
from django.db.backends.postgresql import compiler
from django.db.models.sql.where import AND, WhereNode

from workbench.desk import hidden_rows


class Literal:
    """A condition that is SQL already, without parameters."""

    contains_aggregate = contains_over_clause = False

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, list[Any]]:
        """Return the condition."""
        return self.sql, []


class SQLCompiler(compiler.SQLCompiler):
    where: Any  # what ``pre_sql_setup`` makes of the conditions of the query

    def get_from_clause(self) -> Any:
        """Return the tables that a query reads; a hidden row joins nothing, and is none of those that are chosen."""
        aliases: Any = self.query.alias_map
        used = [clause for alias, clause in aliases.items() if self.query.alias_refcount[alias]]
        of_log = any(clause.join_type is None and clause.table_name in hidden_rows.log_tables() for clause in used)
        hidden = hidden_rows.conditions([clause.table_name for clause in used], of_log=of_log)
        parts, params = super().get_from_clause()
        for at, clause in enumerate(used):
            condition = hidden.get(clause.table_name)
            if condition is None:
                continue
            is_joined = clause.join_type is not None
            sql = condition.sql(self.quote_name_unless_alias(clause.table_alias), joined=is_joined)
            if not is_joined:
                both: list[Any] = [Literal(sql)] if self.where is None else [self.where, Literal(sql)]
                self.where = WhereNode(both, connector=AND)
            else:
                parts[at] = f"{parts[at][:-1]} AND {sql})"  # within the brackets of ON
        return parts, params


class Changing(SQLCompiler):
    """Changes or removes the rows of one table: those that are hidden stay as they are."""

    def shown(self, statement: tuple[str, Any], query: Any) -> tuple[str, Any]:
        """Return the statement with the condition that a row is not hidden."""
        sql, params = statement
        of_log = query.base_table in hidden_rows.log_tables()
        condition = hidden_rows.conditions([query.base_table], of_log=of_log).get(query.base_table) if sql else None
        if condition is None:
            return sql, params
        try:
            self.compile(query.where)
            word = "AND"
        except FullResultSet:
            word = "WHERE"
        return f"{sql} {word} {condition.sql(self.quote_name_unless_alias(query.base_table))}", params


class SQLUpdateCompiler(compiler.SQLUpdateCompiler, Changing):
    def as_sql(self, *_given: Any, **_named: Any) -> Any:
        """Return the statement."""
        return self.shown(super().as_sql(), self.query)


class SQLDeleteCompiler(compiler.SQLDeleteCompiler, Changing):
    def _as_sql(self, query: Any) -> Any:
        statement: Any = super()._as_sql(query)  # type: ignore[misc]  # which Django’s stubs do not name
        return self.shown(statement, query)


SQLInsertCompiler = compiler.SQLInsertCompiler


class SQLAggregateCompiler(compiler.SQLAggregateCompiler, SQLCompiler):
    pass
