"""Tampering with the log: the owner of the database changes, removes and forges what a desk has said, triggers off.

Every way is tried on the same desk and undone. After each, the three checks run as an administrator runs them:
`verify_log`, `verify_claims` and `verify_captures --archive`. Ways that also forge every hash up to the end of the
chain are counted apart: who has kept the ends of the chains elsewhere notices them. Beside them, lawful changes are
made, after which nothing may be said to differ: renames, roles, passwords, retention, a restore, an upgrade.
``--only "story:"`` tries the ways whose names begin like this, and makes no lawful change.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import django

from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say

NOT_TRIED: list[str] = []  # ways that the database refused although somebody had every right


def main() -> None:
    """Take the figures: here, or inside a process that knows the database."""
    if os.environ.get("TAMPERED_DESK"):
        return _inside()
    only = arguments(str(__doc__), data=False, only="").only
    with desk(TAMPERED_DESK="1", TAMPERED_ONLY=only, WORKBENCH_SAMPLE="1", WAYBACK="1") as opened:
        figures = opened.told("tampering", "-m", "benchmarks.tampering_log", stderr=None)
        figures.pop("machine", None)
    report(**figures)
    return None


def _inside() -> None:
    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django before its settings are there

    from benchmarks import lawful, lawful_changes, log_desk, log_forging, log_sealed_ways, log_ways  # noqa: PLC0415

    settings.SAMPLE = True
    log_desk.as_programs_do()
    log_desk.build()
    log_desk.require_sound()
    line = kept_line()
    rows = chosen(log_ways.of_rows(), log_ways.of_log(), log_ways.of_stories())
    forged = chosen(log_forging.rewritten(), log_forging.rewritten_with_tree())
    missed = [way.name for way in rows if not noticed(way)]
    unseen = [way.name for way in forged if not noticed(way)]
    unseen_with = [way.name for way in forged if not noticed(way, line)]
    families = {name: chosen(ways) for name, ways in log_sealed_ways.families().items()}
    sealed = {name: [way.name for way in ways if not noticed(way)] for name, ways in families.items()}
    found = {} if os.environ["TAMPERED_ONLY"] else lawful.found_after(lawful_changes.changes())
    alarms = {name: said for name, said in found.items() if said}
    report(
        ways=len(rows) + len(forged) + sum(map(len, families.values())),
        missed_without_checkpoint=len(missed) + sum(map(len, sealed.values())),
        missed_without_checkpoint_rows=missed,
        **{f"missed_{name}": found for name, found in sealed.items()},
        told_by_workers=log_sealed_ways.told_by_workers(),
        rewritten=len(forged),
        rewritten_missed_without_checkpoint=len(unseen),
        rewritten_missed_without_checkpoint_rows=unseen,
        not_tried=NOT_TRIED,
        missed_with_checkpoint=len(unseen_with),
        missed_with_checkpoint_rows=unseen_with,
        lawful=len(found),
        false_alarms=len(alarms),
        false_alarms_rows=alarms,
    )


def chosen(*ways: Iterable[Any]) -> list[Any]:
    """Return the ways whose names begin with what was asked for; all of them otherwise."""
    return [way for some in ways for way in some if way.name.startswith(os.environ["TAMPERED_ONLY"])]


def kept_line() -> str:
    """Return a checkpoint, as somebody keeps it elsewhere."""
    from workbench.desk import checkpointing  # noqa: PLC0415

    return checkpointing.now().line


def of_model(name: str) -> Iterator[str]:
    """Yield what the check of the seals says about the rows of one model: a part of ``verify_log``."""
    from workbench.desk import seal_check  # noqa: PLC0415

    for batch in seal_check.batches(f"{name}:" if name else ""):
        if name and not batch.place.startswith(f"{name}:"):
            return
        yield from (fault.problem for fault in batch.faults)


def noticed(way: Any, line: str = "") -> bool:
    """Tamper, run the checks until one notices, and undo it."""
    from django.db import DatabaseError, transaction  # noqa: PLC0415

    from benchmarks import log_desk  # noqa: PLC0415
    from benchmarks.log_desk import unbound  # noqa: PLC0415
    from benchmarks.log_forging import run  # noqa: PLC0415

    started = perf_counter()
    with transaction.atomic():
        try:
            with unbound():
                way.prepare()
                if not way.as_app:
                    way.do()
                run("SET LOCAL session_replication_role = origin")
            if way.as_app:
                way.do()
            found = next(of_model(way.model), "") if way.model and not line else ""
            found = found or next(log_desk.problems(line), "")
        except DatabaseError as error:
            found = f"refused: {error}"
            if not way.may_be_refused:
                NOT_TRIED.append(f"{way.name}: {error}")
        transaction.set_rollback(True)
    say(f"{way.name}: {found[:160].splitlines()[0] if found else 'MISSED'} ({perf_counter() - started:.1f} s)")
    return bool(found)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
