"""Hold every row against its seal and the log, in batches, and say in words what differs.

The check goes through the entries, the seals and then the rows of each model. After each batch it names the place
where it stands, so a check that was interrupted goes on there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import dropwhile
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from workbench.desk import seal_queries
from workbench.desk.audit import Batch, Fault
from workbench.desk.seal_form import MARK
from workbench.desk.seal_queries import Queries, Range
from workbench.desk.seal_registry import Sealed, sealed

AT_ONCE = 10_000  # rows of a batch
ENTRIES_AT_ONCE = 500  # an entry of the machine carries up to ten thousand seals
ENTRIES, SEALS = "entries", "seals"  # the first two parts of the check; the others are named for their models


def batches(after: str = "") -> Iterator[Batch]:
    """Check everything that comes after a place; from the beginning where none is given.

    Raises ``ValueError`` for a place that there is not.
    """
    parts: list[tuple[str, Callable[[int | None], Iterator[Batch]]]] = [(ENTRIES, _entries), (SEALS, _seals)]
    parts += [(name, _rows_of(model, rule)) for name, (model, rule) in sealed().items()]
    first, _colon, key = after.partition(":")
    if after and first not in dict(parts):
        raise ValueError(f"There is no place “{after}”.")
    last = int(key) if key else None
    for _name, part in dropwhile(lambda each: bool(after) and each[0] != first, parts):
        yield from part(last)
        last = None


def of_chain(chain: str) -> list[Fault]:
    """Check the rows whose seals the entries of one chain carry."""
    keys: dict[str, list[int]] = {}
    for name, key in seal_queries.of_chain(chain):
        keys.setdefault(name, []).append(key)
    rules = sealed()
    found = (_faults(Queries(*rules[name]), Range(keys=tuple(keys[name]))) for name in keys if name in rules)
    return [fault for faults in found for fault in faults]


def waiting() -> int:
    """Return how many seals no entry carries yet: rows that workers wrote in the last minute."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM workbench_seal WHERE entry_id IS NULL")
        return int(cursor.fetchone()[0])


def _entries(after: int | None) -> Iterator[Batch]:
    while (to := seal_queries.top("workbench_logentry", after, ENTRIES_AT_ONCE)) is not None:
        changed = seal_queries.changed_entries(Range(after, to))
        yield Batch(
            f"{ENTRIES}:{to}", 0, [Fault(_str(row, "chain"), _int(row, "seq"), _carried(row)) for row in changed]
        )
        after = to


def _carried(row: dict[str, Any]) -> str:
    if row["carried"] == row["found"]:
        return _("the seals of this entry were changed after it was written")
    numbers = {"carried": row["carried"], "found": row["found"]}
    return _("this entry sealed %(carried)d rows, and %(found)d of these seals are there") % numbers


def _seals(after: int | None) -> Iterator[Batch]:
    while (to := seal_queries.top("workbench_seal", after, AT_ONCE)) is not None:
        loose = seal_queries.loose_seals(Range(after, to))
        problem = _("%(row)s: its seal of %(when)s was not made with the entry that carries it")
        faults = [
            _fault(row, problem % {"row": f"{row['model']} {row['key']}", "when": _when(row["at"])}) for row in loose
        ]
        yield Batch(f"{SEALS}:{to}", 0, faults)
        after = to


def _rows_of(model: type[models.Model], rule: Sealed) -> Callable[[int | None], Iterator[Batch]]:
    def part(after: int | None) -> Iterator[Batch]:
        queries = Queries(model, rule)
        while True:
            where, number = queries.next_range(after, AT_ONCE)
            faults = list(_faults(queries, where))
            if where.to is None:
                yield Batch(f"{queries.name}:{2**62}", number, faults)
                return
            yield Batch(f"{queries.name}:{where.to}", number, faults)
            after = where.to

    return part


def _faults(queries: Queries, where: Range) -> Iterator[Fault]:
    """Yield what is wrong with the rows of a range, each row once."""
    told = set()
    for row, problem in _problems(queries, where):
        if row["key"] not in told:
            told.add(row["key"])
            yield _fault({"model": queries.name, **row}, problem)


