"""Database triggers that make tables append-only and columns immutable, and what they leave to the app role."""

from __future__ import annotations

from typing import Any

import pgtrigger

# What the app role needs to do with the rows of a table.
READ = frozenset({"SELECT"})
ALL = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})


def rights(model: Any) -> frozenset[str]:
    """Return what the app role needs to do with the rows of a model: all that its triggers do not always refuse.

    A model says ``app_rights`` where this is less. Links of rows that never change are only added.
    """
    linked = model._meta.auto_created
    if linked and "UPDATE" not in rights(linked):
        return frozenset({"SELECT", "INSERT"})
    given: frozenset[str] = getattr(model, "app_rights", ALL)
    return given.difference(*map(_refused, getattr(model._meta, "triggers", ())))


def _refused(trigger: pgtrigger.Trigger) -> set[str]:
    """Return what a trigger refuses whatever the row says."""
    if not isinstance(trigger, pgtrigger.Protect) or trigger.condition or trigger.level != pgtrigger.Row:
        return set()
    return set(str(trigger.operation).split(" OR "))


def append_only(*, updates: bool = False) -> list[pgtrigger.Trigger]:
    """Return triggers that refuse DELETE and TRUNCATE, and UPDATE too unless ``updates`` are allowed.

    They are in the database, so they also stop raw SQL, the admin and bulk updates.
    """
    refused = pgtrigger.Delete if updates else pgtrigger.Delete | pgtrigger.Update
    return [pgtrigger.Protect(name="append_only", operation=refused), never_emptied()]


def append_only_but(unless: str) -> list[pgtrigger.Trigger]:
    """Return the triggers of ``append_only``, with one door: DELETE where an SQL condition on OLD holds."""
    func = (
        f"IF TG_OP = 'DELETE' AND ({unless}) THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;"
    )
    refused = pgtrigger.Delete | pgtrigger.Update
    return [
        pgtrigger.Trigger(name="append_only", when=pgtrigger.Before, operation=refused, func=func),
        never_emptied(),
    ]


def never_emptied() -> pgtrigger.Trigger:
    """Return a trigger that refuses TRUNCATE."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
    )


class Frozen(pgtrigger.Protect):
    """A trigger that refuses to change some columns, where a condition on OLD and NEW holds."""

    def __init__(self, columns: tuple[str, ...], once: str, name: str) -> None:
        changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
        condition = pgtrigger.Condition(f"(({once}) AND ({changed}))")
        super().__init__(name=name, operation=pgtrigger.Update, condition=condition)
        self.columns, self.once = columns, once


def frozen(*columns: str, once: str = "TRUE", name: str = "frozen") -> pgtrigger.Trigger:
    """Return a trigger that refuses to change these columns: ever, or where an SQL condition on OLD and NEW holds."""
    return Frozen(columns, once, name)


def by_machine(operation: pgtrigger.Operation, once: str = "TRUE", name: str = "by_machine") -> pgtrigger.Trigger:
    """Return a trigger that refuses to write a row unless the transaction proves that it speaks for the machine.

    ``actor.speak_for(None)`` does that. With an SQL condition on OLD and NEW, where it holds. The owner may.
    """
    return _proved(name, operation, once, "workbench_proved_actor() IS DISTINCT FROM 'machine'", pgtrigger.Before)


def by_somebody(operation: pgtrigger.Operation, once: str = "TRUE", name: str = "by_somebody") -> pgtrigger.Trigger:
    """Return a trigger that refuses to write a row unless the transaction proves, at its end, that somebody acts.

    With an SQL condition on OLD and NEW, where it holds. The owner may.
    """
    return _proved(name, operation, once, "workbench_proved_actor() IS NULL", pgtrigger.After)


def _proved(
    name: str, operation: pgtrigger.Operation, once: str, unless: str, when: pgtrigger.When
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=when,
        operation=operation,
        condition=None if once == "TRUE" else pgtrigger.Condition(f"({once})"),
        timing=pgtrigger.Deferred if when == pgtrigger.After else None,
        func=(
            f"IF {unless} AND NOT workbench_is_owner() THEN "
            "RAISE EXCEPTION '%: nobody proved for whom this transaction speaks', TG_TABLE_NAME "
            "USING ERRCODE = '42501'; END IF; RETURN NEW;"
        ),
    )


def refused_always(model: Any) -> set[str]:
    """Return which of UPDATE and DELETE the triggers of a model refuse, whatever the row says."""
    triggers = getattr(model._meta, "triggers", ())
    found = set().union(*map(_refused, triggers))
    with_door = [trigger for trigger in triggers if trigger.name == "append_only" and trigger.func]
    return found | {"UPDATE"} if with_door else found


def frozen_columns(model: Any) -> list[tuple[str, str]]:
    """Return the columns that triggers of a model refuse to change, each with the condition under which they do."""
    triggers = (each for each in getattr(model._meta, "triggers", ()) if isinstance(each, Frozen))
    return [(column, trigger.once) for trigger in triggers for column in trigger.columns]
