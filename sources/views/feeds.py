"""Pages on feeds: what is polled, what fails, and what has fallen silent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sources import discovering, polling
from sources.forms import FeedForm
from sources.models import Feed, Source
from workbench.http import Request
from workbench.paging import paged
from workbench.roles import Act, require


@require_safe
def show_feeds(request: Request) -> HttpResponse:
    """Show all feeds, those in trouble first."""
    rows = Feed.objects.select_related("source").order_by("-trouble", "url")
    context = {
        "failing": Feed.objects.in_trouble().count(),
        "silent": Feed.objects.silent().count(),
        **paged(request, rows),
    }
    return render(request, "sources/feeds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_feed(request: Request) -> HttpResponse:
    """Add a feed of a source and have it polled at once."""
    require(request.user, Act.GATHER)
    form = FeedForm(request.POST or None, initial={"source": request.GET.get("source")})
    if request.method == "POST" and form.is_valid():
        try:
            feed = polling.add_feed(form.cleaned_data["source"], form.cleaned_data["url"], by=request.user)
        except polling.NotAdded as refusal:
            form.add_error("url", str(refusal))
        else:
            messages.success(request, _("The feed was added and is being polled."))
            return redirect(feed)
    return render(request, "sources/add_feed.html", {"form": form}, status=422 if form.errors else 200)


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
            request, _("Its home pages are being looked through. What they name appears here in a moment.")
        )
    return redirect(source)
