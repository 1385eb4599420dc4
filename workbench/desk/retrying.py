"""Set work that failed on its way again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import transaction

from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct, DeskVerb
from workbench.desk.work_queue import Work


def kinds() -> dict[str, type[Work]]:
    """Return every kind of row that is work, by its label such as ``sources.feed``, those of the ground floor first."""
    return {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Work)}


@transaction.atomic
def retry(rows: Iterable[Any], *, by: User) -> int:
    """Make those of these rows that are in trouble due now, with a clean sheet; return how many.

    Raises ``NotPermitted``.
    """
    require(by, DeskAct.RETRY_WORK)
    retried = 0
    for row in rows:
        if not row.trouble:
            continue
        row.ask()  # first: every activity takes a row before the end of its chain, or two would wait for each other
        audit.record(by, DeskVerb.RETRIED, row, tries=row.tries, trouble=row.trouble)
        retried += 1
    return retried
