"""The migrated database that each process of a test run copies: to migrate takes half a minute, to copy a moment.

The process that needs it first makes it, while the others wait. With several processes, ``embedded_plugin`` starts this
module as a program, which migrates while they collect their tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg

from tests.places import ROOT

NAME, UNFINISHED = "migrated", "migrating"
LOCK = 6_615


def beside(name: str) -> str:
    """Return the address of another database on the server of the tests; the settings need not be read for it."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def made() -> str:
    """Return the name of the template once it is there."""
    with psycopg.connect(beside("postgres"), autocommit=True) as server:
        server.execute("select pg_advisory_lock(%s)", [LOCK])
        if not server.execute("select from pg_database where datname = %s", [NAME]).fetchone():
            _make(server)
    return NAME


def _make(server: psycopg.Connection) -> None:
    """Migrate as a desk does. The template gets its name when it is whole."""
    server.execute(f"drop database if exists {UNFINISHED} with (force)")
    server.execute(f"create database {UNFINISHED}")
    command = [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity=0"]
    subprocess.run(command, env={**os.environ, "DATABASE_URL": beside(UNFINISHED)}, cwd=ROOT, check=True)
    server.execute(f"alter database {UNFINISHED} rename to {NAME}")


if __name__ == "__main__":
    made()
