"""The migrated database that each process of a test run copies: to migrate takes seconds, to copy a moment.

The process that needs it first makes it, while the others wait. With several processes, ``embedded_plugin`` starts this
module as a program, which migrates while they collect their tests. A dump of the result is kept for the next runs,
until anything changes that migrations read; continuous integration keeps none.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.places import ROOT
from workbench.runner import paths, postgres

NAME, UNFINISHED = "migrated", "migrating"
LOCK = 6_615
DUMPS = ROOT / ".pytest_cache" / "migrated"
# What decides how a migrated database looks: the migrations, and what they and the tables of permissions import.
READ = (
    "*/migrations/*.py",
    "*/models/**/*.py",
    "workbench/desk/**/*.py",
    "sources/language/**/*.py",
    "workbench/[mr]*/**/*.py",
)
ALSO = ("workbench/models.py", "workbench/settings.py", "requirements.txt", "tests/template.py", "tests/databases.py")


def beside(name: str, user: str = paths.OWNER) -> str:
    """Return the address of another database on the server of the tests; the settings need not be read for it."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return url.replace(f"//{paths.APP}@", f"//{user}@")


def made() -> str:
    """Return the name of the template once it is there."""
    with psycopg.connect(beside("postgres"), autocommit=True) as server:
        server.execute("select pg_advisory_lock(%s)", [LOCK])
        if not server.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone():
            _make(server)
    return NAME


def _make(server: psycopg.Connection) -> None:
    """Fill a database; it gets the name of the template when it is whole."""
    server.execute(f"drop database if exists {UNFINISHED} with (force)")
    server.execute(f"create database {UNFINISHED}")
    kept = DUMPS / f"{_state()}.sql"
    if os.environ.get("CI") == "true":
        _migrate()  # there every run shows that migrations work
    elif kept.exists():
        _program("psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction", f"--file={kept}")
    else:
        _migrate()
        _keep(kept)
    with psycopg.connect(beside(UNFINISHED, postgres.ADMINISTRATOR), autocommit=True) as administrator:
        administrator.execute(postgres.NO_LARGE_OBJECTS)  # after the dump: its owner could not restore that
    server.execute(f"alter database {UNFINISHED} rename to {NAME}")


def _state() -> str:
    """Return a hash of everything that migrations read."""
    paths = sorted({path for pattern in READ for path in ROOT.glob(pattern)} | {ROOT / name for name in ALSO})
    parts = [f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in paths]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _migrate() -> None:
    command = [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity=0"]
    users = {"DATABASE_URL": beside(UNFINISHED, paths.APP), "DATABASE_OWNER_URL": beside(UNFINISHED)}
    subprocess.run(command, env={**os.environ, **users}, cwd=ROOT, check=True)


def _keep(dump: Path) -> None:
    """Keep a dump in place of those before it; one that was cut off keeps its other name, and is not read."""
    DUMPS.mkdir(parents=True, exist_ok=True)
    for old in DUMPS.glob("*.sql*"):
        old.unlink(missing_ok=True)
    draft = dump.with_suffix(f".sql{os.getpid()}")
    _program("pg_dump", "--no-owner", f"--file={draft}")
    draft.rename(dump)


def _program(name: str, *options: str) -> None:
    """Run a program of PostgreSQL on the database that is being made."""
    command = [str(postgres.binaries() / name), *options, f"--dbname={beside(UNFINISHED)}"]
    subprocess.run(command, env=postgres.ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    made()
