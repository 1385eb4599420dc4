"""Captures with a browser: asked for, and the picture of what it showed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sources.archive import warc
from sources.capturing import preserving, rendering
from sources.models import Capture, Document
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.http import Request

# The picture was drawn by our own browser, but of a page that may be hostile: it can be looked at, and nothing else.
PICTURE = {
    "Content-Type": "image/png",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_POST
def render_document(request: Request, pk: int) -> HttpResponse:
    """Have a document captured with a browser."""
    document = get_object_or_404(Document, pk=pk)
    try:
        rendering.ask(document, by=request.user)
    except rendering.NotRendered as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("A browser is capturing the page. The capture should appear in the list in a minute.")
        )
    return redirect(document)


@require_safe
def show_screenshot(request: Request, pk: int) -> HttpResponse:
    """Show the picture of a page as the browser had it when it was captured."""
    require(request.user, DeskAct.READ)
    capture = get_object_or_404(Capture.objects.exclude(browser=""), pk=pk)
    try:
        picture = preserving.screenshot_of(capture)
    except (warc.Missing, OSError) as problem:
        raise Http404(_("We could not read this capture from the archive.")) from problem
    name = f'inline; filename="capture-{capture.pk}.png"'
    return HttpResponse(picture, headers={**PICTURE, "Content-Disposition": name})
