"""Sealing: what seals cost an act and an ingest, what sealing and checking a million rows takes, and how much memory.

The same acts are done with the triggers that seal, and with these triggers off, in turns.
"""

from __future__ import annotations

import os
import resource
import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any

import django

from benchmarks.desk import desk
from benchmarks.measuring import arguments, report
from workbench.runner import postgres

TIMES = 200
MEGA = 1_000_000
TEXT = "The bridge at Arvel was closed on Monday. Twelve people were hurt when a pylon gave way. "


def main() -> None:
    """Take the figures: here, or inside a process that knows the database."""
    if os.environ.get("SEALED_ROWS"):
        return _inside(int(os.environ["SEALED_ROWS"]))
    given = arguments(str(__doc__), data=False, rows=MEGA)
    with desk(SEALED_ROWS=str(given.rows)) as opened:
        figures = opened.told("sealing", "-m", "benchmarks.sealing")
        figures.pop("machine", None)
    report(**figures)
    return None


def _inside(rows: int) -> None:
    django.setup()
    from django.db import connection  # noqa: PLC0415 -- nothing of Django before its settings are there

    connection.settings_dict["USER"] = postgres.ADMINISTRATOR  # who can switch triggers off
    figures = {**_million(rows), **_acts(), **_passages()}  # rows that were there before come first, as in an upgrade
    report(**figures, peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _acts() -> dict[str, Any]:
    """Return what an act takes, in milliseconds, with its seals and without them."""
    from claims.intake.recording import Proposition, Sighting, log_claim  # noqa: PLC0415 -- once Django is set up
    from claims.review import asking  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    person = make.reviewer()
    claim = log_claim(Proposition("The bridge fell.", "en"), Sighting(quote="fell"), by=person)
    numbers = iter(range(10 * TIMES))

    def act() -> None:
        asking.ask(claim, by=person, text=f"Question {next(numbers)}?")

    with_seals, without = _in_turns(act, ["claims_question"], TIMES)
    return {"act_ms": with_seals, "act_without_seals_ms": without, "seals_of_an_act_ms": round(with_seals - without, 2)}


def _passages() -> dict[str, Any]:
    """Return what keeping a thousand passages of one text takes, and 25 of each of forty texts."""
    from django.utils import timezone  # noqa: PLC0415

    from sources.models import Passage  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    def keep(number: int) -> None:
        reading = make.due_reading(make.capture(taken_at=timezone.now()))
        row = {"exact": TEXT, "prefix": TEXT[:64], "suffix": TEXT[:64], "folded": TEXT.lower(), "language": "en"}
        rows = [row | {"start": n, "end": n + 90} for n in range(number)]
        Passage.objects.keep(reading, rows)

    tables = ["sources_passage"]
    whole = _in_turns(lambda: keep(1000), tables, 15)
    small = _in_turns(lambda: [keep(25) for _ in range(40)], tables, 10)  # type: ignore[func-returns-value]
    return {
        "passages_1000_ms": whole[0],
        "passages_1000_without_seals_ms": whole[1],
        "passages_40x25_ms": small[0],
        "passages_40x25_without_seals_ms": small[1],
    }


def _in_turns(do: Callable[[], Any], tables: list[str], times: int) -> tuple[float, float]:
    """Return the median time of something in milliseconds, with the triggers that seal these tables and without."""
    from django.db import connection  # noqa: PLC0415

    took: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * times):
        is_sealed = turn % 2 == 0
        with connection.cursor() as cursor:
            for table in tables:
                for event in ("insert", "update", "delete"):
                    verb = "ENABLE" if is_sealed else "DISABLE"
                    cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER seal_{event}")
        started = perf_counter()
        do()
        took[is_sealed].append((perf_counter() - started) * 1000)
    return round(statistics.median(took[True]), 2), round(statistics.median(took[False]), 2)


def _million(rows: int) -> dict[str, Any]:
    """Return how long it takes to seal rows that were there before, as a migration does, and to check them all."""
    from workbench.desk import audit, seal_check  # noqa: PLC0415

    _fill(rows // 5)
    started = perf_counter()
    _seal_existing()
    sealed = perf_counter() - started
    audit.bind_seals()
    started, checked, slowest, last = perf_counter(), 0, 0.0, perf_counter()
    faults = []
    for batch in seal_check.batches():
        checked, faults = checked + batch.rows, faults + batch.faults
        slowest, last = max(slowest, perf_counter() - last), perf_counter()
    took = perf_counter() - started
    started = perf_counter()
    chains = [fault for name in audit.chains() for fault in audit.verify(name)]
    return {
        "rows": checked,
        "sealed_existing_s": round(sealed, 1),
        "checked_s": round(took, 1),
        "chains_s": round(perf_counter() - started, 1),
        "slowest_batch_s": round(slowest, 1),
        "faults": len(faults) + len(chains),
        "first_faults": [str(fault) for fault in [*faults, *chains][:3]],
    }


def _fill(number: int) -> None:
    """Add documents, visits, captures, texts of 2,000 letters and passages: so many of each, without seals."""
    from django.db import connection, transaction  # noqa: PLC0415

    series = f"generate_series(1, {number}) n"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, columns in _columns().items():
            names = ", ".join(f'"{name}"' for name in columns)
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} FROM {series}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _columns() -> dict[str, dict[str, str]]:
    """Return for each table the columns that are filled, each with its SQL; other columns get an empty value."""
    from sources.models import Capture, Document, FetchAttempt, Passage, Reading  # noqa: PLC0415

    key = "1000000 + n"
    own: dict[Any, dict[str, str]] = {
        Document: {"url": "'https://example.org/' || n", "host": "'example.org'", "title": "'Title ' || n"},
        FetchAttempt: {"document_id": key, "outcome": "'ok'", "final_url": "'https://example.org/' || n"},
        Capture: {"document_id": key, "attempt_id": key, "sha256": "md5(n::text) || md5(n::text)"},
        Reading: {"capture_id": key, "text": f"n || repeat('{TEXT}', 22)", "sha256": "md5(n::text) || md5(n::text)"},
        Passage: {"reading_id": key, "start": "0", "end": "90", "exact": f"'{TEXT}' || n", "folded": "n::text"},
    }
    return {
        model._meta.db_table: {
            **{field.column: _empty(field) for field in model._meta.concrete_fields if not field.generated},
            "id": key,
            **columns,
        }
        for model, columns in own.items()
    }


def _empty(field: Any) -> str:
    if field.null:
        return "NULL"
    kind = field.get_internal_type()
    return {
        "DateTimeField": "now()",
        "BooleanField": "false",
        "DurationField": "interval '1 second'",
        "JSONField": "'[]'::jsonb",
    }.get(kind, "0" if kind.endswith("IntegerField") or kind in {"FloatField", "ForeignKey"} else "''")


def _seal_existing() -> None:
    """Seal what has no seal yet, as the migrations do."""
    from django.apps import apps  # noqa: PLC0415

    from workbench.desk.seal_registry import sealed  # noqa: PLC0415
    from workbench.desk.seal_triggers import SealedTable  # noqa: PLC0415

    for model, rule in sealed().values():
        SealedTable(model, rule.columns, rule.number, rule.group).seal_existing(apps.get_model("workbench", "LogEntry"))


if __name__ == "__main__":
    main()
