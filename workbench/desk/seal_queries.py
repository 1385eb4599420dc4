"""The queries that hold rows against their seals and the log; the database computes the hashes, by our own expressions.

Every query looks at the rows of one range of keys, and returns only what differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import connection, models

from workbench.desk.guards import frozen_columns, refused_always
from workbench.desk.log_chain import EXISTING
from workbench.desk.seal_form import hash_sql, mark, mark_sql, marks_sql, text_sql, values_sql
from workbench.desk.seal_registry import Sealed
from workbench.desk.seal_triggers import CHAIN, group_hash_sql

TOLERANCE = "interval '5 minutes'"  # a transaction, and two clocks
NEWEST = """(
    SELECT s.id, s.form, s.sha256, s.marks, s.at, e.chain, e.seq
    FROM workbench_seal s LEFT JOIN workbench_logentry e ON e.id = s.entry_id
    WHERE s.model = '{name}' AND s.key = {key} ORDER BY s.id DESC LIMIT 1
)"""
# The entries with which a migration sealed the rows of a model that were there, each with its first and last key.
# They follow on one another without a pause, upward, from before anything else was sealed, or soon after. Anybody who
# owns the log can write such an entry later.
PAUSE = "interval '10 minutes'"
THERE_BEFORE = rf"""
    SELECT id, first, last FROM (
        SELECT *, bool_and(CASE WHEN number = 1 THEN recorded_at <= began + {PAUSE} ELSE
            recorded_at <= before_at + {PAUSE} AND first > before_last END) OVER (ORDER BY seq) AS is_one
        FROM (
            SELECT *, row_number() OVER same AS number, lag(recorded_at) OVER same AS before_at,
                lag(last) OVER same AS before_last
            FROM (
                SELECT e.id, e.seq, e.recorded_at, coalesce(substring(e.facts FROM '"first_key": (\d+)')::bigint, 1)
                    AS first, coalesce(substring(e.facts FROM '"last_key": (\d+)')::bigint, 0) AS last
                FROM workbench_logentry e
                WHERE e.chain = '{CHAIN}' AND e.verb = '{EXISTING}' AND e.actor_id IS NULL
                    AND e.facts LIKE '%"kind": "{{name}}"%'
            ) entries WINDOW same AS (ORDER BY seq)
        ) ordered CROSS JOIN (
            SELECT coalesce(min(o.at), now()) AS began
            FROM workbench_seal o LEFT JOIN workbench_logentry x ON x.id = o.entry_id
            WHERE o.model = '{{name}}' AND x.verb IS DISTINCT FROM '{EXISTING}'
        ) others
    ) checked WHERE is_one
