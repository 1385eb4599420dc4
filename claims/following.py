"""Follow a claim until it is closed: workers gather coverage, spot figures and attributions, and suggest evidence."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta

from django.utils import timezone

from claims.evidence import gathering, matching
from claims.intake import spotting
from claims.models import Claim
from workbench.desk.work_queue import Next

FRESH = timedelta(minutes=10)  # somebody is looking at the page and waits
YOUNG = timedelta(days=2)


def follow(claim: Claim) -> Generator[None, None, Next]:
    """Start a claim's searches, spot what its words hold, and suggest passages that came in since the last step.

    Nothing is added to a closed claim, even if it is closed during this step.
    """
    if claim.is_closed:
        return None
    found = matching.compare(claim)
    yield
    claim.refresh_from_db(fields=["status"])
    if claim.is_closed:
        return None
    spotting.spot(claim)
    gathering.gather(claim)
    matching.suggest(claim, found)
    return timezone.now() if found.more else next_look(claim, timezone.now())


def next_look(claim: Claim, now: datetime) -> datetime | None:
    """Return when to follow a claim again: within seconds while somebody waits, then less and less often."""
    if claim.is_closed:
        return None
    age = now - claim.logged_at
    if age < FRESH:
        return now + timedelta(seconds=3)
    return now + (timedelta(minutes=1) if age < YOUNG else timedelta(hours=1))
