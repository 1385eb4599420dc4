"""The archive host: serves captured pages, sanitized and without sessions, or says why a page is not shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from sources.proving import replay
from workbench.desk.refusal import Refusal

# Measured to let nothing out of a page, together with ``sources.proving.sanitizer`` (docs/architecture.md).
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors {framed_by}; sandbox"
)
# A file is a document of its own: the browser makes a page around it that may load the file again, and nothing else.
FILE_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors "
    "{framed_by}; sandbox"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
}
SAFE = ("GET", "HEAD")
OF_A_FILE = ("iframe", "image", "audio", "video")  # what the browser’s own page around a file asks for again
RANGE = re.compile(r"bytes=(\d{1,15})-(\d{1,15})?", re.ASCII)
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
            return _answer(request)
        return self.get_response(request)


def _answer(request: HttpRequest) -> HttpResponseBase:
    framed_by, kind = "'none'", "text/plain"
    try:
        _vet(request, *OF_A_FILE)
        ticket = replay.ticket(request.path_info.removeprefix("/"))
        framed_by = ticket.app
        file = replay.played(ticket)
        if file is not None:
            return _file(request, file, framed_by)
        _vet(request, "iframe")
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


def _file(request: HttpRequest, file: replay.Played, framed_by: str) -> HttpResponseBase:
    """Return a file, or the part of it that a player asks for (RFC 9110, section 14)."""
    headers = {
        **HEADERS,
        "Cross-Origin-Resource-Policy": "cross-origin",  # the browser’s own page around a file has no origin
        "Content-Security-Policy": FILE_POLICY.format(framed_by=framed_by),
        "Content-Type": file.media_type,
        "Content-Disposition": "inline",
        "Accept-Ranges": "bytes",
    }
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    first = int(asked[1]) if asked else 0
    last = min(int(asked[2]) if asked and asked[2] else file.size - 1, file.size - 1)
    if not asked or first > last:
        return StreamingHttpResponse(file.pieces, headers={**headers, "Content-Length": str(file.size)})
    headers |= {"Content-Range": f"bytes {first}-{last}/{file.size}", "Content-Length": str(last - first + 1)}
    return StreamingHttpResponse(_part(file.pieces, first, last + 1), status=206, headers=headers)


def _part(pieces: Iterable[bytes], start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from one place to another of what comes in pieces."""
    at = 0
    for piece in pieces:
        if at >= end:
            return
        if at + len(piece) > start:
            yield piece[max(0, start - at) : end - at]
        at += len(piece)


def _vet(request: HttpRequest, *dests: str) -> None:
    """Refuse requests that no frame of the workbench makes: outside a frame, links could lead away from a capture."""
    if request.method not in SAFE:
        raise Refusal(_("Captured pages can only be viewed."), "method")
    if request.headers.get("Sec-Fetch-Dest", "iframe") not in dests:
        raise Refusal(_("Captured pages can only be shown inside the workbench."), "not_framed")
