import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.embedded_plugin import OWN_DATABASE
from workbench.runner import paths, priority

GIVE_WAY = "from workbench.runner import priority; priority.give_way(); import os; "

SESSION = 15  # a worker's own, that of its sandboxes and of PostgreSQL's processes for it
GROUPS = Path("/proc/self/autogroup")
needs_groups = pytest.mark.skipif(
    not OWN_DATABASE or os.getpriority(os.PRIO_PROCESS, 0) > 0 or not GROUPS.exists() or not GROUPS.read_text(),
    reason="the server is not ours, the tests give way, or this kernel does not share the processor among sessions",
)


def told(program):
    """Return what a program says that has given way, in a session of its own: that of the tests keeps its priority."""
    command = [sys.executable, "-c", GIVE_WAY + program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, start_new_session=True)
    return done.stdout.strip()


def test_a_worker_and_what_it_starts_let_others_go_first():
    asked = "import subprocess, sys; print(subprocess.check_output([sys.executable, '-c', " + repr(
        "import os; print(os.getpriority(os.PRIO_PROCESS, 0))"
    )

    assert int(told(asked + "], text=True))")) >= priority.NICE


def test_a_priority_that_is_lower_already_stays():
    now = "os.setpriority(os.PRIO_PROCESS, 0, 15); priority.give_way(); print(os.getpriority(os.PRIO_PROCESS, 0))"

    assert told(now) == "15" if os.getpriority(os.PRIO_PROCESS, 0) <= 15 else "19"


@pytest.mark.parametrize(("setting", "niceness"), [("", 10), ("3", 3), ("0", 0), ("99", 19)])
def test_a_worker_gives_way_before_it_starts_its_pool_as_far_as_the_desk_says(setting, niceness):
    asked = "import os, workbench.celery; from celery.signals import celeryd_init; celeryd_init.send('worker'); "
    asked += "print(os.getpriority(os.PRIO_PROCESS, 0))"
    environment = {name: value for name, value in os.environ.items() if name != "WORKBENCH_WORKER_NICENESS"}
    environment |= {"WORKBENCH_WORKER_NICENESS": setting} if setting else {}
    command = [sys.executable, "-c", asked]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, start_new_session=True, cwd=paths.ROOT
    )

    assert int(done.stdout) == max(niceness, os.getpriority(os.PRIO_PROCESS, 0))


@needs_groups
def test_the_session_of_a_worker_gives_way_more_than_its_process():
    asked = "print(open('/proc/self/autogroup').read().split()[-1])"

    assert told(asked) == str(SESSION)
    assert told(f"priority.give_way(12); {asked}") == "17"
    assert told(f"priority.give_way(17); {asked}") == "19"
    assert told(f"priority.give_way(3); {asked}") == str(SESSION)


def priority_of_server(program=""):
    """The niceness of the server's process for a connection, and of its session, as a program finds them."""
    asked = "import django; django.setup(); from django.db import connection; connection.ensure_connection(); "
    asked += "process = connection.connection.info.backend_pid; "
    asked += "print(os.getpriority(os.PRIO_PROCESS, process), *open(f'/proc/{process}/autogroup'))"
    command = [sys.executable, "-c", f"import os; {program}; {asked}" if program else f"import os; {asked}"]
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "workbench.settings"}
    done = subprocess.run(
        command, env=settings, capture_output=True, text=True, check=True, start_new_session=True, cwd=paths.ROOT
    )
    niceness, _name, _word, of_session = done.stdout.split()
    return int(niceness), int(of_session)


@needs_groups
def test_the_server_serves_a_worker_at_the_priority_of_the_worker():
    assert priority_of_server() == (0, 0)
    assert priority_of_server(GIVE_WAY.rstrip("; ")) == (priority.NICE, SESSION)


def test_a_server_that_may_be_elsewhere_or_is_another_program_keeps_its_priority():
    sleep = shutil.which("sleep")
    others = [subprocess.Popen([name, "60"], executable=sleep) for name in ("postgres: other", "sleep")]
    for folder, other in zip(("db.desk.example", "/run"), others, strict=True):
        told(f"priority.have_server_give_way('{folder}', {other.pid})")
    kept = [os.getpriority(os.PRIO_PROCESS, other.pid) for other in others]
    for other in others:
        other.kill()
        other.wait()

    assert kept == [os.getpriority(os.PRIO_PROCESS, 0)] * 2
