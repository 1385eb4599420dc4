"""The priority of background work on the processor: whatever people wait for goes first."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

NICE = 10  # of 19; beside a busy web server, such a process gets a tenth of the processor, and all that is left over
# Linux: where sessions share the processor, the niceness is the session's. That of a worker is lower than its process
# needs: it has several sessions, each with a full share of the processor it runs on. The web server has one for all.
AUTOGROUP = "/proc/{}/autogroup"
SESSION_LOWER, LOWEST = 5, 19
COMMAND = "/proc/{}/cmdline"
TIMES, PAUSE = 5, 0.11  # seconds: the kernel takes one such wish in a tenth of a second, of all who are not root


def give_way(niceness: int = NICE) -> None:
    """Let other programs of this machine go first, from now on and for all processes that this one starts.

    A priority that is lower already stays; with a niceness of 0 nothing changes.
    """
    if niceness <= 0:
        return
    lowered = max(min(niceness, LOWEST), os.getpriority(os.PRIO_PROCESS, 0))
    os.setpriority(os.PRIO_PROCESS, 0, lowered)
    _lower_session("self", min(LOWEST, lowered + SESSION_LOWER))


def have_server_give_way(folder: str, process: int) -> None:
    """Give the process of PostgreSQL that serves us our own priority, where we have given way.

    Each connection has a process in a session of its own there. At the usual priority, what a worker asks of the
    database would go before the pages of people. ``folder`` is that of the server's socket: without one, the server may
    be on another machine, and the number of the process means nothing here.
    """
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    if niceness <= 0 or not folder.startswith("/"):
        return
    with contextlib.suppress(OSError):  # it is another user's, or in a container
        if Path(COMMAND.format(process)).read_bytes().startswith(b"postgres"):
            os.setpriority(os.PRIO_PROCESS, process, max(niceness, os.getpriority(os.PRIO_PROCESS, process)))
            _lower_session(process, _session())


def _session(process: int | str = "self") -> int:
    """Return the niceness of a session; 0 where the kernel has no such groups."""
    try:
        return int(Path(AUTOGROUP.format(process)).read_text().split()[-1])
    except (OSError, IndexError):
        return 0


def _lower_session(process: int | str, niceness: int) -> None:
    """Lower the priority of a session. ``sources/formats/session_priority.py`` does the same for sandboxes.

    A sandbox must start fast, and whatever imports a part of ``workbench`` loads Celery; and nothing here imports
    ``sources``.
    """
    for _time in range(TIMES if niceness > _session(process) else 0):
        try:
            Path(AUTOGROUP.format(process)).write_text(str(niceness))
        except BlockingIOError:
            time.sleep(PAUSE)
        except OSError:  # the kernel does not let us
            return
        else:
            return
