"""How much of the archive each month takes, by the records of the captures taken in it."""

from __future__ import annotations

from datetime import UTC

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from sources.models.document import Capture


def bytes_by_month() -> dict[str, int]:
    """Return the bytes of the records of all captures, by month as ``2026-11``. This reads every capture."""
    months = Capture.objects.order_by().annotate(month=TruncMonth("taken_at", tzinfo=UTC)).values_list("month")
    return {f"{month:%Y-%m}": size for month, size in months.annotate(size=Sum("warc_length"))}


ARCHIVES = [bytes_by_month]
