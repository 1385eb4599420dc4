"""`make run` for real: it starts, refuses a second start, survives a kill, and leaves nothing behind."""

import http.client
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.places import ROOT
from workbench.runner import lock, paths

OURS = {"DATABASE_URL", "REDIS_URL", "WORKBENCH_VAR", "WORKBENCH_SAMPLE", "SECRET_KEY"}


@pytest.fixture
def var(tmp_path):
    folder = tmp_path / "data of a desk"
    yield folder
    lock.end_leftovers(folder)


def up(var):
    """Start the workbench on a data folder, at a port that no other test run has likely taken."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    command = [sys.executable, "manage.py", "up", "--address", f"127.0.0.1:{20000 + os.getpid() % 10000}"]
    output = (var.parent / "output").open("ab")
    with output:
        return subprocess.Popen(
            command, cwd=ROOT, env={**environment, "WORKBENCH_VAR": str(var)}, stdout=output, stderr=output
        )


def said(var):
    return (var.parent / "output").read_text()


def wait_for(var, words, process, seconds=150):
    """Return the next line of the output that has these words."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        for line in said(var).splitlines():
            if words in line:
                return line
        time.sleep(0.1)
    pytest.fail(f"{words!r} was not said in {seconds} s:\n{said(var)}")


def page(line):
    """Return the status and the address of the first page that a line names."""
    host = line.split("http://")[1].strip().rstrip("/")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", "/", headers={"Host": host})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def left_on(var):
    sockets = paths.socket_folder(var)
    files = [path.name for path in var.rglob("*") if path.name == "running" or path.suffix in {".pid", ".sock"}]
    return lock._leftovers(var), files, sockets.exists()


@pytest.mark.long
@pytest.mark.timeout(600)
def test_the_workbench_comes_up_once_survives_a_kill_and_goes_without_a_trace(var):
    first = up(var)
    ready = wait_for(var, "The workbench is ready", first)
    users = (var / "sample-users.txt").read_text().split()

    second = up(var)
    assert second.wait(90) == 1
    assert "already running" in said(var)
    assert page(ready) in {200, 302}
    assert all(word in said(var) for word in users)

    first.send_signal(signal.SIGKILL)
    first.wait()
    (var.parent / "output").unlink()
    third = up(var)
    assert page(wait_for(var, "The workbench is ready", third)) in {200, 302}

    third.send_signal(signal.SIGINT)
    assert third.wait(90) == 0
    assert left_on(var) == ({}, [], False)
