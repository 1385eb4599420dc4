"""The connection to PostgreSQL: that of Django, whose queries leave out hidden rows."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, features, operations

from workbench.database.kept_plans import KeptPlan

MOST_KEPT = 200  # plans of a connection; of more, those not asked for longest give way


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "workbench.database.compiler"


class DatabaseFeatures(features.DatabaseFeatures):
    uses_server_side_binding = True  # without which no plan can be kept: values are sent beside the query


class Cursor(base.ServerBindingCursor):
    """A cursor that has the server keep the plan of a query that says so."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """Send a query."""
        if isinstance(query, KeptPlan):
            how["prepare"] = True
        return super().execute(query, params, **how)  # type: ignore[misc]  # of psycopg, which the stubs leave out


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """Return what the connection is opened with: no plan is kept of a query that does not ask for it."""
        kept = {"cursor_factory": Cursor, "prepare_threshold": sys.maxsize}
        plain = {"cursor_factory": base.ServerBindingCursor}
        return {**super().get_connection_params(), **(kept if settings.DATABASE_KEEP_PLANS else plain)}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a new connection."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = MOST_KEPT
        return connection
