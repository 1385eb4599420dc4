"""Captures with a browser: the button that requests one, and the screenshot."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sources.capturing import rendering
from sources.models import Capture, Document
from sources.proving import replay
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.forms import attempt
from workbench.pages.http import Request

# Our own browser made the screenshot, but of a page that may be hostile: it may be viewed, and nothing else.
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
    done = _("A browser is capturing the page. The capture should appear in the list in a minute.")
    attempt(request, partial(rendering.ask, document, by=request.user), done=done)
    return redirect(document)


@require_safe
def show_screenshot(request: Request, pk: int) -> HttpResponse:
    """Send the screenshot of a capture."""
    require(request.user, DeskAct.READ)
    capture = get_object_or_404(Capture.objects.exclude(browser=""), pk=pk)
    try:
        picture = replay.screenshot(capture)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    name = f'inline; filename="capture-{capture.pk}.png"'
    return HttpResponse(picture, headers={**PICTURE, "Content-Disposition": name})
