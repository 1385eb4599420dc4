"""A desk of its own for a benchmark: a private database and a private Valkey, and programs that can be killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.measuring import say
from workbench.runner import paths, postgres, valkey
from workbench.runner.supervisor import Supervisor


class Desk:
    """Servers and programs of one benchmark, in a folder that goes with it."""

    def __init__(self, var: Path, **settings: str) -> None:
        self.var, self.root = var, paths.ROOT  # the code that its programs run
        self.supervisor = Supervisor(lambda name, line: say(f"{name}: {line}"))
        self.programs: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = os.environ | {
            "WORKBENCH_VAR": str(var),
            "DATABASE_URL": paths.database_url(var),
            "REDIS_URL": paths.redis_url(var),
            "DJANGO_SETTINGS_MODULE": "workbench.settings",
            "PYTHONWARNINGS": "ignore",
            **settings,
        }

    def open(self) -> None:
        """Start the servers and make the tables."""
        self.var.mkdir(parents=True, exist_ok=True)
        self.var.chmod(0o700)  # before the servers start: the programs close it, and servers must reach their files
        postgres.prepare(self.var)
        valkey.prepare(self.var)
        database, broker = postgres.program(self.var, postgres.FLEETING), valkey.program(self.var)
        self.supervisor.start(database)
        self.supervisor.start(broker)
        self.supervisor.await_ready(database, lambda: postgres.is_ready(self.var), within=60)
        self.supervisor.await_ready(broker, lambda: valkey.is_ready(self.var), within=60)
        postgres.create_database(self.var)
        self.run("manage.py", "migrate", "--verbosity=0")

    def close(self) -> None:
        """Kill the programs and stop the servers."""
        for name in list(self.programs):
            self.kill(name)
        self.supervisor.stop()

    def run(self, *arguments: str) -> None:
        """Run Python to its end; raise when it ends badly."""
        subprocess.run([sys.executable, *arguments], env=self.environment, cwd=self.root, check=True)

    def start(self, name: str, *arguments: str, **how: Any) -> subprocess.Popen[bytes]:
        """Start a Python program that runs until it is killed."""
        with (self.var / f"{name}.log").open("ab") as log:
            quiet = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log} | how
            command = [sys.executable, *arguments]
            self.programs[name] = subprocess.Popen(
                command, env=self.environment, cwd=self.root, start_new_session=True, **quiet
            )
        return self.programs[name]

    def told(self, name: str, *arguments: str, **how: Any) -> Any:
        """Return what a Python program says in JSON on its last line; end with its log when it says none.

        With ``stderr=None`` one sees its progress.
        """
        program = self.start(name, *arguments, stdout=subprocess.PIPE, **how)
        assert program.stdout is not None
        lines = program.stdout.read().splitlines()
        if program.wait() != 0 or not lines:
            raise SystemExit((self.var / f"{name}.log").read_text(errors="replace")[-3000:])
        return json.loads(lines[-1])

    def kill(self, name: str) -> None:
        """Kill a program, which does not get to know."""
        program = self.programs.pop(name)
        program.send_signal(signal.SIGKILL)
        program.wait()

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Return the rows that answer a question in SQL."""
        address = paths.database_url(self.var).replace("postgres://", "postgresql://")
        with psycopg.connect(address) as connection:
            return connection.execute(question).fetchall()  # type: ignore[call-overload, no-any-return]


@contextmanager
def desk(kept: Path | None = None, root: Path | None = None, **settings: str) -> Iterator[Desk]:
    """Open a desk in a folder with a path short enough for sockets, and leave nothing of it behind.

    With ``kept``, the desk is in that folder and stays there for the next run. With ``root``, it runs other code.
    """
    var = kept or Path(tempfile.mkdtemp(prefix="workbench-bench-"))
    opened = Desk(var, **settings)
    opened.root = root or opened.root
    try:
        opened.open()
        yield opened
    finally:
        opened.close()
        shutil.rmtree(paths.socket_folder(var), ignore_errors=True)
        if kept is None:
            shutil.rmtree(var, ignore_errors=True)
