"""Start the whole workbench: which programs run, and the order in which they start and stop."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import redis
from django.conf import settings
from django.db import OperationalError, connection

from workbench.runner import accounts, file_modes, lock, paths, ports, postgres, valkey
from workbench.runner.ports import Door
from workbench.runner.supervisor import Program, Supervisor

# Seconds: a step takes at most a minute, and the shift that it is part of 20 seconds more (desk/work_queue.py).
WORKER_GRACE = 90
PRESS_PORT_TAKEN = 3  # exit code of workbench.sample
# Threads share the core of their process: more than two wait for one another.
WEB_OPTIONS = ("--config=python:workbench.runner.gunicorn_settings", "--workers=4", "--threads=2")
GUNICORN_CANNOT_LOAD = (3, 4)  # gunicorn's exit codes for an application that does not import
Ready = Callable[[Path], bool]


def run(var: Path, address: str, supervisor: Supervisor, *, sample: bool) -> None:
    """Start everything on a data folder, print its address, and supervise it until somebody asks to stop.

    Raises ``accounts.CannotStart``, ``ports.Unusable``, ``supervisor.ProgramFailed`` and ``supervisor.Stopped``; in
    all cases nothing keeps running.
    """
    with lock.hold(var) as held, _stopping(supervisor, held):
        if lock.end_leftovers(var):
            supervisor.say("up", "The last run was killed; what it left running is ended.")
        file_modes.keep_private(var, settings.ARCHIVE_FOLDER)
        with contextlib.closing(ports.open_door(address)) as door:
            if sample:
                _require_loneliness(door)
            if door.port != door.wanted:
                supervisor.say("up", f"Port {door.wanted} is taken by another program; using {door.port}.")
            (var / "static").mkdir(exist_ok=True)  # WhiteNoise warns in each process when it is missing
            os.environ.update(WORKBENCH_VAR=str(var), WORKBENCH_SAMPLE="1" if sample else "0")
            os.environ.setdefault("WORKBENCH_DESK_URL", door.url)
            _start_servers(var, supervisor, sample=sample)
            supervisor.complete(_command("migrate", "migrate", "--noinput", "--verbosity=0"))
            os.environ.pop("DATABASE_OWNER_URL", None)  # the programs at work do not learn it
            _start_ours(var, supervisor, door, sample=sample)
            held.note(f"serves {door.url}")
            _welcome(var, supervisor, door, sample=sample)
            supervisor.watch()


@contextlib.contextmanager
def _stopping(supervisor: Supervisor, held: lock.Held) -> Iterator[None]:
    try:
        yield
    finally:
        held.note(lock.STOPPING)
        if supervisor.programs:
            supervisor.say("up", "Stopping: a task under way is finished first. Ctrl-C again cuts it short.")
        supervisor.stop()


def _require_loneliness(door: Door) -> None:
    """Refuse to run sample users where others reach them. Raises ``accounts.CannotStart``."""
    if door.is_reached_by_others or paths.others_reach(settings.ALLOWED_HOSTS) or settings.HTTPS:
        raise accounts.CannotStart(
            "Others can reach this address, and the sample users are for this machine alone. Start without them: "
            "make run ARGS=--no-sample"
        )


def _start_servers(var: Path, supervisor: Supervisor, *, sample: bool) -> None:
    """Start the servers that no variable names, and the press: together, as each takes its time."""
    starting: list[tuple[Program, Ready]] = []
    if os.environ.get("DATABASE_URL"):
        _require_database()
    else:
        postgres.prepare(var)
        starting.append((postgres.program(var), postgres.is_ready))
        os.environ["DATABASE_URL"] = paths.database_url(var)
    if os.environ.get("REDIS_URL"):
        _require_broker(os.environ["REDIS_URL"])
    else:
        valkey.prepare(var)
        starting.append((valkey.program(var), valkey.is_ready))
        os.environ["REDIS_URL"] = paths.redis_url(var)
    if sample:
        starting.append((_press(var), _press_listens))
    for program, _ in starting:
        supervisor.start(program)
    for program, is_ready in starting:
        supervisor.await_ready(program, lambda ready=is_ready: ready(var), within=60)  # type: ignore[misc]
        if program.name == "postgres":
            postgres.create_database(var)


def _start_ours(var: Path, supervisor: Supervisor, door: Door, *, sample: bool) -> None:
    """Start the web server, load the sample meanwhile, and start worker and clock once pages are served."""
    web = _web(door)
    supervisor.start(web)
    if sample:
        supervisor.complete(_command("sample", "load_sample"))
    supervisor.await_ready(web, lambda: ports.answers(door), within=120)
    supervisor.start(_worker())
    supervisor.start(_clock(var))


def _require_database() -> None:
    try:
        connection.ensure_connection()
        connection.close()
    except OperationalError as error:
        raise accounts.CannotStart(f"The database that DATABASE_URL names does not answer: {error}") from error


def _require_broker(url: str) -> None:
    try:
        with redis.Redis.from_url(url, socket_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise accounts.CannotStart(f"The server that REDIS_URL names does not answer: {error}") from error


def _command(name: str, *arguments: str) -> Program:
    # Django's checks belong to `make test`; here they would only make the start slow.
    command = [sys.executable, str(paths.ROOT / "manage.py"), *arguments, "--skip-checks"]
    return Program(name, command, rank=3, folder=paths.ROOT)


def _module(name: str, *arguments: str, **how: object) -> Program:
    return Program(name, [sys.executable, "-m", *arguments], folder=paths.ROOT, **how)  # type: ignore[arg-type]


def _web(door: Door) -> Program:
    """The web server takes over our own listening socket, so that no other program can take the port in between."""
    number = door.socket.fileno()
    return _module(
        "web",
        "gunicorn",
        "workbench.wsgi",
        f"--bind=fd://{number}",
        "--log-level=warning",
        *WEB_OPTIONS,
        rank=3,
        orphaned=signal.SIGTERM,
        descriptors=(number,),
        hopeless=GUNICORN_CANNOT_LOAD,
    )


def _worker() -> Program:
    # Our own broker has no other workers: gossip and mingle only make the start slow.
    quick = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    # Processes need POSIX semaphores; a sandbox without shared memory has none, and there threads do the work.
    pool = "prefork" if os.access("/dev/shm", os.W_OK | os.X_OK) else "threads"  # noqa: S108 -- asked, not used
    options = [f"--pool={pool}", "--concurrency=2", "-O", "fair", "--loglevel=WARNING", *quick]
    # In a container everything runs as root: Celery need not warn about it at each start.
    environment = {**os.environ, "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
    return _module(
        "worker",
        "celery",
        "--quiet",
        "--app=workbench",
        "worker",
        *options,
        rank=2,
        grace=WORKER_GRACE,
        environment=environment,
    )


def _clock(var: Path) -> Program:
    options = [f"--schedule={var / 'clock'}", "--pidfile=", "--loglevel=WARNING"]
    return _module("clock", "celery", "--quiet", "--app=workbench", "beat", *options, rank=3)


def _press(var: Path) -> Program:
    return _module(
        "press",
        "workbench.sample",
        f"--ports-file={var / 'press.json'}",
        rank=3,
        log=var / "press.log",
        hopeless=(PRESS_PORT_TAKEN,),
    )


def _press_listens(var: Path) -> bool:
    """Tell whether the press serves all its outlets on the ports that it has noted."""
    try:
        noted = json.loads((var / "press.json").read_text())["outlets"].values()
    except (OSError, ValueError):
        return False
    return all(map(ports.accepts, noted))


def _welcome(var: Path, supervisor: Supervisor, door: Door, *, sample: bool) -> None:
    users = var / "sample-users.txt"
    lines = ["", f"The workbench is ready: {door.url}", ""]
    if sample and users.exists():
        rows = [("user", "password", "role"), *(tuple(line.split()) for line in users.read_text().splitlines())]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        lines += ["  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows]
        lines += [""]
    if not sample and settings.CRAWLER_CONTACT == settings.CONTACT_PLACEHOLDER:
        lines += ["WORKBENCH_CONTACT is not set: publishers cannot see who visits them.", ""]
    if not sample and settings.DESK_NAME == settings.DESK_NAME_PLACEHOLDER:
        lines += ["WORKBENCH_DESK and WORKBENCH_DESK_URL are not set: no report can be published.", ""]
    lines += [f"Data and logs: {var}", "Ctrl-C stops everything.", ""]
    for line in lines:
        supervisor.say("up", line)
