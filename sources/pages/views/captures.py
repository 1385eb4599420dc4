"""The page that shows a capture as it looked, in a frame that it cannot leave."""

from __future__ import annotations

from functools import partial

from csp.decorators import csp_update
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sources.models import Capture
from sources.pages import media_section, original_file
from sources.pages.views.media import playing
from sources.proving import replay
from workbench.pages.http import Request


@never_cache
@require_safe
def show_capture(request: Request, pk: int) -> HttpResponseBase:
    """Show a capture as it looked; its frame may only contain what the archive host serves."""
    rows = Capture.objects.select_related("document", "attempt", "revisits", "picture")
    capture = get_object_or_404(rows, pk=pk)
    context: dict[str, object] = {"capture": capture, "document": capture.document}
    context["original"] = original_file.of_capture(capture, request.user)
    if capture.is_brought and not capture.shown_as:
        context["media"] = media_section.player(request, capture) if capture.played_as else None
        return playing(request, partial(render, request, "sources/capture.html", context))
    app = f"{request.scheme}://{request.get_host()}"
    origin = replay.origin(app)
    context["minutes"] = replay.LASTS.seconds // 60
    if not origin or not capture.shown_as:
        context["why_not"] = _why_not(capture)
        return render(request, "sources/capture.html", context)
    context["frame"] = replay.address(capture, app)
    page = partial(render, template_name="sources/capture.html", context=context)
    return csp_update({"frame-src": [origin]})(page)(request)


def _why_not(capture: Capture) -> str:
    if not capture.shown_as:
        return _("This capture cannot be shown because it is not a page.")
    return _(
        "Captured pages need their own host name, and none is set here. The person who runs the workbench can find out "
        "how in docs/operating.md."
    )
