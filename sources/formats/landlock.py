"""Landlock: let this process read only below some paths, write nothing, and open no TCP connection (Linux 5.13)."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

# Numbers of system calls since Linux 5.1 are the same on all machines but Alpha.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1
SET_NO_NEW_PRIVILEGES = 38  # of prctl
# What a version of Landlock can refuse of files: it names one bit for each right.
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
LATER_RIGHTS = 16
TCP = 0b11  # to bind and to connect, since version 4
SCOPES = 0b11  # abstract sockets and signals of processes outside, since version 6
EXECUTE, READ_FILE, READ_FOLDER = 1 << 0, 1 << 2, 1 << 3


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """Return the version of Landlock that this kernel offers; 0 where it offers none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION)))


def restrict(readable: Iterable[Path]) -> None:
    """Refuse this thread, and what it starts, all files but those below some paths, which it may read and run.

    It must be called before there are other threads. Raises ``OSError``.
    """
    offered = version()
    rules = _Ruleset((1 << RIGHTS.get(offered, LATER_RIGHTS)) - 1, TCP, SCOPES)
    size = 8 if offered < 4 else 16 if offered < 6 else 24
    ruleset = _called(CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    try:
        for path in readable:
            _allow(ruleset, path)
        never_gain_privileges()
        _called(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def never_gain_privileges() -> None:
    """Have no program that this process starts gain rights: the kernel asks for it before it lets us refuse any."""
    if _libc().prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def _allow(ruleset: int, path: Path) -> None:
    """Let files below a folder be read and run, or one file; a path that is missing needs no rule."""
    try:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = EXECUTE | READ_FILE | (READ_FOLDER if path.is_dir() else 0)
        _called(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(_Beneath(rights, beneath)), 0)
    finally:
        os.close(beneath)


def _called(number: int, *arguments: object) -> int:
    found = int(_libc().syscall(number, *arguments))
    if found < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return found


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
