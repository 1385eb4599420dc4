import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbench.runner.supervisor import PAUSES, Program, ProgramFailed, Stopped, Supervisor

# Starts a child of its own, then waits; both would run for a minute.
PARENT = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); {}"
SLEEP = "import time; time.sleep(60)"


class Heard(list):
    def __call__(self, name, line):
        self.append((name, line))


@pytest.fixture
def supervisor():
    supervisor = Supervisor(Heard(), {"SUPERVISED": "yes"})
    yield supervisor
    supervisor.stop()


def python(name, code, **how):
    return Program(name, [sys.executable, "-c", code], **how)


def processes_of_session(leader):
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[3] == str(leader) and fields[0] != "Z":
            found.append(path.parent.name)
    return found


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def test_what_a_program_says_is_shown_with_its_name(supervisor):
    supervisor.complete(python("poet", "import os; print('one'); print(os.environ['SUPERVISED'], end='')"))

    assert supervisor.say == [("poet", "one"), ("poet", "yes")]


def test_a_program_that_ends_badly_fails_with_the_end_of_its_log(supervisor, tmp_path):
    log = tmp_path / "log"

    with pytest.raises(ProgramFailed, match=r"broken failed \(5\).*\nno such luck"):
        supervisor.complete(python("broken", "print('no such luck'); raise SystemExit(5)", log=log))


def test_a_program_that_ends_before_it_is_ready_is_not_waited_for(supervisor):
    program = python("hasty", "pass")
    supervisor.start(program)

    with pytest.raises(ProgramFailed, match="hasty ended at its start"):
        supervisor.await_ready(program, lambda: False, within=30)


def test_a_program_that_dies_is_started_again(supervisor, tmp_path):
    tally = tmp_path / "tally"
    code = f"open({str(tally)!r}, 'a').write('x'); {SLEEP}"
    supervisor.start(python("mortal", code))
    wait_until(tally.exists)
    [child] = supervisor._children

    child.process.kill()
    stop_when(supervisor, lambda: tally.read_text() == "xx")
    supervisor.watch()

    assert tally.read_text() == "xx"
    assert ("up", "mortal ended (-9); starting it again in 1 s") in supervisor.say


def test_a_program_that_keeps_dying_is_given_up(supervisor, monkeypatch):
    monkeypatch.setattr("workbench.runner.supervisor.PAUSES", (0.01,) * len(PAUSES))
    supervisor.start(python("hopeless", "raise SystemExit(1)"))

    with pytest.raises(ProgramFailed, match=r"hopeless keeps dying \(1\)"):
        supervisor.watch()


def test_some_ends_are_not_worth_another_try(supervisor):
    supervisor.start(python("press", "raise SystemExit(3)", hopeless=(3,)))

    with pytest.raises(ProgramFailed, match=r"press cannot run \(3\)"):
        supervisor.watch()


def test_programs_are_stopped_rank_by_rank_and_finish_what_they_do(supervisor, tmp_path):
    ends = tmp_path / "ends"
    code = (
        "import signal, time\n"
        "def end(*_):\n    time.sleep({pause}); open({file!r}, 'a').write('{name} '); raise SystemExit\n"
        "signal.signal(signal.SIGTERM, end)\nprint('ready', flush=True)\ntime.sleep(60)"
    )
    for name, rank, pause in [("database", 0, 0), ("web", 2, 0), ("worker", 1, 0.4)]:
        supervisor.start(python(name, code.format(pause=pause, file=str(ends), name=name), rank=rank))
    while len(supervisor.say) < 3:
        supervisor._turn()

    supervisor.stop()

    assert ends.read_text() == "web worker database "


def test_a_program_that_does_not_stop_is_killed_with_its_children(supervisor):
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready'); time.sleep(60)"
    supervisor.start(python("stubborn", PARENT.format(stubborn), grace=0.2, environment={"PYTHONUNBUFFERED": "1"}))
    while not supervisor.say:
        supervisor._turn()
    leader = supervisor._children[0].process.pid
    assert len(processes_of_session(leader)) == 2

    supervisor.stop()

    assert wait_until(lambda: processes_of_session(leader) == [])
    assert ("up", "stubborn is cut short") in supervisor.say


def test_a_second_wish_to_stop_cuts_a_long_task_short_but_never_a_server(supervisor):
    busy = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('busy', flush=True); time.sleep({})"
    )
    supervisor.start(python("worker", busy.format(60), rank=1, grace=60))
    supervisor.start(python("server", busy.format(2), rank=0, grace=60, rushed=False))
    while len(supervisor.say) < 2:
        supervisor._turn()
    worker, server = (child.process for child in supervisor._children)

    supervisor._hear(signal.SIGINT, None)
    supervisor._hear(signal.SIGINT, None)
    supervisor.stop()

    assert (worker.returncode, server.returncode) == (-signal.SIGKILL, 0)


def test_a_wish_to_stop_ends_the_wait_for_a_program():
    supervisor = Supervisor(Heard())
    stop_when(supervisor, lambda: True)

    with pytest.raises(Stopped):
        supervisor.complete(python("slow", SLEEP))

    supervisor.stop()


def test_programs_do_not_outlive_a_supervisor_that_is_killed():
    child = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    code = (
        "import sys\nfrom workbench.runner.supervisor import Program, Supervisor\n"
        "supervisor = Supervisor(lambda name, line: print(line, flush=True))\n"
        f"supervisor.start(Program('child', [sys.executable, '-c', {child!r}]))\nsupervisor.watch()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())

    parent.kill()
    parent.communicate()

    assert wait_until(lambda: processes_of_session(pid) == [])


def stop_when(supervisor, condition):
    """Wish to stop, as a signal would, at the first turn in which a condition holds."""
    turn = supervisor._turn

    def turn_and_look():
        turn()
        if condition():
            supervisor._hear(signal.SIGINT, None)

    supervisor._turn = turn_and_look
