import subprocess
import sys
from pathlib import Path

import pytest

from sources.formats import confinement

AUTOGROUP = Path("/proc/self/autogroup")
LOWERED = "import os; os.setpriority(os.PRIO_PROCESS, 0, 10); "
STARTED = "import subprocess; print(subprocess.run({}, start_new_session=True, capture_output=True, text=True).stdout)"

needs_groups = pytest.mark.skipif(
    not AUTOGROUP.exists() or not AUTOGROUP.read_text(),
    reason="this kernel does not share the processor among sessions",
)


def niceness(program):
    """What the session of a program ends up with, that a process of niceness 10 starts in a session of its own."""
    starting = LOWERED + STARTED.format(program)
    done = subprocess.run([sys.executable, "-c", starting], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


@needs_groups
def test_a_new_session_has_the_usual_priority_until_the_program_keeps_that_of_its_process():
    read = "print(open('/proc/self/autogroup').read())"
    keep = "from sources.formats import session_priority; session_priority.keep(); "

    assert niceness([sys.executable, "-c", read]) == 0
    assert niceness([sys.executable, "-c", keep + read]) == 15


@needs_groups
def test_what_is_confined_keeps_the_priority_of_the_worker_that_starts_it():
    shell = confinement.command(["/bin/sh", "-c", "read line < /proc/self/autogroup; echo $line"], [AUTOGROUP])

    assert niceness(shell) == 15
