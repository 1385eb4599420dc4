import os
import subprocess
import sys

from workbench.runner import priority

GIVE_WAY = "from workbench.runner import priority; priority.give_way(); import os; "


def told(program):
    done = subprocess.run([sys.executable, "-c", GIVE_WAY + program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_worker_and_what_it_starts_let_others_go_first():
    asked = "import subprocess, sys; print(subprocess.check_output([sys.executable, '-c', " + repr(
        "import os; print(os.getpriority(os.PRIO_PROCESS, 0))"
    )

    assert int(told(asked + "], text=True))")) >= priority.NICE


def test_a_priority_that_is_lower_already_stays():
    now = "os.setpriority(os.PRIO_PROCESS, 0, 15); priority.give_way(); print(os.getpriority(os.PRIO_PROCESS, 0))"

    assert told(now) == "15" if os.getpriority(os.PRIO_PROCESS, 0) <= 15 else "19"


def test_a_worker_gives_way_before_it_starts_its_pool():
    asked = "import workbench.celery; from celery.signals import celeryd_init; "
    asked += "print(any(kept() is priority.give_way for _key, kept, *_rest in celeryd_init.receivers))"

    assert told(asked) == "True"
