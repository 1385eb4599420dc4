"""How a feed is doing, in words for the pages."""

from __future__ import annotations

from collections.abc import Iterator
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

    ``left_out`` says what of the feed we do not read, ``warning`` that it is an aggregator's.
    """

    badge: Badge
    problem: str = ""
    outcome: str = ""
    left_out: str = ""
    warning: str = ""


def feed_state(feed: Feed) -> FeedState:
    """Return how a feed is doing; where a person stopped it, who did and why is on the row itself."""
    badge = feed_badge(feed)
    if feed.stopped_at:
        return FeedState(badge)
    if feed.trouble:
        return FeedState(badge, problem=told(feed.trouble))
    left_out = " ".join(part for part in (_left_out(feed), _without_page(feed)) if part)
    warning = aggregator_warning() if feed.is_aggregator else ""
    return FeedState(badge, outcome=str(feed.get_last_outcome_display()), left_out=left_out, warning=warning)


def feed_badge(feed: Feed) -> Badge:
    """Return how a feed is doing, in a word or two."""
    return next(badge for holds, badge in _badges(feed) if holds)


def aggregator_warning() -> str:
    """Return what a person should know of a feed that passes on articles of others."""
    return _(
        "This feed links to an aggregator, not to the publishers. We look for the publisher’s own page behind each "
        "link, and not all can be found. Add the publishers’ own feeds if you can."
    )


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


def _without_page(feed: Feed) -> str:
    if not feed.without_page:
        return ""
    text = ngettext(
        "At the last check we left out %(number)s item that is sound or video without a page of text.",
        "At the last check we left out %(number)s items that are sound or video without a page of text.",
        feed.without_page,
    )
    return text % {"number": intcomma(feed.without_page)}


def _badges(feed: Feed) -> Iterator[tuple[object, Badge]]:
    """Yield what may hold of a feed, the worst first, each with its badge."""
    yield feed.stopped_at, Badge(_("stopped manually"))
    yield feed.is_stuck, Badge(_("needs attention"), BAD)
    yield feed.trouble, Badge(_("failing"), BAD)
    yield feed.is_silent, Badge(_("nothing new"), DOUBT)
    yield feed.polled_at, Badge(pgettext("what a feed does", "OK"), GOOD)
    yield True, Badge(_("not checked yet"))
