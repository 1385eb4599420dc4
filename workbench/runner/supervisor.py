"""Process supervisor: run programs as child processes, show their output, restart them, stop them in order."""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

# Restart delays (seconds) for a program that exits soon after starting. After the last one we stop restarting it.
PAUSES = (1, 2, 4, 8, 15)
# A program that ran this many seconds has started well: its next exit counts as the first.
GROWN_UP = 30
TURN = 0.1
WISHES = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ProgramFailed(Exception):
    """A program failed. The message may be shown to a person."""


class Stopped(Exception):
    """Somebody asked us to stop before we were done."""


@dataclass(frozen=True)
class Program:
    """What to run, and how to end it."""

    name: str
    command: list[str]
    rank: int = 0  # programs of the highest rank are stopped first
    stop: signal.Signals = signal.SIGTERM
    grace: float = 10  # seconds between that signal and SIGKILL
    rushed: bool = True  # may a second Ctrl-C cut the grace short?
    orphaned: signal.Signals = signal.SIGKILL  # the signal that the kernel sends it when we are killed
    privileges: tuple[str, ...] = ()  # options of setpriv(1)
    environment: Mapping[str, str] | None = None  # None: our own environment
    folder: Path | None = None
    log: Path | None = None  # None: its output is shown
    descriptors: tuple[int, ...] = ()  # files that it inherits
    hopeless: tuple[int, ...] = ()  # exit codes after which a restart is useless


@dataclass
class _Child:
    program: Program
    process: subprocess.Popen[bytes]
    started: float
    deaths: int = 0
    retry_at: float | None = None
    unfinished: bytes = field(default=b"", repr=False)

    @property
    def running(self) -> bool:
        return self.process.poll() is None


