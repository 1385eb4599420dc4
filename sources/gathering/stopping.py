"""Stop polling a feed that is wrong or of no use, and have it polled again. Nothing is deleted."""

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
from workbench.desk.roles import require


class NotStopped(Exception):
    """This feed cannot be stopped, or polled again. The message is fit to show to a person."""


@transaction.atomic
def stop(feed: Feed, *, by: User, reason: str) -> None:
    """Poll a feed no more, nor the sitemaps that it names, until somebody has it polled again.

    Raises ``NotStopped``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    if not reason.strip():
        raise NotStopped(_("Give a reason: nobody can check a decision without one."))
    if _hold(feed).stopped_at is not None:
        raise NotStopped(_("This feed is already stopped."))
    now = timezone.now()
    for row in _with_children(feed):
        if row.stopped_at is None:
            _write(row, now, by, reason.strip())
            row.rest()
            audit.record(by, SourceVerb.STOPPED_FEED, row, url=row.url, reason=reason.strip())


@transaction.atomic
def poll_again(feed: Feed, *, by: User) -> None:
    """Poll a feed that was stopped now and at the pace of a new one, and the sitemaps that were stopped with it.

    Raises ``NotStopped``, ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    stopped_at = _hold(feed).stopped_at
    if stopped_at is None:
        raise NotStopped(_("This feed is not stopped."))
    for row in _with_children(feed):
        if row.stopped_at == stopped_at:
            row.interval = FIRST_INTERVAL
            _write(row, None, None, "")
            row.ask()
            audit.record(by, SourceVerb.RESUMED_FEED, row, url=row.url)


def _hold(feed: Feed) -> Feed:
    """Return the feed as it is now, held until the transaction ends."""
    held: Feed = Feed.objects.select_for_update(no_key=True).get(pk=feed.pk)
    return held


def _with_children(feed: Feed) -> list[Feed]:
    """Return a feed and every sitemap below it, each held after the one that names it, as polling holds them."""
    below = feed.children.order_by("pk")
    return [_hold(feed), *(row for child in below for row in _with_children(child))]


def _write(feed: Feed, at: datetime | None, by: User | None, why: str) -> None:
    feed.stopped_at, feed.stopped_by, feed.stopped_why = at, by, why
    feed.save(update_fields=["stopped_at", "stopped_by", "stopped_why", "interval"])
