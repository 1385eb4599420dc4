"""The priority of background work on the processor: whatever people wait for goes first."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

NICE = 10  # of 19; beside a busy web server, such a process gets a tenth of the processor, and all that is left over
AUTOGROUP = Path("/proc/self/autogroup")  # Linux: where sessions share the processor, the niceness is the session's


def give_way(**_signal: Any) -> None:
    """Let other programs of this machine go first, from now on and for all processes that this one starts."""
    os.setpriority(os.PRIO_PROCESS, 0, max(NICE, os.getpriority(os.PRIO_PROCESS, 0)))
    with contextlib.suppress(OSError):  # the kernel has no such groups, or does not let us
        AUTOGROUP.write_text(str(NICE))
