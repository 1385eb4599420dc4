"""Retry failed work: make rows with a problem due again, and note who did it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import transaction

from workbench.desk import audit, hidden_rows
from workbench.desk.amounts import Amount, CountsTogether
from workbench.desk.kept_plans import KeptPlan
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct, DeskVerb
from workbench.desk.work_queue import Work


@cache
def kinds() -> dict[str, type[Work]]:
    """Return every kind of row that is work, by its label ``app.model``; the ground floor comes first."""
    return {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Work)}


def failing() -> dict[str, Amount]:
    """Return how many rows of each kind have a problem, by label; kinds without one are left out."""
    return {label: number for label, number in _failing(hidden_rows.fingerprint()).now().items() if number}


@lru_cache(maxsize=64)
def _failing(hides: hidden_rows.Fixed) -> CountsTogether:
    """Return the query for a reader; the same one for all from whom the same rows are hidden."""
    rows = {label: kind._default_manager.exclude(trouble="") for label, kind in kinds().items()}
    return CountsTogether(rows, kind=str if hides else KeptPlan)


@transaction.atomic
def retry(rows: Iterable[Any], *, by: User) -> int:
    """Make the rows that have a problem due now, with no tries counted; return how many.

    Raises ``NotPermitted``.
    """
    require(by, DeskAct.RETRY_WORK)
    retried = 0
    for row in rows:
        if not row.trouble:
            continue
        row.ask()  # first: every activity locks a row before the end of its chain, or two could deadlock
        audit.record(by, DeskVerb.RETRIED, row, tries=row.tries, trouble=row.trouble)
        retried += 1
    return retried
