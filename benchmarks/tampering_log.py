"""Tampering with the log: the owner of the database changes, removes and forges what a desk has said, triggers off.

Every way is tried on the same desk and undone. After each, the three checks run as an administrator runs them:
`verify_log`, `verify_claims` and `verify_captures --archive`. Ways that also forge every hash up to the end of the
chain are counted apart: who has kept the ends of the chains elsewhere notices them. Beside them, lawful changes are
made, after which nothing may be said to differ: renames, roles, passwords, retention, a restore, an upgrade.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import django

from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say


def main() -> None:
    """Take the figures: here, or inside a process that knows the database."""
    if os.environ.get("TAMPERED_DESK"):
        return _inside()
    arguments(str(__doc__), data=False)
    with desk(TAMPERED_DESK="1", WORKBENCH_SAMPLE="1", WAYBACK="1") as opened:
        figures = opened.told("tampering", "-m", "benchmarks.tampering_log")
        figures.pop("machine", None)
    report(**figures)
    return None


def _inside() -> None:
    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django before its settings are there

    from benchmarks import lawful, log_desk, log_forging, log_ways  # noqa: PLC0415

    settings.SAMPLE = True
    log_desk.build()
    sound = list(problems())
    if sound:
        raise SystemExit(f"The desk does not hold before anything is done to it: {sound}")
    heads = kept_heads()
    rows, forged = [*log_ways.of_rows(), *log_ways.of_log(), *log_ways.of_stories()], list(log_forging.rewritten())
    missed = [way.name for way in rows if not noticed(way)]
    unseen = [way.name for way in forged if not noticed(way)]
    unseen_with = [way.name for way in forged if not noticed(way, heads)]
    alarms = {name: found for name, do in lawful.changes() if (found := after(do))}
    report(
        ways=len(rows) + len(forged),
        missed_without_checkpoint=len(missed),
        missed_without_checkpoint_rows=missed,
        rewritten=len(forged),
        rewritten_missed_without_checkpoint=len(unseen),
        rewritten_missed_without_checkpoint_rows=unseen,
        missed_with_kept_ends=unseen_with,
        lawful=len(lawful.NAMES),
        false_alarms=len(alarms),
        false_alarms_rows=alarms,
    )


def problems() -> Iterator[str]:
    """Yield what the three checks say, the quickest first."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415

    for name, how in (("verify_log", {}), ("verify_claims", {}), ("verify_captures", {"archive": True})):
        try:
            call_command(name, stdout=io.StringIO(), stderr=io.StringIO(), **how)
        except CommandError as problem:
            yield f"{name}: {problem}"


def kept_heads() -> dict[str, tuple[int, str]]:
    """Return the ends of all chains, as somebody keeps them elsewhere."""
    from workbench.desk.models import LogHead  # noqa: PLC0415

    return {head.chain: (head.seq, head.hash) for head in LogHead.objects.all()}


def noticed(way: Any, heads: dict[str, tuple[int, str]] | None = None) -> bool:
    """Tamper, run the checks until one notices, and undo it."""
    from django.db import DatabaseError, connection, transaction  # noqa: PLC0415

    started = perf_counter()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        try:
            way.do()
        except DatabaseError as error:
            raise SystemExit(f"{way.name} could not be tried: {error}") from error
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = origin")
        found = next(problems(), "") or _lost(heads or {})
        transaction.set_rollback(True)
    say(f"{way.name}: {found[:160] or 'MISSED'} ({perf_counter() - started:.1f} s)")
    return bool(found)


def _lost(heads: dict[str, tuple[int, str]]) -> str:
    """Return the first kept end that is no longer in its chain."""
    from workbench.desk.models import LogEntry  # noqa: PLC0415

    there = set(LogEntry.objects.values_list("chain", "seq", "hash"))
    return next((f"the end of {chain} is gone" for chain, end in heads.items() if (chain, *end) not in there), "")


def after(do: Any) -> list[str]:
    """Make a lawful change, and return what the checks say that differs."""
    do()
    return list(problems())


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
