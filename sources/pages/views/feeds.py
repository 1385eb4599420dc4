"""Pages on feeds: what is polled, what fails, and what has fallen silent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sources.gathering import discovering, polling, stopping
from sources.models import Feed, Source
from sources.models.vocabulary import SourceAct
from sources.pages.forms import FeedForm, StopForm
from workbench.desk.roles import require
from workbench.pages.http import Request
from workbench.pages.paging import paged


@require_safe
def show_feeds(request: Request) -> HttpResponse:
    """Show all feeds, those in trouble first."""
    rows = Feed.objects.select_related("source", "stopped_by").order_by("-trouble", "url")
    context = {
        "failing": Feed.objects.in_trouble().count(),
        "silent": Feed.objects.silent().count(),
        **paged(request, rows),
    }
    return render(request, "sources/feeds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_feed(request: Request) -> HttpResponse:
    """Add a feed of a source and have it polled at once."""
    require(request.user, SourceAct.GATHER)
    form = FeedForm(request.POST or None, initial={"source": request.GET.get("source")})
    if request.method == "POST" and form.is_valid():
        try:
            feed = polling.add_feed(form.cleaned_data["source"], form.cleaned_data["url"], by=request.user)
        except polling.NotAdded as refusal:
            form.add_error("url", str(refusal))
        else:
            messages.success(request, _("The feed was added. We are checking it now."))
            return redirect(feed)
    return render(request, "sources/add_feed.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def stop_feed(request: Request, pk: int) -> HttpResponse:
    """Stop polling a feed, with the reason."""
    require(request.user, SourceAct.GATHER)
    feed = get_object_or_404(Feed.objects.select_related("source"), pk=pk)
    form = StopForm(request.POST or None)
    if form.is_valid():
        try:
            stopping.stop(feed, by=request.user, **form.cleaned_data)
        except stopping.NotStopped as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The feed is stopped. We no longer check it."))
            return redirect(feed)
    return render(request, "sources/stop_feed.html", {"form": form, "feed": feed}, status=422 if form.errors else 200)


@require_POST
def poll_again(request: Request, pk: int) -> HttpResponse:
    """Have a feed that was stopped polled again."""
    feed = get_object_or_404(Feed, pk=pk)
    try:
        stopping.poll_again(feed, by=request.user)
    except stopping.NotStopped as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("We are checking this feed again."))
    return redirect(feed)


@require_POST
def look_for_feeds(request: Request, pk: int) -> HttpResponse:
    """Have the home pages of a source looked through for feeds."""
    source = get_object_or_404(Source, pk=pk)
    try:
        discovering.ask(source, by=request.user)
    except discovering.NotAsked as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("We are looking for feeds on the home pages of this source. Any we find will appear here in a moment."),
        )
    return redirect(source)
