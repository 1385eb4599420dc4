"""The system account under which the embedded servers run: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from workbench.runner import paths

# Every Debian has the second; the first is there where PostgreSQL was ever installed.
SERVICE_ACCOUNTS = ("postgres", "nobody")


class CannotStart(Exception):
    """The workbench cannot start here. The message may be shown to a person."""


def service_account(data: Path) -> tuple[int, int] | None:
    """Return the user and group under which servers run when we are root; none when we are not.

    Data that an account already owns stay with it, whatever accounts the machine gets later.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return data.stat().st_uid, data.stat().st_gid
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in SERVICE_ACCOUNTS:
        if name in names:
            return names[name].pw_uid, names[name].pw_gid
    raise CannotStart("PostgreSQL does not run as root, and this machine has neither the account postgres nor nobody.")


def privileges(data: Path, program: Path) -> tuple[str, ...]:
    """Return the options of setpriv(1) under which a server that keeps its files in ``data`` runs.

    A checkout below a closed folder such as /root is reached with a Linux capability: we do not open
    that folder to everybody.
    """
    account = service_account(data)
    if account is None:
        return ()
    user, group = account
    options = (f"--reuid={user}", f"--regid={group}", "--clear-groups")
    if _may_reach(data, user) and _may_reach(program, user):
        return options
    # PostgreSQL asks access(2), which ignores capabilities unless this security bit is set.
    capable = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup")
    return (*options, *capable)


def make_folder(folder: Path, owner: tuple[int, int] | None) -> None:
    """Make a folder for a server that nobody else may enter.

    Raises ``CannotStart`` when it exists and is not ours, as when another user of /tmp has guessed its name.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ours = {os.geteuid(), owner[0] if owner else os.geteuid()}
    if folder.is_symlink() or folder.stat().st_uid not in ours:
        raise CannotStart(paths.not_ours(folder))
    if owner:
        os.chown(folder, *owner)
    folder.chmod(0o700)


def _may_reach(path: Path, user: int) -> bool:
    """Tell whether a user outside all groups may walk down to a path."""
    for parent in path.resolve().parents:
        status = parent.stat()
        needed = 0o100 if status.st_uid == user else 0o001
        if not status.st_mode & needed:
            return False
    return True
