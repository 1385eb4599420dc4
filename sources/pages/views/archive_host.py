"""The archive host: serves captured pages, sanitized and without sessions, or says why a page is not shown."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from sources.pages.views import archive_media
from sources.proving import replay
from workbench.desk.refusal import Refusal

# Measured to let nothing out of a page, together with ``sources.proving.sanitizer`` (docs/architecture.md).
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors {framed_by}; sandbox"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
}
SAFE = ("GET", "HEAD")
# The HTTP status of each refusal.
STATUS = {"not_found": 404, "not_a_page": 404, "unreadable": 404, "expired": 410, "method": 405, "not_framed": 403}

UNAVAILABLE = 503  # where a refusal has none of these

logger = logging.getLogger(__name__)


class ArchiveHostMiddleware:
    """Answers every request to the archive host, so that no session, page or file of ours is ever found there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on requests to any other host."""
        if replay.is_archive(request.META.get("HTTP_HOST", "")):
            is_recording = archive_media.is_recording(request.path_info)
            return archive_media.answer(request) if is_recording else _answer(request)
        return self.get_response(request)


def _answer(request: HttpRequest) -> HttpResponseBase:
    framed_by, kind = "'none'", "text/plain"
    try:
        _vet(request)
        ticket = replay.ticket(request.path_info.removeprefix("/"))
        framed_by = ticket.app
        with translation.override(ticket.language):
            page, kind = replay.still(ticket)
        status = 200
    except Refusal as refusal:
        page, status = str(refusal), STATUS.get(refusal.code, UNAVAILABLE)
    except Exception:
        logger.exception("A captured page could not be shown")
        page, status = "", 500
    policy = {"Content-Security-Policy": POLICY.format(framed_by=framed_by), "Content-Type": f"{kind}; charset=utf-8"}
    allow = {"Allow": ", ".join(SAFE)} if status == 405 else {}
    return HttpResponse(page, status=status, headers=HEADERS | policy | allow)


def _vet(request: HttpRequest) -> None:
    """Refuse requests that no frame of the workbench makes: outside a frame, links could lead away from a capture."""
    if request.method not in SAFE:
        raise Refusal(_("Captured pages can only be viewed."), "method")
    if request.headers.get("Sec-Fetch-Dest", "iframe") != "iframe":
        raise Refusal(_("Captured pages can only be shown inside the workbench."), "not_framed")