"""
# Whether one of these entries made a seal: it is the first one of its row.
WAS_THERE = """(EXISTS (
    SELECT FROM unnest(ARRAY{ids}::bigint[], ARRAY{firsts}::bigint[], ARRAY{lasts}::bigint[]) t(id, first, last)
    WHERE t.id = s.entry_id AND s.key BETWEEN t.first AND t.last
) AND NOT EXISTS (SELECT FROM workbench_seal b WHERE b.model = s.model AND b.key = s.key AND b.id < s.id))"""
BEFORE = """(
    SELECT s.*, lag(s.form) OVER same AS form_before, lag(s.sha256) OVER same AS sha_before,
        lag(s.marks) OVER same AS marks_before
    FROM workbench_seal s WHERE s.model = '{name}' AND {where} WINDOW same AS (PARTITION BY s.key ORDER BY s.id)
)"""
ONCE = re.compile(r"OLD\.(\w+) (?:IS NOT NULL|<> '(\w*)')")  # the conditions of guards that the marks can answer

LINES = """string_agg(concat_ws(' ', s.id, s.model, s.key, s.form, encode(s.sha256, 'hex'),
    to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')), E'\\n' ORDER BY s.id)
    FILTER (WHERE s.id IS NOT NULL)"""


@dataclass(frozen=True)
class Range:
    """Which keys a query looks at: those after one, up to another; the last range has no end. Or some keys.

    The first range has no beginning: whoever slips a row in can give it a key below 1.
    """

    after: int | None = None
    to: int | None = None
    keys: tuple[int, ...] | None = None

    def sql(self, column: str) -> str:
        """Return the condition on a column."""
        if self.keys is not None:
            return f"{column} = ANY(ARRAY[{', '.join(map(str, self.keys))}]::bigint[])"
        ends = [f"{column} {sign} {end}" for sign, end in ((">", self.after), ("<=", self.to)) if end is not None]
        return " AND ".join(ends) or "true"


class Queries:
    """The queries about the rows of one model."""

    def __init__(self, model: type[models.Model], rule: Sealed) -> None:
        self.model, self.rule = model, rule
        self.name, self.table, self.pk = model._meta.model_name or "", model._meta.db_table, model._meta.pk.column
        self.key = rule.group or self.pk

    def next_range(self, after: int | None, number: int) -> tuple[Range, int]:
        """Return the range of the next keys, and how many there are; it has no end where fewer are left."""
        column = f'"{self.key}"'
        keys = f"SELECT DISTINCT {column} AS key FROM {self.table} WHERE {Range(after).sql(column)}"
        top, found = _rows(f"SELECT max(key), count(*) FROM ({keys} ORDER BY 1 LIMIT {number}) next")[0]
        return Range(after, top if found == number else None), found or 0

    def differing(self, where: Range) -> list[dict[str, object]]:
        """Return the keys whose newest seal is not that of the row, or that have none, or a seal and no row.

        Each with the seal, the marks of the row as it is, and the time of an earlier seal that fits it.
        """
        return _dicts(self._groups(where) if self.rule.group else self._singles(where))

    def _singles(self, where: Range) -> str:
        numbered = list(enumerate(self.rule.forms, 1))
        values = {number: values_sql(self.model, columns, "r") for number, columns in numbered}
        hashes = {
            number: hash_sql(text_sql(self.name, number, columns, values[number])) for number, columns in numbered
        }
        marks = {number: marks_sql(values[number]) for number in values}
        newest, now = NEWEST.format(name=self.name, key="k.key"), _case("newest.form", hashes)
        return f"""
            SELECT k.key, r."{self.pk}" IS NOT NULL AS is_there, newest.*, {_case("newest.form", marks)} AS marks_now,
                {self._earlier(now)} AS earlier
            FROM ({self._keys(where)}) k
            LEFT JOIN {self.table} r ON r."{self.pk}" = k.key LEFT JOIN LATERAL {newest} newest ON true
            WHERE newest.id IS NULL OR newest.sha256 IS DISTINCT FROM
                CASE WHEN r."{self.pk}" IS NULL THEN ''::bytea ELSE {now} END
            ORDER BY k.key
        """

    def _groups(self, where: Range) -> str:
        numbered = enumerate(self.rule.forms, 1)
        hashes = {
            number: group_hash_sql(self.model, number, columns, self.rule.group, "k.key")
            for number, columns in numbered
        }
        newest, now = NEWEST.format(name=self.name, key="k.key"), _case("newest.form", hashes)
        there = f'EXISTS (SELECT FROM {self.table} t WHERE t."{self.key}" = k.key)'
        return f"""
            SELECT k.key, {there} AS is_there, newest.*, ''::bytea AS marks_now, {self._earlier(now)} AS earlier
            FROM ({self._keys(where)}) k LEFT JOIN LATERAL {newest} newest ON true
            WHERE newest.id IS NULL OR newest.sha256 IS DISTINCT FROM {now}
            ORDER BY k.key
        """

    def _keys(self, where: Range) -> str:
        return (
            f'SELECT "{self.key}" AS key FROM {self.table} WHERE {where.sql(f"{chr(34)}{self.key}{chr(34)}")} UNION '
            f"SELECT key FROM workbench_seal WHERE model = '{self.name}' AND {where.sql('key')}"
        )

    def _earlier(self, now: str) -> str:
        return (
            f"(SELECT max(o.at) FROM workbench_seal o WHERE o.model = '{self.name}' AND o.key = k.key "
            f"AND o.id < newest.id AND o.form = newest.form AND o.sha256 = {now})"
        )

    @cached_property
    def _was_there(self) -> str:
        """Return the condition that a seal was made by the migration that began to seal the rows of this model."""
        rows = _rows(THERE_BEFORE.format(name=self.name))
        if not rows:
            return "false"
        ids, firsts, lasts = ([row[place] for row in rows] for place in range(3))
        return WAS_THERE.format(ids=ids, firsts=firsts, lasts=lasts)

    def _is_act(self, verbs: tuple[str, ...]) -> str:
        """Return the condition that an entry is an act: by a person, or one that the machine does."""
        by_machine = f" OR e.verb IN {_texts(self.rule.machine)}" if self.rule.machine else ""
        with_verb = f" AND e.verb IN {_texts(verbs)}" if verbs else ""
        return f"e.chain <> '{CHAIN}' AND (e.actor_id IS NOT NULL{by_machine}){with_verb}"

    def unacted(self, where: Range) -> list[dict[str, object]]:
        """Return the keys of rows that are only written in acts, and have a seal that no entry of an act carries.

        Where the rule names verbs, only entries of people with these verbs are such acts.
        """
        if not self.rule.in_acts:
            return []
        return _dicts(f"""
            SELECT DISTINCT ON (s.key) s.key, s.at, e.chain, e.seq
            FROM workbench_seal s LEFT JOIN workbench_logentry e ON e.id = s.entry_id
            WHERE s.model = '{self.name}' AND {where.sql("s.key")}
                AND ({self._is_act(self.rule.verbs)} OR {self._was_there}) IS NOT TRUE
            ORDER BY s.key, s.id DESC
        """)

    def resealed(self, where: Range) -> list[dict[str, object]]:
        """Return the keys of rows that were changed or removed, and sealed again, although nothing lawful does that.

        For a check, all the seals of a row are held against each other.
        """
        if self.rule.group:
            return self._regrouped(where)
        refused = refused_always(self.model)
        found = [f"s.sha256 = '' AND {self._never(self.rule.removed)}"]
        if "UPDATE" in refused:
            found.append(
                "s.form = s.form_before AND s.sha_before <> '' AND s.sha256 <> '' AND s.sha256 <> s.sha_before"
            )
        else:
            found += self._final()
        for column, once in frozen_columns(self.model):
            found += self._changed(column, once)
        return self._pairs(where, found)

    def _never(self, verbs: tuple[str, ...]) -> str:
        return f"(e.verb IN {_texts(verbs)}) IS NOT TRUE" if verbs else "true"

    def _final(self) -> Iterator[str]:
        """Yield the conditions that a column changed that keeps its first value, or changes with a time only."""
        rule = self.rule
        by_trigger = {column for column, _once in frozen_columns(self.model)}
        in_acts = set(rule.columns) if rule.verbs and not rule.acted else set()
        open_ = {*rule.acted, *rule.free, *rule.with_time, *rule.with_time.values(), *by_trigger, *in_acts}
        for column in rule.columns:
            if column not in open_:
                yield from self._changed(column)
        for column, time in rule.with_time.items():
            yield from (
                f"{changed} AND NOT ({with_it})"
                for changed, with_it in zip(self._changed(column), self._changed(time), strict=True)
            )

    def _regrouped(self, where: Range) -> list[dict[str, object]]:
        """Return the keys of groups that did not only grow: an earlier seal is not that of their first rows.

        What was there before the rows were lawfully removed is left out.
        """
        numbered = enumerate(self.rule.forms, 1)
        first_rows = f'r."{self.pk}" <= upto."{self.pk}"'
        hashes = {
            number: group_hash_sql(self.model, number, columns, self.rule.group, "s.key", first_rows)
            for number, columns in numbered
        }
        later = "SELECT FROM workbench_seal n WHERE n.model = s.model AND n.key = s.key AND n.id > s.id"
        since = f"NOT EXISTS ({later} AND n.sha256 = '')"
        apart = f" AND NOT EXISTS ({later} AND n.at <> s.at)" if self.rule.whole else ""
        return _dicts(f"""
            SELECT DISTINCT ON (s.key) s.key, s.at, s.sha256 = '' AS is_removed, e.chain, e.seq
            FROM workbench_seal s LEFT JOIN workbench_logentry e ON e.id = s.entry_id
            WHERE s.model = '{self.name}' AND {where.sql("s.key")} AND (
                s.sha256 = '' AND {self._never(self.rule.removed)}
                OR s.sha256 <> '' AND EXISTS ({later}) AND {since} AND NOT (EXISTS (
                    SELECT FROM {self.table} upto WHERE upto."{self.key}" = s.key
                        AND s.sha256 = {_case("s.form", hashes)}){apart}))
            ORDER BY s.key, s.id DESC
        """)

    def changed_alone(self, where: Range) -> list[dict[str, object]]:
        """Return the keys of rows in which a column changed that only some acts change, without one of them."""
        if self.rule.group:
            return []
        found = [
            f"{changed} AND ({self._is_act(verbs)}) IS NOT TRUE"
            for column, verbs in self.rule.acted.items()
            for changed in self._changed(column, self.rule.once.get(column, "TRUE"))
        ]
        return self._pairs(where, found)

    def _changed(self, column: str, once: str = "TRUE") -> Iterator[str]:
        """Yield the condition that a seal has another value of a column than the one before, which is then final."""
        when = ONCE.fullmatch(once)
        if column not in self.rule.columns or (once != "TRUE" and when is None):
            return
        now, before = self._mark("s.form", "s.marks", column), self._mark("s.form_before", "s.marks_before", column)
        final = ""
        if when is not None:
            final = (
                f" AND {self._mark('s.form_before', 's.marks_before', when[1])} <> '\\x{mark(when[2]).hex()}'::bytea"
            )
        yield f"s.marks <> '' AND s.marks_before <> '' AND {now} <> {before}{final}"

    def _mark(self, form: str, marks: str, column: str) -> str:
        forms = enumerate(self.rule.forms, 1)
        return _case(form, {number: mark_sql(marks, each, column) for number, each in forms if column in each})

    def _pairs(self, where: Range, conditions: list[str]) -> list[dict[str, object]]:
        """Return the keys with a seal for which, held against the one before, one of the conditions is true."""
        if not conditions:
            return []
        return _dicts(f"""
            SELECT DISTINCT ON (s.key) s.key, s.at, s.sha256 = '' AS is_removed, e.chain, e.seq
            FROM {BEFORE.format(name=self.name, where=where.sql("s.key"))} s
            LEFT JOIN workbench_logentry e ON e.id = s.entry_id
            WHERE ({") OR (".join(conditions)})
            ORDER BY s.key, s.id DESC
        """)

    def untimely(self, where: Range) -> Iterator[tuple[str, str, list[dict[str, object]]]]:
        """Yield each column of a time, the column of the person, and the rows for which the log has no such act.

        Rows that were there before seals were made are held against nothing but the time of their first seal.
        """
        key = f'r."{self.pk}"'
        newest = NEWEST.format(name=self.name, key=key)
        for time, person in self.rule.times.items():
            who = f' AND (r."{person}" IS NULL OR e.actor_id = r."{person}")' if person else ""
            yield (
                time,
                person,
                _dicts(f"""
                SELECT r."{self.pk}" AS key, r."{time}" AS stated, newest.chain, newest.seq
                FROM {self.table} r LEFT JOIN LATERAL {newest} newest ON true
                WHERE {where.sql(key)} AND r."{time}" IS NOT NULL AND newest.id IS NOT NULL AND NOT EXISTS (
                    SELECT FROM workbench_seal s LEFT JOIN workbench_logentry e ON e.id = s.entry_id
                    WHERE s.model = '{self.name}' AND s.key = r."{self.pk}" AND (
                        (r."{time}" BETWEEN s.at - {TOLERANCE} AND s.at + {TOLERANCE}{who})
                        OR (r."{time}" <= s.at AND {self._was_there})
                    )
                )
                ORDER BY 1
            """),
            )


def changed_entries(where: Range) -> list[dict[str, object]]:
    """Return the entries of a range of keys that carry other seals than they did when they were written.

    Those of the first form, from before seals, carry none: their hash would not cover it.
    """
    digest = f"coalesce(encode({hash_sql(LINES)}, 'hex'), '')"
    return _dicts(f"""
        SELECT e.chain, e.seq, e.sealed_rows AS carried, count(s.id) AS found
        FROM workbench_logentry e LEFT JOIN workbench_seal s ON s.entry_id = e.id
        WHERE {where.sql("e.id")}
        GROUP BY e.id HAVING e.sealed_rows <> count(s.id) OR e.seals_sha256 <> {digest}
            OR (e.form < 2 AND (e.sealed_rows > 0 OR e.seals_sha256 <> '' OR count(s.id) > 0))
        ORDER BY e.id
    """)


def loose_seals(where: Range) -> list[dict[str, object]]:
    """Return the seals of a range of keys whose entry is gone, or that are later than it."""
    return _dicts(f"""
        SELECT s.model, s.key, s.at, e.chain, e.seq
        FROM workbench_seal s LEFT JOIN workbench_logentry e ON e.id = s.entry_id
        WHERE {where.sql("s.id")} AND s.entry_id IS NOT NULL
            AND (e.id IS NULL OR s.at > e.recorded_at + {TOLERANCE})
        ORDER BY s.id
    """)


def top(table: str, after: int | None, number: int) -> int | None:
    """Return the last of the next keys of a table; None where there are no more."""
    found: int | None = _rows(
        f"SELECT max(id) FROM (SELECT id FROM {table} WHERE {Range(after).sql('id')} ORDER BY id LIMIT {number}) next"
    )[0][0]
    return found


def of_chain(chain: str) -> list[tuple[str, int]]:
    """Return the rows whose seals the entries of a chain carry, each by the name of its model and its key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT s.model, s.key FROM workbench_seal s JOIN workbench_logentry e ON e.id = s.entry_id "
            "WHERE e.chain = %s ORDER BY 1, 2",
            [chain],
        )
        found: list[tuple[str, int]] = cursor.fetchall()
    return found


def _case(form: str, by_number: dict[int, str]) -> str:
    """Return the SQL that chooses by the number of a form."""
    return f"CASE {form} {' '.join(f'WHEN {number} THEN {sql}' for number, sql in by_number.items())} END"


def _texts(values: Iterable[str]) -> str:
    """Return a list of verbs as SQL."""
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def _rows(query: str) -> list[tuple[int | None, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        found: list[tuple[int | None, ...]] = cursor.fetchall()
    return found


def _dicts(query: str) -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
