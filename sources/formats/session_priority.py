"""The priority of a new session: where Linux shares the processor among sessions, each begins at the usual priority."""

from __future__ import annotations

import os
import time
from pathlib import Path

TIMES, PAUSE = 10, 0.11  # seconds: the kernel takes one such wish in a tenth of a second, of all who are not root
LOWER, LOWEST = 5, 19  # as ``workbench/runner/priority.py`` has it, which says why


def keep(process: int | str = "self") -> None:
    """Give the session of a process that we started the priority of our own session, that of a worker.

    Without this, a sandbox that a worker starts in a session of its own would go before the pages of people.
    """
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    for _time in range(TIMES if niceness > 0 else 0):
        try:
            Path(f"/proc/{process}/autogroup").write_text(str(min(LOWEST, niceness + LOWER)))
        except BlockingIOError:
            time.sleep(PAUSE)
        except OSError:  # the kernel has no such groups, or does not let us
            return
        else:
            return
