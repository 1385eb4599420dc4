"""Lock a data folder for one run at a time, and end the processes that a killed run left behind."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from workbench.runner import accounts, paths

# Child processes have this variable with their data folder as its value, so that a later run recognizes them.
MARK = "WORKBENCH_UP"
STOPPING = "is stopping"
# A run that stops lets its worker finish a task; a new one waits for that, in seconds.
PATIENCE = 90


class Held:
    """A data folder that is ours until the process ends."""

    def __init__(self, var: Path, file: IO[str]) -> None:
        self._var = var
        self._file = file

    def note(self, state: str) -> None:
        """Tell other runs that want the folder what we do, as in ``serves http://127.0.0.1:8000/``."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"Process {os.getpid()} {state}")
        self._file.flush()


@contextlib.contextmanager
def hold(var: Path) -> Iterator[Held]:
    """Hold a data folder, made where it does not exist.

    Raises ``accounts.CannotStart`` while another run holds it; waits for a run that is about to stop.
    """
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    if var.stat().st_uid != os.geteuid():
        raise accounts.CannotStart(paths.not_ours(var))
    deadline = time.monotonic() + PATIENCE
    path = var / "running"
    while (file := _try_lock(path)) is None:
        state = path.read_text() if path.exists() else ""
        if STOPPING not in state or time.monotonic() > deadline:
            raise accounts.CannotStart(
                f"The workbench is already running on {var}. {state or 'It is starting'}.\n"
                "Stop it there with Ctrl-C, or run a second one on data of its own: WORKBENCH_VAR=/some/folder make run"
            )
        time.sleep(0.2)
    with file:
        try:
            yield Held(var, file)
        finally:
            with contextlib.suppress(OSError):  # there is none, or a server would not go
                paths.socket_folder(var).rmdir()
            path.unlink(missing_ok=True)


def _try_lock(path: Path) -> IO[str] | None:
    """Return the locked file, or none when another process has it.

    If the folder has another file of this name once we have locked one, another process was deleting ours: we try
    again. The kernel releases the lock when its holder dies, however it dies.
    """
    while True:
        file = path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
        file.close()


def end_leftovers(var: Path, *, within: float = 30) -> int:
    """End the processes that a killed run has left on a data folder that we hold; return how many there were.

    The servers get the chance to close their files; everything else keeps its work in rows and is killed.
    """
    found = _leftovers(var)
    for pid, gentle in found.items():
        _send(pid, gentle)
    deadline = time.monotonic() + within
    while remaining := _leftovers(var):
        if time.monotonic() > deadline:
            for pid in remaining:
                _send(pid, signal.SIGKILL)
        time.sleep(0.05)
    return len(found)


def _leftovers(var: Path) -> dict[int, signal.Signals]:
    """Return the processes left on a data folder, each with the signal that ends it.

    The servers overwrite the environment that they were given, and with it our mark: they are known by where they work.
    """
    mark = os.fsencode(f"{MARK}={var}")
    servers = {
        ("postgres", paths.postgres_folder(var)): signal.SIGINT,
        ("valkey-server", paths.valkey_folder(var)): signal.SIGTERM,
    }
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        pid = int(path.name)
        if (serving := _serves(pid)) in servers:
            found[pid] = servers[serving]
        elif pid not in {os.getpid(), os.getppid()} and _bears(pid, mark):
            found[pid] = signal.SIGKILL
    return found


def _bears(pid: int, mark: bytes) -> bool:
    try:
        return mark in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _serves(pid: int) -> tuple[str, Path] | None:
    """Return the name of a process and the folder that it works in."""
    process = Path(f"/proc/{pid}")
    try:
        return (process / "comm").read_text().strip(), (process / "cwd").readlink()
    except OSError:
        return None


def _send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)
