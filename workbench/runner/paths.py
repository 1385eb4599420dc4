"""Paths of a data folder: the files and sockets of the embedded servers."""

from __future__ import annotations

import hashlib
import os
import pwd
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent.parent

DATABASE = "workbench"
# Users of the embedded database: one owns the tables and migrates them, the other works with their rows.
OWNER, APP = "workbench_owner", "workbench_app"

# Each of these means something to a server or a client that reads the path: to Kombu ; begins a second broker, and to
# libpq \ begins an escape.
ODD = " ,;\"'%?#&\\"

# The kernel keeps the path of a Unix socket in 108 bytes; PostgreSQL adds `/.s.PGSQL.5432.lock` to the folder.
LONGEST_SOCKET_FOLDER = 85


class NotOurs(SystemExit):
    """The data folder belongs to another user. A SystemExit, so that every command ends with this message alone."""


def var_folder() -> Path:
    """Return the data folder: what WORKBENCH_VAR names, or `var` in the checkout.

    Raises ``NotOurs`` when it exists and we may not write there.
    """
    folder = Path(os.environ.get("WORKBENCH_VAR") or ROOT / "var").resolve()
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        raise NotOurs(not_ours(folder))
    return folder


def nearest(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that exists: the one in which it will be made."""
    return next(path for path in [folder, *folder.parents] if path.exists())


def not_ours(folder: Path) -> str:
    """Return what to do about a data folder that belongs to another user."""
    number = folder.stat().st_uid
    try:
        owner = pwd.getpwuid(number).pw_name
    except KeyError:
        owner = f"user number {number}"
    return (
        f"The data folder {folder} belongs to {owner}. Work as {owner}, or keep your own data elsewhere: "
        "WORKBENCH_VAR=$HOME/workbench-data make run"
    )


def socket_folder(var: Path) -> Path:
    """Return where the sockets are: in the data folder, or in /tmp when its path is too long or has odd characters.

    The name in /tmp depends on the data folder alone, so that a second terminal finds the servers of the first.
    """
    inside = var / "run"
    text = str(inside)
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER and text.isascii() and not set(text) & set(ODD):
        return inside
    return Path("/tmp") / f"workbench-{hashlib.sha256(os.fsencode(var)).hexdigest()[:12]}"  # noqa: S108 -- owner is checked


def postgres_folder(var: Path) -> Path:
    """Return where the embedded PostgreSQL keeps its data: one folder a major version, as its files are bound to it."""
    return var / "postgres18"


def valkey_folder(var: Path) -> Path:
    """Return where the embedded Valkey keeps its data."""
    return var / "valkey"


def valkey_socket(var: Path) -> Path:
    """Return the socket of the embedded Valkey."""
    return socket_folder(var) / "valkey.sock"


def database_url(var: Path, user: str = APP) -> str:
    """Return the address of the embedded database for one of its users; libpq and Django both read it."""
    return f"postgres://{user}@/{DATABASE}?host={quote(str(socket_folder(var)), safe='')}"


def redis_url(var: Path) -> str:
    """Return the address of the embedded Valkey, in the form that redis-py reads."""
    return f"unix://{valkey_socket(var)}"


def broker_url(redis: str) -> str:
    """Return a Redis address in the form that Celery reads: it has its own scheme for Unix sockets."""
    return redis.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")
