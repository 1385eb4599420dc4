"""Stop checking a feed, with the reason, and resume checking it. Nothing is deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.models import Feed
from sources.models.feed import FIRST_INTERVAL
from sources.models.vocabulary import SourceAct, SourceVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


@transaction.atomic
def stop(feed: Feed, *, by: User, reason: str) -> Feed:
    """Stop polling a feed and the sitemaps that it names, until somebody resumes it; return the feed.

    Raises ``Refusal``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    if not reason.strip():
        raise Refusal(_("Give a reason: nobody can check a decision without one."), "no_reason", field="reason")
    if _hold(feed).stopped_at is not None:
        raise Refusal(_("This feed is already stopped."), "stopped")
    now = timezone.now()
    for row in _with_children(feed):
        if row.stopped_at is None:
            _write(row, now, by, reason.strip())
            row.rest()
            audit.record(by, SourceVerb.STOPPED_FEED, row, url=row.url, reason=reason.strip())
    return feed


@transaction.atomic
def poll_again(feed: Feed, *, by: User) -> Feed:
    """Resume polling a stopped feed, and the sitemaps stopped with it, now and as often as a new one; return it.

    Raises ``Refusal``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    stopped_at = _hold(feed).stopped_at
    if stopped_at is None:
        raise Refusal(_("This feed is not stopped."), "not_stopped")
    for row in _with_children(feed):
        if row.stopped_at == stopped_at:
            row.interval = FIRST_INTERVAL
            _write(row, None, None, "")
            row.ask()
            audit.record(by, SourceVerb.RESUMED_FEED, row, url=row.url)
    return feed


def _hold(feed: Feed) -> Feed:
    """Return the feed as it is now, locked until the transaction ends."""
    held: Feed = Feed.objects.select_for_update(no_key=True).get(pk=feed.pk)
    return held


def _with_children(feed: Feed) -> list[Feed]:
    """Return a feed and every sitemap below it, each locked after the one that names it, as polling locks them."""
    below = feed.children.order_by("pk")
    return [_hold(feed), *(row for child in below for row in _with_children(child))]


def _write(feed: Feed, at: datetime | None, by: User | None, why: str) -> None:
    feed.stopped_at, feed.stopped_by, feed.stopped_why = at, by, why
    feed.save(update_fields=["stopped_at", "stopped_by", "stopped_why", "interval"])
