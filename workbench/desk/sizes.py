"""How large the desk is and how fast it grows: tables, database, archive by month, disks, slowest queries."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from workbench.desk import declarations
from workbench.desk.daily_size import DailySize
from workbench.desk.forecast import FEWEST_DAYS, Forecast, forecast
from workbench.runner import paths

REMEMBERED = timedelta(days=28)  # the days from which growth is computed
MOST_QUERIES = 10
LONGEST_QUERY = 300  # characters

TABLES = """
    SELECT relname, CASE WHEN reltuples < 0 THEN NULL ELSE reltuples::bigint END,
        pg_total_relation_size(oid), pg_table_size(oid) - toast, pg_indexes_size(oid), toast
    FROM pg_class
    CROSS JOIN LATERAL (SELECT coalesce(pg_total_relation_size(nullif(reltoastrelid, 0)), 0) AS toast) beside
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
"""
QUERIES = """
    SELECT query, calls, mean_exec_time FROM pg_stat_statements
    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY mean_exec_time DESC LIMIT %s
"""


@dataclass(frozen=True)
class TableSize:
    """A table with the planner's estimate of its rows (None where it has none yet), and its bytes."""

    name: str
    label: str
    rows: int | None
    bytes: int
    heap_bytes: int  # the rows themselves
    index_bytes: int
    toast_bytes: int  # long texts, which PostgreSQL stores beside the table
    weekly: int | None = None  # bytes; None with less than a week of figures


@dataclass(frozen=True)
class Disk:
    """A disk that we can see: what of ours is on it (``archive``, ``database``), and its bytes."""

    holds: tuple[str, ...]
    total: int
    free: int
    forecast: Forecast | None = None  # None with less than a week of figures


@dataclass(frozen=True)
class SlowQuery:
    """A query that the database server found slow, without its values."""

    text: str
    calls: int
    milliseconds: float  # on average


@dataclass(frozen=True)
class Sizes:
    """The size of the desk now, and its growth."""

    tables: Sequence[TableSize]  # the largest first
    database_bytes: int
    database_weekly: int | None
    archive: Mapping[str, int]  # bytes by month, as 2026-11
    archive_as_of: date | None
    disks: Sequence[Disk]
    slowest: Sequence[SlowQuery] | None  # None where the server does not record it
    days: int  # between the oldest and the newest of the figures that growth is computed from


def sizes(*, archive: Mapping[str, int] | None = None) -> Sizes:
    """Return the size of the desk. The archive's is that of the last daily figures unless it is given."""
    kept = list(_kept())
    last = kept[0] if kept else None
    before = next((row for row in kept if (_today() - row.day).days >= FEWEST_DAYS), None)
    total = database_bytes()
    return Sizes(
        tables=[_with_growth(table, before) for table in tables()],
        database_bytes=total,
        database_weekly=_weekly(total, before.database_bytes, before) if before else None,
        archive=archive if archive is not None else last.archive if last else {},
        archive_as_of=_today() if archive is not None else last.day if last else None,
        disks=[_with_forecast(disk, kept) for disk in disks()],
        slowest=slowest(),
        days=(kept[0].day - kept[-1].day).days if kept else 0,
    )


def tables() -> list[TableSize]:
    """Return every table, the largest first. No table is read: the server knows these figures."""
    labels = {model._meta.db_table: _label(model) for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        found = [TableSize(name, labels.get(name, ""), *numbers) for name, *numbers in cursor.fetchall()]
    return sorted(found, key=lambda table: (-table.bytes, table.name))


def _label(model: type[Model]) -> str:
    """Return what people call the rows of a table; of a table that only links two others, both."""
    if not model._meta.auto_created:
        return str(model._meta.verbose_name_plural)
    linked = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
    return " ↔ ".join(str(each._meta.verbose_name_plural) for each in linked)  # type: ignore[union-attr]


def database_bytes() -> int:
    """Return the bytes of the whole database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def archive_bytes() -> dict[str, int]:
    """Return the bytes that the apps store outside the database, by month as ``2026-11``. This reads much."""
    total: Counter[str] = Counter()
    for measured in declarations.archives():
        total.update(measured())
    return dict(sorted(total.items()))


def disks() -> list[Disk]:
    """Return the disks of the archive folder and of the embedded database, each once; none where both are elsewhere."""
    places: dict[str, Path] = {}
    if not settings.ARCHIVE_STORAGE:
        places["archive"] = paths.nearest(settings.ARCHIVE_FOLDER)
    if paths.database_url(settings.VAR) == settings.DATABASE_URL:
        places["database"] = paths.nearest(paths.postgres_folder(settings.VAR))
    by_device: dict[int, list[str]] = {}
    for name, path in places.items():
        by_device.setdefault(path.stat().st_dev, []).append(name)
    return [_disk(names, places[names[0]]) for names in by_device.values()]


def slowest() -> list[SlowQuery] | None:
    """Return the queries that take longest on average; None where the server has no ``pg_stat_statements``."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(QUERIES, [MOST_QUERIES])
            found = cursor.fetchall()
    except DatabaseError:  # the extension is not installed, not loaded, or not ours to read
        return None
    return [SlowQuery(" ".join(text.split())[:LONGEST_QUERY], calls, float(mean)) for text, calls, mean in found]


def _kept() -> Any:
    """Return the figures of the last weeks, the newest first."""
    return DailySize.objects.filter(measured_at__isnull=False, day__gte=_today() - REMEMBERED)


def _today() -> date:
    return timezone.now().date()


def _disk(names: list[str], path: Path) -> Disk:
    usage = shutil.disk_usage(path)
    return Disk(tuple(names), usage.total, usage.free)


def _weekly(now: int, then: int, before: DailySize) -> int:
    return round((now - then) * 7 / (_today() - before.day).days)


def _with_growth(table: TableSize, before: DailySize | None) -> TableSize:
    if before is None:
        return table
    _rows, then = before.tables.get(table.name, (0, 0))
    return TableSize(**{**vars(table), "weekly": _weekly(table.bytes, then, before)})


def _with_forecast(disk: Disk, kept: Sequence[DailySize]) -> Disk:
    """Return a disk with its forecast; what is used counts, so a disk that was enlarged does not confuse it."""
    used = [
        (row.day, known["total"] - known["free"])
        for row in kept
        for known in row.disks
        if tuple(known["holds"]) == disk.holds
    ]
    past = [(day, bytes_) for day, bytes_ in used if day != _today()]
    return Disk(disk.holds, disk.total, disk.free, forecast([*past, (_today(), disk.total - disk.free)], disk.free))
