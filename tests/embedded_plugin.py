"""Private servers for a test run, started before Django reads its settings.

This is a pytest plugin and no fixture, because Django reads its settings before the first fixture runs. Workers of
xdist find the servers in their environment.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from tests import databases
from workbench.runner import paths, postgres, valkey
from workbench.runner.supervisor import Program, Supervisor

# Between tests, a vacuum finds nothing in the tables but rolled-back rows. The planner then expects them to stay empty,
# and joins the sixty rows of the next test in the worst order: minutes for a query that takes a millisecond.
# A cache for a large desk would only be searched through, whenever a test empties its tables.
SETTINGS = postgres.FLEETING | {"autovacuum": "off", "shared_buffers": "128MB"}

# A variable that the settings read, and those that a test run takes from the environment: its servers and its browser.
SETTING = re.compile(r"""\b(?:env\.\w+|os\.environ\.get)\(\s*"(\w+)\"""")
KEPT = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "CHROMIUM"}

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def _say(name: str, line: str) -> None:
    sys.stderr.write(f"{name}: {line}\n")


def _take_defaults() -> None:
    """Run with default settings, and with programs that speak English, whatever the environment says."""
    os.environ["LC_ALL"] = "C.UTF-8"
    read = SETTING.findall((paths.ROOT / "workbench" / "settings.py").read_text())
    for name in set(read) - KEPT:
        os.environ.pop(name, None)
    os.environ["WORKBENCH_WORKER_NICENESS"] = "0"  # what waits for a worker beside busy tests would wait for minutes


class Servers:
    """The servers of this test run that the environment does not name."""

    def __init__(self) -> None:
        self.var = Path(tempfile.mkdtemp(prefix="workbench-test-"))
        self.supervisor = Supervisor(_say)
        (self.var / "static").mkdir()  # WhiteNoise warns when it is missing
        os.environ["WORKBENCH_VAR"] = str(self.var)

    def start(self) -> None:
        waiting = []
        if not os.environ.get("DATABASE_URL"):
            postgres.prepare(self.var)
            waiting.append((postgres.program(self.var, SETTINGS), postgres.is_ready))
            os.environ["DATABASE_URL"] = paths.database_url(self.var)
        if not os.environ.get("REDIS_URL"):
            valkey.prepare(self.var)
            waiting.append((valkey.program(self.var), valkey.is_ready))
            os.environ["REDIS_URL"] = paths.redis_url(self.var)
        for program, _ in waiting:
            self.supervisor.start(program)
        for program, is_ready in waiting:
            self.supervisor.await_ready(program, lambda ready=is_ready: ready(self.var), within=60)
            if program.name == "postgres":
                databases.prepare(self.var)

    def begin_template(self) -> None:
        """Migrate beside the workers, which collect their tests in that time."""
        command = [sys.executable, "-m", "tests.template"]
        self.supervisor.start(
            Program(name="template", command=command, rank=1, folder=paths.ROOT, log=self.var / "template.log")
        )

    def stop(self) -> None:
        self.supervisor.stop()
        shutil.rmtree(paths.socket_folder(self.var), ignore_errors=True)
        shutil.rmtree(self.var, ignore_errors=True)


def _own_broker(worker: str) -> None:
    """Give each worker of xdist its own numbered database of the private Valkey."""
    url = os.environ["REDIS_URL"]
    if url.startswith("unix://") and "?" not in url:
        os.environ["REDIS_URL"] = f"{url}?db={int(worker.removeprefix('gw')) + 1}"


_take_defaults()
SERVERS = None if WORKER else Servers()
if SERVERS is None:
    _own_broker(WORKER)
else:
    SERVERS.start()

# Whether the servers belong to this run: tests empty no broker that the environment names, and leave no template there.
OWN_DATABASE = os.environ["DATABASE_URL"] == paths.database_url(Path(os.environ["WORKBENCH_VAR"]))
OWN_BROKER = os.environ["REDIS_URL"].partition("?")[0] == paths.redis_url(Path(os.environ["WORKBENCH_VAR"]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    if SERVERS is not None and OWN_DATABASE:
        SERVERS.begin_template()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if SERVERS is not None:
        SERVERS.stop()
