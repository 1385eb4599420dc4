"""The priority of a new session: where Linux shares the processor among sessions, each begins at the usual priority."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def keep(process: int | str = "self") -> None:
    """Give the session of a process that we started the priority of this one, as the process itself has it already.

    Without this, a sandbox that a worker starts in a session of its own would go before the pages of people.
    """
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    if niceness > 0:
        with contextlib.suppress(OSError):  # the kernel has no such groups, or does not let us
            Path(f"/proc/{process}/autogroup").write_text(str(niceness))
