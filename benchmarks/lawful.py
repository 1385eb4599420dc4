"""Lawful changes after which no check may cry wolf: renames, roles, passwords, retention, a restore, upgrades.

They are made one after the other on the desk of the sample case, and checked after each. With ``--release COMMIT`` a
desk that the code of that commit made, with its own programs, is upgraded and worked on too.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import django

from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say
from workbench.runner import paths

SAMPLE = {"WORKBENCH_SAMPLE": "1", "WAYBACK": "1"}
# What the code of the release runs: its own benchmark fills the desk as people and workers do.
FILL = """
import django
django.setup()
from django.conf import settings
from benchmarks import log_desk
settings.SAMPLE = True
log_desk.build()
"""


def main() -> None:
    """Take the figures: here, or inside a process that knows the database."""
    if os.environ.get("LAWFUL_DESK"):
        return _inside(os.environ["LAWFUL_DESK"])
    given = arguments(str(__doc__), data=False, release="")
    with desk(LAWFUL_DESK="changes", **SAMPLE) as opened:
        found: dict[str, list[str]] = opened.told("lawful", "-m", "benchmarks.lawful", stderr=None)["found"]
    for commit in filter(None, given.release.split(",")):
        found |= _upgraded(commit)
    alarms = {name: problems for name, problems in found.items() if problems}
    report(lawful=len(found), false_alarms=len(alarms), alarms=alarms, names=list(found))
    return None


def _upgraded(commit: str) -> dict[str, list[str]]:
    """Have the code of a commit make and fill a desk; return what the checks of this code say once it is upgraded."""
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        packed = subprocess.run(["git", "archive", commit], cwd=paths.ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)
        with desk(root=Path(folder), LAWFUL_DESK="release", **SAMPLE) as opened:
            opened.run("-c", FILL)
            opened.root = paths.ROOT
            opened.run("manage.py", "migrate", "--verbosity=0")
            found = opened.told("upgraded", "-m", "benchmarks.lawful", stderr=None)["found"]
    return {f"{name} {commit[:10]}": problems for name, problems in found.items()}


def _inside(part: str) -> None:
    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django before its settings are there

    from benchmarks import lawful_changes, log_desk  # noqa: PLC0415

    settings.SAMPLE = True
    log_desk.as_programs_do()
    if part == "changes":
        log_desk.build()
        log_desk.require_sound()
        report(found=found_after(lawful_changes.changes()))
        return
    later = [("a desk upgraded from", lawful_changes.bind), ("work on a desk upgraded from", lawful_changes.go_on)]
    report(found=found_after(later))


def found_after(changes: Iterable[tuple[str, Callable[[], None]]]) -> dict[str, list[str]]:
    """Make changes one after the other; return what the checks say after each."""
    from benchmarks import log_desk  # noqa: PLC0415 -- only once Django is set up

    found = {}
    for name, do in changes:
        do()
        found[name] = list(log_desk.problems())
        say(f"{name}: {found[name] or 'nothing is said'}")
    return found


if __name__ == "__main__":
    main()
