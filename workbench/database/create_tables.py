"""Create many tables in one migration, in a time that grows with their number and not with its square."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Several ``CreateModel`` at once: the classes of their models are made when all of them are known.

    Django makes the classes of a model and of all that are related to it again for each ``CreateModel``, which took
    two thirds of the time in which an empty database got its tables. ``migrate --fake-initial``, which looks for
    ``CreateModel``, does not find these tables.
    """

    category = OperationCategory.ADDITION

    def __init__(self, tables: Sequence[Operation]) -> None:
        self.tables = list(tables)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how a migration writes this operation."""
        return type(self).__name__, [], {"tables": self.tables}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add all models; what was made of the others before is dropped, and made again when it is asked for."""
        state.__dict__.pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create the tables."""
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the tables, the last first."""
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Return what is done, for ``migrate --plan``."""
        return f"Create the tables of {len(self.tables)} models"


def tables_together(operations: Iterable[Operation]) -> list[Operation]:
    """Return the operations of a migration with each run of ``CreateModel`` as one; the others stay as they are."""
    together: list[Operation] = []
    for is_table, run in groupby(operations, lambda operation: isinstance(operation, CreateModel)):
        found = list(run)
        together += [CreateTables(found)] if is_table else found
    return together
