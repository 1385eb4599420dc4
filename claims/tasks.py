"""The Celery tasks about claims and their timetable. A message only says that there may be work."""

from __future__ import annotations

from celery import shared_task

from claims import following
from claims.evidence import coverage_matching, fact_check_matching
from claims.models import Claim
from workbench.desk.work_queue import drain


@shared_task
def follow_claims() -> None:
    """Follow the claims that are due: gather coverage and suggest evidence."""
    drain(Claim.objects.all(), following.follow)


@shared_task
def compare_new_coverage() -> None:
    """Compare coverage that has arrived with all open claims."""
    drain(coverage_matching.due(), coverage_matching.compare)


@shared_task
def look_up_fact_checks() -> None:
    """Look up earlier fact-checks for the claims that are due."""
    drain(fact_check_matching.due(), fact_check_matching.look_up)


# Seconds between two pulses of each task.
TIMETABLE = {
    "claims.tasks.follow_claims": 5,
    "claims.tasks.compare_new_coverage": 3,
    "claims.tasks.look_up_fact_checks": 5,
}
