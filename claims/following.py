"""Follow a claim until it is closed: workers gather coverage, spot figures and attributions, and suggest evidence."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta

from django.utils import timezone

from claims.evidence import fact_check_matching, gathering, matching
from claims.intake import spotting
from claims.models import Claim
from workbench.desk.work_queue import Next

AGAIN = timedelta(minutes=5)  # while the operator's embeddings server does not answer


def follow(claim: Claim) -> Generator[None, None, Next]:
    """Start a claim's searches, spot what its words hold, and compare it with all that is held, step by step.

    The searches start in a step of their own: a worker that has just started loads the model before it compares, and
    providers answer meanwhile. Then the claim rests: coverage that arrives is compared with all open claims at once
    (``coverage_matching``).
    Nothing is added to a closed claim, even if it is closed during this step.
    """
    if claim.is_closed:
        return None
    is_new = gathering.is_to_begin(claim)
    found = None if is_new else matching.compare(claim)
    yield
    claim.refresh_from_db(fields=["status", "round"])
    if claim.is_closed:
        return None
    spotting.spot(claim)
    gathering.gather(claim)
    fact_check_matching.follow(claim)
    if is_new:
        return timezone.now()
    if found is None:
        return None
    matching.suggest(claim, found)
    if found.cut_off:
        return timezone.now() + AGAIN
    return timezone.now()  # the next step goes on, or sees that this was the last
