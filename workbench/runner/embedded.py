"""The embedded PostgreSQL for one command: the one that runs already, or else one that runs until the command ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.runner import lock, postgres
from workbench.runner.supervisor import Supervisor

START_LIMIT = 60  # seconds


@contextmanager
def serving(var: Path, say: Callable[[str, str], None]) -> Iterator[None]:
    """Have the server of a data folder answer, whether the workbench runs on it or not.

    Raises ``accounts.CannotStart`` and ``supervisor.ProgramFailed``.
    """
    if postgres.is_ready(var):
        yield
        return
    with alone(var, say):
        yield


@contextmanager
def alone(var: Path, say: Callable[[str, str], None]) -> Iterator[None]:
    """Run the server of a data folder for us alone.

    Raises ``accounts.CannotStart``, also while the workbench runs on this folder, and ``supervisor.ProgramFailed``.
    """
    supervisor = Supervisor(say, {lock.MARK: str(var)})
    with lock.hold(var) as held:
        held.note("works on the database for one command")
        lock.end_leftovers(var)
        try:
            postgres.prepare(var)
            server = postgres.program(var)
            supervisor.start(server)
            supervisor.await_ready(server, lambda: postgres.is_ready(var), within=START_LIMIT)
            postgres.create_database(var)
            yield
        finally:
            held.note(lock.STOPPING)
            supervisor.stop()
