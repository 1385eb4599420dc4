"""The benchmark samples the memory of programs and their children, and reports its growth."""

import subprocess
import sys
import time

from benchmarks import memory

MEGABYTE = 1024 * 1024
GROWS = "held = []\nwhile True:\n    held.append(bytearray(b'x' * 1_000_000))\n    time.sleep(0.02)"
PARENT = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import time\\n' + sys.argv[1]])"


def test_what_a_child_holds_more_and_more_is_seen():
    with subprocess.Popen([sys.executable, "-c", PARENT, GROWS]) as program:
        try:
            with memory.watched({"grows": program.pid}, every=0.1) as samples:
                time.sleep(3)
        finally:
            for each in memory.psutil.Process(program.pid).children():
                each.kill()

    found = memory.growth(samples)["grows"]
    assert found["after_mb"] > found["before_mb"] + 5


def test_what_stays_is_flat_and_too_few_samples_say_nothing():
    steady = memory.growth({"web": [9 * MEGABYTE, *[20 * MEGABYTE] * 11], "worker": [1, 2]})

    assert steady == {"web": {"before_mb": 20.0, "after_mb": 20.0}}


def test_a_program_that_has_ended_holds_nothing():
    program = subprocess.Popen([sys.executable, "-c", ""])
    program.wait()

    assert memory.held_by(program.pid) == 0
