"""File modes: the data folder and the archive are for the user who runs the workbench, and for nobody else.

A folder has the mode 700, a file 600. What an earlier version left open to others is closed at each start.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from workbench.runner import accounts

UMASK = 0o077  # of every program of the workbench: what it makes is its own
OTHERS = 0o077
# What we make in a data folder. The servers look after their own folders, and a person may keep other things beside.
OURS = ("archive", "pdf", "static", "clock*", "secret-key*", "sample-users.*", "press.*", "running", "*.log")


def keep_private(var: Path, archive: Path) -> None:
    """Have what this process makes be its own; close the data folder and the archive to others.

    Only what belongs to this user is changed. Raises ``accounts.CannotStart`` for a folder that others share, such as
    /tmp.
    """
    os.umask(UMASK)
    if var.exists() and var.stat().st_mode & stat.S_ISVTX:
        raise accounts.CannotStart(f"{var} is shared with other users. Choose a folder of its own: WORKBENCH_VAR")
    _close(var)
    for pattern in OURS:
        for path in var.glob(pattern):
            _close_all(path)
    _close_all(archive)


def _close_all(path: Path) -> None:
    for each in _below(path):
        _close(each)


def _below(path: Path) -> Iterator[Path]:
    """Yield a path and everything below it; links are not followed."""
    yield path
    if path.is_dir() and not path.is_symlink():
        for folder, folders, files in os.walk(path):
            yield from (Path(folder, name) for name in (*folders, *files))


def _close(path: Path) -> None:
    """Take every right of others from a file or folder of this user."""
    try:
        status = path.lstat()
        is_open = status.st_uid == os.geteuid() and status.st_mode & OTHERS and not stat.S_ISLNK(status.st_mode)
        if is_open:
            path.chmod(stat.S_IMODE(status.st_mode) & ~OTHERS)
    except FileNotFoundError:  # another process has removed it meanwhile, or it was never made
        return
