"""The browser as a process: how it starts, what it is given, and that it is gone afterwards."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sources.web.chromium import Chromium, Died, Unanswered, found
from tests.chromium import CHROMIUM, NO_CHROMIUM
from tests.places import ROOT

with_chromium = pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)


def processes_of(group):
    """Return the processes of a group that have not ended."""
    alive = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group, *_rest = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue  # it has just ended
        if int(its_group) == group and state != "Z":
            alive.append(stat.parent.name)
    return alive


def await_end_of(group):
    """Wait for the end of a group's processes; the time limit of the test is the limit."""
    while processes_of(group):
        time.sleep(0.05)


def nothing(_event):
    pass


@pytest.fixture
def program():
    """Makes programs that are no browser, where the account that runs them can read them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)

        def make(script):
            path = Path(folder) / "not-chromium"
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
            return str(path)

        yield make


def test_a_machine_without_a_browser_has_none(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert found() == ""
    assert found("chromium") == ""


def test_the_browser_is_the_one_that_was_named(program):
    path = program("exit 1")

    assert found(path) == path


@with_chromium
def test_a_browser_says_its_version_and_is_gone_when_it_is_closed():
    with Chromium(CHROMIUM, nothing, sandbox=False) as chromium:
        assert chromium.version().startswith("Chromium ")
        group, folder = chromium.pid, chromium._folder
        assert len(processes_of(group)) > 1

    await_end_of(group)
    assert not folder.exists()


@with_chromium
def test_a_browser_keeps_its_sandbox_where_there_can_be_one():
    with Chromium(CHROMIUM, nothing) as chromium:
        try:
            version = chromium.version()
        except Died as reason:
            pytest.skip(f"no sandbox on this machine: {reason}")
        switches = [Path(f"/proc/{number}/cmdline").read_bytes() for number in processes_of(chromium.pid)]

    assert version.startswith("Chromium ")
    assert not any(b"--no-sandbox" in line for line in switches)


@with_chromium
def test_a_browser_is_nobody_and_knows_none_of_our_keys(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "the key of the desk")

    with Chromium(CHROMIUM, nothing, sandbox=False) as chromium:
        chromium.version()
        about = Path(f"/proc/{chromium.pid}")
        environment, owner = (about / "environ").read_bytes(), about.stat().st_uid

    assert b"the key of the desk" not in environment
    assert owner != 0


@with_chromium
def test_a_browser_ends_with_the_worker_that_is_killed():
    script = (
        "import sys\n"
        "from sources.web.chromium import Chromium\n"
        f"chromium = Chromium({CHROMIUM!r}, lambda event: None, sandbox=False)\n"
        "chromium.version()\n"
        "print(chromium.pid, chromium._folder, flush=True)\n"
        "sys.stdin.read()\n"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    group, folder = worker.stdout.readline().rstrip("\n").split(" ", maxsplit=1)
    assert processes_of(int(group))

    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()

    await_end_of(int(group))
    assert not Path(folder).exists()


@pytest.mark.parametrize("script", ["exit 1", "head -c 1 <&3", "exec 3<&- 4>&-; sleep 0.1"])
def test_what_is_no_browser_has_died(program, script):
    with Chromium(program(script), nothing) as chromium, pytest.raises(Died):
        chromium.version()


def test_a_browser_that_cannot_start_is_quoted(program):
    said = "echo '[1:1:FATAL:zygote_host_impl_linux.cc:128] No usable sandbox!' >&2; exit 1"

    with (
        Chromium(program(said), nothing) as chromium,
        pytest.raises(Died, match=r"stopped unexpectedly\. \(No usable sandbox!\)"),
    ):
        chromium.version()


def test_a_browser_that_says_nothing_has_so_long(program):
    with Chromium(program("cat <&3"), nothing) as chromium, pytest.raises(Unanswered):
        chromium.ask("Browser.getVersion", within=0.2)


def test_a_browser_that_talks_for_ever_is_not_listened_to(program, monkeypatch):
    monkeypatch.setattr("sources.web.chromium.LONGEST_MESSAGE", 100_000)

    with Chromium(program("cat /dev/zero | tr '\\0' 'x' >&4"), nothing) as chromium, pytest.raises(Died):
        chromium.version()


def test_a_browser_that_takes_nothing_in_is_ended(program, monkeypatch):
    monkeypatch.setattr("sources.web.chromium.LONGEST", 0.5)

    with Chromium(program("sleep 300"), nothing) as chromium, pytest.raises(Died):
        chromium.send("Fetch.fulfillRequest", body="x" * 1_000_000)


def test_a_program_that_may_not_be_read_is_told_of(program):
    path = Path(program("exit 0"))
    path.chmod(0o600)

    with Chromium(str(path), nothing) as chromium, pytest.raises(Died, match="Permission denied"):
        chromium.version()
