"""Empty the database after a test with real transactions: delete the rows of the tables that the test filled.

Django empties every table with TRUNCATE, which makes new files for a hundred tables and their indexes, and then makes
the rows on models and permissions again. That takes longer than most of the tests. Here only tables that have become
large get new files. They become so by the rows that tests roll back: no vacuum removes them, queries search them, and
the planner counts them.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import count

import psycopg
import pytest
from psycopg import sql

from tests import databases
from workbench.runner import postgres

KEPT = {"django_content_type", "auth_permission"}  # rows that belong to the tables, and that no test changes
LARGE = 2**19  # bytes; a table this large gets a new file, or the tests that follow would search its dead rows
OFTEN = 150  # tests; so often we look for tables that have become large

LOCK = sql.SQL("lock table {} in access exclusive mode")
SIZES = "select relname, pg_relation_size(oid) from pg_class where relkind = 'r' and relname = any(%s)"
GROWN = (
    "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace "
    "and relname <> all(%s) and pg_relation_size(oid) >= %s"
)
COUNT = "select (select count(*) from django_content_type), (select count(*) from auth_permission)"


def quickly(connection) -> None:
    """Have Django empty the database of this process like this; it must be ours, as triggers are switched off.

    All its connections do so: once Playwright runs an event loop on the thread of the tests, Django opens another.
    """
    operations = type(connection.ops)
    slowly = operations.sql_flush
    with connection.cursor() as cursor:
        whole = cursor.execute(COUNT).fetchone()

    def sql_flush(self, style, tables, **options):
        """Delete at once, and return what is left to do: nothing, or what Django does."""
        with psycopg.connect(databases.of_this_test(postgres.ADMINISTRATOR)) as server:
            # As TRUNCATE does, this waits for requests that still write.
            server.execute(LOCK.format(sql.SQL(", ").join(map(sql.Identifier, tables))))
            if server.execute(COUNT).fetchone() == whole:
                sizes = dict(server.execute(SIZES, [list(tables)]).fetchall())
                _empty(server, {name: size for name, size in sizes.items() if size and name not in KEPT})
                return []
        return slowly(self, style, tables, **options)

    operations.sql_flush = sql_flush


def _empty(server, sizes) -> None:
    """Empty the tables that have rows, or had some: new files for those that have become large."""
    large = {name for name, size in sizes.items() if size >= LARGE}
    server.execute("set local session_replication_role = replica")
    _renew(server, large)
    for name in sizes.keys() - large:
        server.execute(sql.SQL("delete from {}").format(sql.Identifier(name)))


def _renew(server, tables) -> None:
    """Give tables new files, and those that refer to them."""
    if tables:
        server.execute(sql.SQL("truncate {} cascade").format(sql.SQL(", ").join(map(sql.Identifier, sorted(tables)))))


def shed(database: str) -> None:
    """Give tables that have become large new files, between two tests: then they have only rows of the past.

    If somebody still uses them, the next time will do.
    """
    address = databases.beside(database, postgres.ADMINISTRATOR)
    with suppress(psycopg.errors.LockNotAvailable), psycopg.connect(address) as server:
        server.execute("set local lock_timeout = '2s'")
        _renew(server, {name for (name,) in server.execute(GROWN, [list(KEPT), LARGE])})


class Shedding:
    """A plugin that removes the rows that tests have rolled back."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.tests = count(1)

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self):
        yield
        if next(self.tests) % OFTEN == 0:
            shed(self.database)
