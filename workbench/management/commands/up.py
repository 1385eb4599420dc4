"""Run the whole workbench in one terminal: servers, web, worker, clock and the sample press."""

from __future__ import annotations

import contextlib
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workbench.runner import accounts, lock, paths, ports, startup
from workbench.runner.supervisor import ProgramFailed, Stopped, Supervisor

LABEL = 8
COLORS = {"web": 36, "worker": 33, "clock": 35, "press": 32, "migrate": 34, "sample": 34}


class Command(BaseCommand):
    """Start everything that DATABASE_URL and REDIS_URL do not name, and stop it all on Ctrl-C."""

    help = "Run the workbench until Ctrl-C: database, broker, web, worker, clock and the sample press."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address to listen on, and whether to run the sample."""
        parser.add_argument("--address", default="127.0.0.1:8000", help="where to listen (default: %(default)s)")
        parser.add_argument(
            "--no-sample",
            dest="sample",
            action="store_false",
            default=os.environ.get("WORKBENCH_SAMPLE") != "0",
            help="run without the invented press and its users",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run until somebody asks to stop; end with the reason where the workbench cannot run."""
        var = paths.var_folder()
        supervisor = Supervisor(self._say, {lock.MARK: str(var), "PYTHONUNBUFFERED": "1"})
        supervisor.listen()
        try:
            startup.run(var, options["address"], supervisor, sample=options["sample"])
        except Stopped:
            pass
        except (accounts.CannotStart, ports.Unusable, ProgramFailed) as problem:
            raise CommandError(str(problem)) from problem
        self._say("up", "Stopped.")

    def _say(self, name: str, line: str) -> None:
        """Write a line of one program; a closed terminal must not keep us from stopping the others."""
        label = "" if name == "up" else f"{name:<{LABEL}}| "
        if label and self.stdout.isatty():
            label = f"\033[{COLORS.get(name, 90)}m{label}\033[0m"
        with contextlib.suppress(OSError):
            self.stdout.write(f"{label}{line}")
            self.stdout.flush()
