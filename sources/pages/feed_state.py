"""How a feed is doing, in words for the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sources.gathering.polling import MOST_READ
from sources.models import Feed
from workbench.pages.badges import BAD, DOUBT, GOOD, Badge
from workbench.pages.templatetags.log_words import told

SITEMAPS = {"sitemap", "news_sitemap"}


@dataclass(frozen=True)
class FeedState:
    """The state of a feed: a badge, and under it what went wrong, or how the last check ended, or nothing.

    ``left_out`` says that the feed is longer than we read.
    """

    badge: Badge
    problem: str = ""
    outcome: str = ""
    left_out: str = ""


def feed_state(feed: Feed) -> FeedState:
    """Return how a feed is doing; where a person stopped it, who did and why is on the row itself."""
    badge = _badge(feed)
    if feed.stopped_at:
        return FeedState(badge)
    if feed.trouble:
        return FeedState(badge, problem=told(feed.trouble))
    return FeedState(badge, outcome=str(feed.get_last_outcome_display()), left_out=_left_out(feed))


def feed_warnings(failing: int, silent: int) -> list[str]:
    """Return what the list of feeds warns of."""
    found = []
    if failing:
        found.append(ngettext("%(failing)s feed is failing.", "%(failing)s feeds are failing.", failing))
    if silent:
        found.append(
            ngettext(
                "%(silent)s feed has published nothing new for a week.",
                "%(silent)s feeds have published nothing new for a week.",
                silent,
            )
        )
    return [text % {"failing": failing, "silent": silent} for text in found]


def _left_out(feed: Feed) -> str:
    if not feed.is_capped:
        return ""
    if feed.kind in SITEMAPS:
        text = _("This sitemap is long: at each check we read the %(most)s addresses that changed last.")
    else:
        text = _("This feed is long: at each check we read its first %(most)s articles.")
    return text % {"most": intcomma(MOST_READ)}


def _badge(feed: Feed) -> Badge:
    states: Iterable[tuple[object, Badge]] = (
        (feed.stopped_at, Badge(_("stopped manually"))),
        (feed.is_stuck, Badge(_("needs attention"), BAD)),
        (feed.trouble, Badge(_("failing"), BAD)),
        (feed.is_silent, Badge(_("nothing new"), DOUBT)),
        (feed.polled_at, Badge(pgettext("what a feed does", "OK"), GOOD)),
        (True, Badge(_("not checked yet"))),
    )
    return next(badge for holds, badge in states if holds)
