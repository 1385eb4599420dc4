"""Confinement: run a program that reads hostile files without network, and let it change nothing and read no secrets.

It is run as ``python -m sources.formats.confinement``, with options, and after ``--`` the program and its arguments; a
program called ``-m`` is a module of Python. What the program starts is held too, and nothing loosens it again:

- a filter of system calls (seccomp): no network, no change of files, no process besides it, no signals to others;
- Landlock: it reads nothing but the system’s libraries, Python, our code, and what an option names;
- limits of memory and processor time where an option names them, no file longer than nothing, no core dump.

A kernel that lacks one of the first two is said by ``missing``; what it has is used all the same.
"""

from __future__ import annotations

import argparse
import mimetypes
import os
import resource
import runpy
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sources.formats import landlock, session_priority, syscall_filter

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "sources"
SYSTEM = (
    *("/bin", "/lib", "/lib32", "/lib64", "/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec"),
    *("/usr/share", "/usr/local/bin", "/usr/local/lib", "/usr/local/share", "/nix/store", "/opt/homebrew"),
    *("/etc/fonts", "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/zero", "/dev/urandom"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/self/statm", "/sys/devices/system/cpu"),
)
NOWHERE = "/nowhere"  # for temporary files: libraries ask for the folder as they are loaded, and none takes a file
NETWORK, READING = "network", "reading"


def missing() -> list[str]:
    """Return what this kernel cannot refuse: ``network`` with every change of files, and ``reading`` other files."""
    found = [] if syscall_filter.is_possible() else [NETWORK]
    return found if landlock.version() else [*found, READING]


def command(program: Sequence[str], reads: Iterable[Path] = (), *, memory: int = 0, seconds: int = 0) -> list[str]:
    """Return the command that runs a program confined. It must be started in ``ROOT``.

    ``reads`` are files that it may read besides; ``memory`` is in bytes, ``seconds`` are of processor time; 0 is no
    limit.
    """
    options = [f"--read={path}" for path in reads]
    options += [f"--memory={memory}", f"--seconds={seconds}"]
    return [sys.executable, "-m", "sources.formats.confinement", *options, "--", *program]


def confine(reads: Iterable[Path] = ()) -> None:
    """Refuse this process everything named above, as far as the kernel can. It must have one thread only."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if landlock.version():
        landlock.restrict([*_readable(), *reads])
    if syscall_filter.is_possible():
        syscall_filter.install()


def _readable() -> Iterator[Path]:
    """Yield what every program here may read: no folder that holds ours, where the desk may keep data and keys."""
    yield from map(Path, SYSTEM)
    yield from map(Path, mimetypes.knownfiles)
    yield CODE
    python = {*sysconfig.get_paths().values(), *sys.path, *(f"{at}/lib" for at in (sys.prefix, sys.base_prefix))}
    for path in map(Path, sorted(filter(None, python))):
        if not ROOT.is_relative_to(path.resolve()):
            yield path


def main() -> None:
    """Confine this process, and become the program."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--read", type=Path, action="append", default=[])
    parser.add_argument("--memory", type=int, default=0)
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("program", nargs="+")
    asked = parser.parse_args()
    session_priority.keep()
    is_module = asked.program[0] == "-m"
    confine(asked.read if is_module else [*asked.read, Path(asked.program[0])])
    for limit, most in ((resource.RLIMIT_AS, asked.memory), (resource.RLIMIT_CPU, asked.seconds)):
        if most:
            resource.setrlimit(limit, (most, most))
    if is_module:
        sys.argv = asked.program[1:]
        tempfile.tempdir = NOWHERE
        runpy.run_module(asked.program[1], run_name="__main__", alter_sys=True)
    else:
        os.execv(asked.program[0], asked.program)  # noqa: S606 -- no shell


if __name__ == "__main__":
    main()
