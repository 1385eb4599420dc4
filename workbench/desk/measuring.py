"""Measure the size of the desk once a day, so that its growth is known."""

from __future__ import annotations

from django.utils import timezone

from workbench.desk import sizes
from workbench.desk.daily_size import DailySize
from workbench.desk.work_queue import Next, WorkQuerySet


def due() -> WorkQuerySet:
    """Return the daily sizes, for a worker; add the row of today where there is none."""
    rows: WorkQuerySet = DailySize.objects.all()
    DailySize.objects.get_or_create(day=timezone.now().date())
    return rows


def measure(size: DailySize) -> Next:
    """Write down the size of the desk as it is now."""
    size.tables = {table.name: [table.rows, table.bytes] for table in sizes.tables()}
    size.database_bytes = sizes.database_bytes()
    size.archive = sizes.archive_bytes()
    size.disks = [{"holds": disk.holds, "total": disk.total, "free": disk.free} for disk in sizes.disks()]
    size.measured_at = timezone.now()
    size.save(update_fields=["tables", "database_bytes", "archive", "disks", "measured_at"])
    return None
