"""Pages about feeds: the list with failing and silent feeds; add, stop and resume feeds; look for feeds."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sources.gathering import discovering, polling, stopping
from sources.models import Feed, Source
from sources.models.vocabulary import SourceAct
from sources.pages import source_queries
from sources.pages.feed_state import aggregator_warning, feed_warnings
from sources.pages.forms import FeedForm, StopForm, WordsForm
from sources.pages.lists import FEEDS
from workbench.desk.roles import require
from workbench.desk.word_search import found_in_list
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request
from workbench.pages.lists import listed


@require_safe
def show_feeds(request: Request) -> HttpResponse:
    """Show all feeds, those with a problem first."""
    form = WordsForm(request.GET)
    rows = found_in_list(Feed, source_queries.every_feed.bound(), form.asked("words"))
    warnings = feed_warnings(Feed.objects.in_trouble().count(), Feed.objects.silent().count())
    return render(request, "sources/feeds.html", {"warnings": warnings, **listed(request, FEEDS, rows, form)})


@require_http_methods(["GET", "HEAD", "POST"])
def add_feed(request: Request) -> HttpResponse:
    """Add a feed of a source and have it polled now."""
    require(request.user, SourceAct.GATHER)
    form = FeedForm(sent(request), initial={"source": request.GET.get("source")})
    done = _("The feed was added. We are checking it now.")
    feed = submit(request, form, partial(polling.add_feed, by=request.user), done=done)
    if feed is None:
        return form_page(request, "sources/add_feed.html", form)
    if polling.is_aggregator(feed):
        messages.warning(request, aggregator_warning())
    return redirect(feed)


@require_http_methods(["GET", "HEAD", "POST"])
def stop_feed(request: Request, pk: int) -> HttpResponse:
    """Stop checking a feed, with the reason."""
    require(request.user, SourceAct.GATHER)
    feed = get_object_or_404(Feed.objects.select_related("source"), pk=pk)
    form = StopForm(sent(request))
    done = _("The feed is stopped. We no longer check it.")
    if submit(request, form, partial(stopping.stop, feed, by=request.user), done=done):
        return redirect(feed)
    return form_page(request, "sources/stop_feed.html", form, {"feed": feed})


@require_POST
def poll_again(request: Request, pk: int) -> HttpResponse:
    """Resume checking a stopped feed."""
    feed = get_object_or_404(Feed, pk=pk)
    done = _("We are checking this feed again.")
    attempt(request, partial(stopping.poll_again, feed, by=request.user), done=done)
    return redirect(feed)


@require_POST
def look_for_feeds(request: Request, pk: int) -> HttpResponse:
    """Look for feeds on the home pages of a source."""
    source = get_object_or_404(Source, pk=pk)
    done = _("We are looking for feeds on the home pages of this source. Any we find will appear here in a moment.")
    attempt(request, partial(discovering.ask, source, by=request.user), done=done)
    return redirect(source)
