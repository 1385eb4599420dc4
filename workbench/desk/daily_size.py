"""The size of the desk on each day: tables, database, archive and disks; one small row per day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from workbench.desk.work_queue import Work


class DailySize(Work):
    """What the desk stored on one day (UTC). Its work is to be measured, once; a year of rows takes less than 1 MB."""

    task = "workbench.tasks.measure_sizes"

    day = models.DateField(_("day"), unique=True)
    measured_at = models.DateTimeField(_("measured at"), null=True, editable=False)
    tables = models.JSONField(_("tables"), default=dict, editable=False)  # name → [rows, bytes]
    database_bytes = models.PositiveBigIntegerField(_("bytes of the database"), default=0, editable=False)
    archive = models.JSONField(_("bytes of the archive by month"), default=dict, editable=False)
    disks = models.JSONField(_("disks"), default=list, editable=False)  # what is on it, bytes in all, bytes free

    class Meta(Work.Meta):
        verbose_name = _("daily size")
        verbose_name_plural = _("daily sizes")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}"
