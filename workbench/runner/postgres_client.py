"""The client programs of PostgreSQL (psql, pg_dump, pg_restore): find those that fit the server, and run them."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db.backends.postgresql.client import DatabaseClient

from workbench.runner import accounts, postgres

DEBIAN = Path("/usr/lib/postgresql")  # one folder a version, which is not on the PATH
LONGEST_COMPLAINT = 2_000  # characters of what a program said before it failed


class ClientFailed(Exception):
    """A client program failed, or there is none that fits. The message may be shown to a person."""


def run(name: str, database: Mapping[str, Any], *arguments: str, least: int = 0) -> str:
    """Run a client program on a database, given as Django's settings of it, and return what it printed.

    ``least`` is the version of the server: an older pg_dump refuses its data. Passwords go by the environment, where
    other users do not see them. Raises ``ClientFailed``.
    """
    connect, secrets = DatabaseClient.settings_to_cmd_args_env(reachable(database), [])
    command = [str(find(name, least)), *connect[1:-1], f"--dbname={connect[-1]}", *arguments]
    environment = {**os.environ, **(secrets or {})}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ClientFailed(f"{name} failed:\n{done.stderr.strip()[-LONGEST_COMPLAINT:]}")
    return done.stdout


def reachable(database: Mapping[str, Any]) -> dict[str, Any]:
    """Return Django's settings of a database with the host in its own place: an address may name it as an option."""
    options = database.get("OPTIONS") or {}
    return {**database, "HOST": database["HOST"] or options.get("host", ""), "OPTIONS": options}


def find(name: str, least: int = 0) -> Path:
    """Return a client program of at least this version of PostgreSQL. Raises ``ClientFailed``."""
    for path in _places(name):
        if _version(path) >= least:
            return path
    raise ClientFailed(f"There is no {name} of PostgreSQL {least} or newer. On Debian: apt install postgresql-client")


def _places(name: str) -> Iterator[Path]:
    """Yield where a program may be: that of the package first, which is there on every desk of ours."""
    with contextlib.suppress(accounts.CannotStart):  # without the package, the system has the programs
        yield postgres.binaries() / name
    on_path = shutil.which(name)
    if on_path:
        yield Path(on_path)
    yield from sorted(DEBIAN.glob(f"*/bin/{name}"), reverse=True)


def _version(path: Path) -> int:
    """Return the major version of a program; 0 where it does not run."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    number = re.search(r"\d+", said)
    return int(number[0]) if number else 0