class Supervisor:
    """The parent of programs, on one thread.

    One thread, because the kernel ties the signal of an orphan to the *thread* that started it. Each child leads a
    session of its own, so the Ctrl-C of a terminal reaches only us, and we signal the leader alone: a signal to the
    group would kill a worker's pool in the middle of a task.
    """

    def __init__(self, say: Callable[[str, str], None], mark: Mapping[str, str] | None = None) -> None:
        self.say = say
        self._mark = dict(mark or {})
        self._children: list[_Child] = []
        self._outputs = selectors.DefaultSelector()
        self._wishes = 0

    def listen(self) -> None:
        """Take Ctrl-C, a request to end, and a closed terminal as the wish to stop."""
        for wish in WISHES:
            signal.signal(wish, self._hear)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._wishes += 1

    @property
    def programs(self) -> list[str]:
        """The names of the programs that we have started and not stopped."""
        return [child.program.name for child in self._children]

    def start(self, program: Program) -> None:
        """Start a program that is to run until we stop."""
        self._children.append(self._spawn(program))

    def complete(self, program: Program) -> None:
        """Run a program to its end. Raises ``ProgramFailed`` when it ends badly and ``Stopped`` when we are to stop."""
        child = self._spawn(program)
        self._children.append(child)
        while child.running:
            self._turn()
            if self._wishes:
                raise Stopped
        self._drain(child)
        self._children.remove(child)
        if child.process.returncode != 0:
            raise ProgramFailed(f"{program.name} failed ({child.process.returncode}).{_tail(program)}")

    def await_ready(self, program: Program, ready: Callable[[], bool], *, within: float) -> None:
        """Wait for a started program to be ready. Raises ``ProgramFailed`` when it is not so ``within`` seconds."""
        child = next(child for child in self._children if child.program is program)
        deadline = time.monotonic() + within
        while not ready():
            self._turn()
            if self._wishes:
                raise Stopped
            if not child.running:
                self._drain(child)
                raise ProgramFailed(f"{program.name} ended at its start ({child.process.returncode}).{_tail(program)}")
            if time.monotonic() > deadline:
                raise ProgramFailed(f"{program.name} was not ready within {within:.0f} s.{_tail(program)}")

    def watch(self) -> None:
        """Keep all programs running until somebody asks us to stop. Raises ``ProgramFailed`` when one keeps dying."""
        while not self._wishes:
            self._turn()
            for child in self._children:
                self._mend(child)

    def _mend(self, child: _Child) -> None:
        now = time.monotonic()
        if child.running:
            return
        if child.retry_at is not None:
            if now >= child.retry_at:
                self._respawn(child)
            return
        self._drain(child)
        child.deaths = 1 if now - child.started > GROWN_UP else child.deaths + 1
        name, code = child.program.name, child.process.returncode
        if code in child.program.hopeless:
            raise ProgramFailed(f"{name} cannot run ({code}).{_tail(child.program)}")
        if child.deaths > len(PAUSES):
            raise ProgramFailed(f"{name} keeps dying ({code}).{_tail(child.program)}")
        pause = PAUSES[child.deaths - 1]
        child.retry_at = now + pause
        self.say("up", f"{name} ended ({code}); starting it again in {pause} s")

    def _respawn(self, child: _Child) -> None:
        _kill_group(child)
        fresh = self._spawn(child.program)
        child.process, child.started, child.retry_at = fresh.process, fresh.started, None
        if fresh.process.stdout:
            self._outputs.modify(fresh.process.stdout, selectors.EVENT_READ, child)

    def stop(self) -> None:
        """Stop all programs, rank by rank, and leave none of their children behind."""
        for rank in sorted({child.program.rank for child in self._children}, reverse=True):
            self._stop_rank([child for child in self._children if child.program.rank == rank])
        self._children.clear()

    def _stop_rank(self, children: list[_Child]) -> None:
        asked = time.monotonic()
        for child in children:
            if child.running:
                child.process.send_signal(child.program.stop)
        while waiting := [child for child in children if child.running]:
            self._turn()
            for child in waiting:
                rushed = self._wishes > 1 and child.program.rushed
                if rushed or time.monotonic() - asked > child.program.grace:
                    self.say("up", f"{child.program.name} is cut short")
                    child.process.kill()
                    child.process.wait()
        for child in children:
            self._drain(child)
            _kill_group(child)

    def _spawn(self, program: Program) -> _Child:
        environment = os.environ if program.environment is None else program.environment
        with contextlib.ExitStack() as closing:
            output: int | IO[bytes] = subprocess.PIPE
            if program.log:
                output = closing.enter_context(program.log.open("ab"))
            process = subprocess.Popen(
                [*_privileged(program), *program.command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**environment, **self._mark},
                cwd=program.folder,
                pass_fds=program.descriptors,
                start_new_session=True,
            )
        child = _Child(program, process, time.monotonic())
        if process.stdout:
            os.set_blocking(process.stdout.fileno(), False)
            self._outputs.register(process.stdout, selectors.EVENT_READ, child)
        return child

    def _turn(self) -> None:
        """Show what children have said, for at most one turn."""
        for key, _ in self._outputs.select(TURN):
            self._read(key.data)

    def _read(self, child: _Child) -> bool:
        """Show the whole lines that a child has written; false when there was nothing to read."""
        output = child.process.stdout
        if output is None or output.closed:
            return False
        try:
            chunk = os.read(output.fileno(), 65536)
        except BlockingIOError:
            return False
        if not chunk:
            self._outputs.unregister(output)
            output.close()
        *lines, child.unfinished = (child.unfinished + chunk).split(b"\n")
        for line in lines:
            self.say(child.program.name, line.decode(errors="replace"))
        return bool(chunk)

    def _drain(self, child: _Child) -> None:
        """Show the last output of a child that has ended, and close its pipe."""
        while self._read(child):
            pass
        if child.unfinished:
            self.say(child.program.name, child.unfinished.decode(errors="replace"))
            child.unfinished = b""
        if child.process.stdout and not child.process.stdout.closed:
            self._outputs.unregister(child.process.stdout)
            child.process.stdout.close()


def _privileged(program: Program) -> list[str]:
    """Return the start of the command line that sets privileges and the signal for orphans, where setpriv exists."""
    if not shutil.which("setpriv"):
        return []
    return ["setpriv", f"--pdeathsig={program.orphaned.name.removeprefix('SIG')}", *program.privileges]


def _kill_group(child: _Child) -> None:
    """Kill what a dead leader left of its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal.SIGKILL)


def _tail(program: Program, length: int = 1500) -> str:
    """Return the end of a program's log, to show why it failed."""
    if program.log is None or not program.log.exists():
        return ""
    text = program.log.read_bytes()[-length:].decode(errors="replace").strip()
    return f" The end of {program.log}:\n{text}"
