"""The connection to PostgreSQL: that of Django, whose queries leave out hidden rows and send values beside the SQL."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, features, operations
from psycopg import ClientCursor
from psycopg.errors import FeatureNotSupported

from workbench.desk.kept_plans import KeptPlan
from workbench.runner import priority

MOST_KEPT = 200  # plans of a connection; of more, those not asked for longest give way
MOST_SENT = 65_535  # values beside a query: the protocol counts them in 16 bits


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "workbench.database.compiler"


class DatabaseFeatures(features.DatabaseFeatures):
    uses_server_side_binding = True  # without which no plan can be kept


class Cursor(base.ServerBindingCursor):
    """A cursor that has the server keep the plan of a query that says so."""

    connection: Any  # of psycopg, which the stubs leave out, as they do ``execute``

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """Send a query; more values than the protocol can send beside it stand in it."""
        if params is not None and len(params) > MOST_SENT:
            query, params = ClientCursor(self.connection).mogrify(query, params), None
        is_kept = isinstance(query, KeptPlan) and settings.DATABASE_KEEP_PLANS
        # What is not kept need not be counted either: psycopg would remember the text of each query.
        self.connection.prepare_threshold = 0 if is_kept else None
        try:
            return super().execute(query, params, **how)  # type: ignore[misc]
        except FeatureNotSupported:
            if is_kept:  # a migration changed a column: every kept plan of the table fails, for this connection
                self.connection.close()
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """Return what the connection is opened with."""
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a new connection; the server's process for it has the priority of this program, where it can."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = MOST_KEPT
        priority.have_server_give_way(connection.info.host, connection.info.backend_pid)
        return connection