def _problems(queries: Queries, where: Range) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each row with each thing that is wrong with it, in words."""
    model, rule = queries.model, queries.rule
    for row in queries.differing(where):
        yield row, _difference(model, rule, row)
    for row in queries.resealed(where):
        removed = _("%(row)s was removed on %(when)s, although nobody may remove it")
        changed = _("%(row)s was changed on %(when)s, although nobody may change that")
        yield row, (removed if row["is_removed"] else changed) % _told(model, rule, row)
    for row in queries.changed_alone(where):
        problem = _("%(row)s was changed on %(when)s without an act of the log that may change it")
        yield row, problem % _told(model, rule, row)
    for row in queries.unacted(where):
        yield row, _("%(row)s was written outside every act of the log on %(when)s") % _told(model, rule, row)
    for time, person, rows in queries.untimely(where):
        for row in rows:
            yield row, _untimely(model, rule, row, time, person)


def _told(model: type[models.Model], rule: Sealed, row: dict[str, Any]) -> dict[str, str]:
    return {"row": _name(model, rule, row), "when": _when(row["at"])}


def _difference(model: type[models.Model], rule: Sealed, row: dict[str, Any]) -> str:
    """Say in words how a row differs from its newest seal."""
    words = {"row": _name(model, rule, row)}
    if row["id"] is None:
        return _("%(row)s has no seal: somebody wrote it past the rules of the database") % words
    words["when"] = _when(row["at"])
    if not row["is_there"]:
        return _("%(row)s is missing: it was sealed on %(when)s") % words
    if not bytes(row["sha256"]):
        return _("%(row)s is there, but its removal was sealed on %(when)s") % words
    if row["earlier"] is not None:
        words["before"] = _when(row["earlier"])
        return _("%(row)s is as it was sealed on %(before)s, and not as it was sealed last, on %(when)s") % words
    columns = _columns(model, rule, row)
    if not columns:
        return _("%(row)s differs from what was sealed on %(when)s") % words
    words["columns"] = get_text_list(columns, _("and"))
    return _("%(row)s: %(columns)s: not what was sealed on %(when)s") % words


def _columns(model: type[models.Model], rule: Sealed, row: dict[str, Any]) -> list[str]:
    """Return the names of the columns that differ, as people read them."""
    if rule.group or row["marks_now"] is None:
        return []
    now, then = bytes(row["marks_now"]), bytes(row["marks"])
    pieces = range(0, len(now), MARK)
    names = {field.column: str(field.verbose_name) for field in model._meta.concrete_fields}
    changed = [now[place : place + MARK] != then[place : place + MARK] for place in pieces]
    return [
        names[column] for column, is_changed in zip(rule.forms[row["form"] - 1], changed, strict=True) if is_changed
    ]


def _untimely(model: type[models.Model], rule: Sealed, row: dict[str, Any], time: str, person: str) -> str:
    names = {field.column: str(field.verbose_name) for field in model._meta.concrete_fields}
    words = {"row": _name(model, rule, row), "column": names[time], "when": _when(row["stated"])}
    if person:
        words["person"] = names[person]
        return _("%(row)s: the log has no act of that person at that time (%(column)s %(when)s; %(person)s)") % words
    return _("%(row)s: it was not written at the time that it states (%(column)s %(when)s)") % words


def _name(model: type[models.Model], rule: Sealed, row: dict[str, Any]) -> str:
    """Return what a row is called, in the language of the reader; of a group, the row that it belongs to."""
    if not rule.group:
        return f"{model._meta.verbose_name} {row['key']}"
    whole = next(field for field in model._meta.concrete_fields if field.column == rule.group)
    return f"{model._meta.verbose_name_plural} ({whole.verbose_name} {row['key']})"


def _fault(row: dict[str, Any], problem: str) -> Fault:
    """Return a fault at the entry that carries the seal; of a row without one, under the name of the row."""
    chain = row["chain"] or f"{row['model']} {row['key']}"
    return Fault(str(chain), int(row["seq"] or 0), problem, _label(row))


def _label(row: dict[str, Any]) -> str:
    """Return the label of the model and the key of a row; of a group, those of the row that it belongs to."""
    model, rule = sealed().get(str(row["model"]), (None, None))
    if model is None or rule is None:
        return f"{row['model']} {row['key']}"
    if rule.group:
        whole = next(field for field in model._meta.concrete_fields if field.column == rule.group)
        model = whole.related_model or model
    return f"{model._meta.label} {row['key']}"


def _when(at: Any) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _str(row: dict[str, Any], name: str) -> str:
    return str(row[name])


def _int(row: dict[str, Any], name: str) -> int:
    return int(row[name])
