"""Heartbeats: when the clock last ticked, and when a worker last served each kind of work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import ExpressionWrapper, F, QuerySet, fields
from django.db.models.functions import Now

from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.models import Heartbeat

CLOCK = "clock"
ARCHIVE_REFUSED = "archive refused"
OFTEN = timedelta(seconds=5)  # a beat this young need not be written again


def beat(name: str) -> None:
    """Note that something lives now, or happened now; a row of that name is written at most every five seconds."""
    if not is_younger(name, OFTEN):
        now = Heartbeat(name=name, at=Now())
        Heartbeat.objects.bulk_create([now], update_conflicts=True, unique_fields=["name"], update_fields=["at"])


def is_younger(name: str, age: timedelta) -> bool:
    """Say whether something was noted within this time, by the clock of the database."""
    return _younger.first(name, age=age) is not None


@CompiledQuery
def _younger(name: str, *, age: timedelta) -> QuerySet[Any]:
    return Heartbeat.objects.filter(name=name, at__gt=Now() - age).order_by().values("pk")


def ages() -> dict[str, float]:
    """Return for everything that was ever noted how many seconds ago that was, by the clock of the database."""
    return {name: max(0.0, since.total_seconds()) for name, since in _ages()}


@CompiledQuery
def _ages() -> QuerySet[Any]:
    age = ExpressionWrapper(Now() - F("at"), output_field=fields.DurationField())
    return Heartbeat.objects.annotate(age=age).values_list("name", "age")
