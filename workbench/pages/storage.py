"""The storage page: sizes and growth of tables, database, archive and disks, and when a disk will be full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from workbench.desk.forecast import FEWEST_DAYS, Forecast
from workbench.desk.roles import require
from workbench.desk.sizes import Disk, Sizes, sizes
from workbench.desk.vocabulary import DeskAct
from workbench.pages.http import Request

MOST_MONTHS = 36  # shown of the archive
SOON = timedelta(days=90)  # a disk that may be full by then needs a person


@dataclass(frozen=True)
class ShownDisk:
    """A disk in words: what is on it, and when it will be full."""

    disk: Disk
    name: str
    full: str
    is_soon: bool


@require_safe
def show_storage(request: Request) -> HttpResponse:
    """Show how large the desk is, how fast it grows, and when a disk will be full."""
    require(request.user, DeskAct.MANAGE_STORAGE)
    return render(request, "records/storage.html", storage(sizes()))


def storage(found: Sizes) -> dict[str, object]:
    """Return what the page shows of sizes."""
    months = sorted(found.archive.items(), reverse=True)
    return {
        "sizes": found,
        "disks": [shown_disk(disk) for disk in found.disks],
        "fewest_days": FEWEST_DAYS,
        "months": [(_first_day(month), size) for month, size in months[:MOST_MONTHS]],
        "older_months": sum(size for _month, size in months[MOST_MONTHS:]),
        "archive_bytes": sum(found.archive.values()),
        "unseen": {"archive", "database"} - {name for disk in found.disks for name in disk.holds},
    }


def shown_disk(disk: Disk) -> ShownDisk:
    """Return a disk in words."""
    by = disk.forecast.earliest if disk.forecast else None
    is_soon = by is not None and by < timezone.now().date() + SOON
    return ShownDisk(disk, _name(disk.holds), full_in_words(disk.forecast), is_soon)


def full_in_words(found: Forecast | None) -> str:
    """Return when a disk will be full, with the doubt about it."""
    if found is None:
        return _("Too early to tell when it will be full: there are figures of less than %(n)d days.") % {
            "n": FEWEST_DAYS
        }
    if found.earliest is None:
        return _("At this growth it will not be full within ten years.")
    days = {name: date_format(day) for name, day in vars(found).items() if isinstance(day, date)}
    if found.likely is None:
        return _("Not full before %(earliest)s, and at this growth not within ten years.") % days
    if found.latest is None:
        return _("Full around %(likely)s at this growth, and not before %(earliest)s.") % days
    return _("Full around %(likely)s at this growth: not before %(earliest)s, and by %(latest)s.") % days


def _name(holds: Sequence[str]) -> str:
    if set(holds) == {"archive", "database"}:
        return _("Archive and database")
    return _("Archive") if "archive" in holds else _("Database")


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
