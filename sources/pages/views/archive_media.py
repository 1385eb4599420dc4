"""Answer a browser that plays a recording at the archive host: the range it asks for, with headers that run nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from sources.proving import playback
from workbench.desk.refusal import Refusal

HEADERS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",  # the page that plays it is at the host of the workbench
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
STATUS = {"not_found": 404, "expired": 410, "range": 416, "method": 405, "not_played": 403}
UNAVAILABLE = 503
PLAYERS = {"video", "audio", "empty"}  # as the header Sec-Fetch-Dest has it


def is_recording(path: str) -> bool:
    """Return whether a path at the archive host is that of a recording."""
    return path.startswith(f"/{playback.FOLDER}")


def answer(request: HttpRequest) -> HttpResponseBase:
    """Return the range of a recording that is asked for. Only a player may ask: no page is ever shown from here."""
    if request.method not in ("GET", "HEAD"):
        return _refused("method", {"Allow": "GET, HEAD"})
    if request.headers.get("Sec-Fetch-Dest", "video") not in PLAYERS:
        return _refused("not_played", {})
    token = request.path_info.removeprefix(f"/{playback.FOLDER}")
    try:
        piece = playback.piece(token, request.headers.get("Range", ""))
    except Refusal as refusal:
        return _refused(refusal.code, {})
    headers = {
        **HEADERS,
        "Content-Type": piece.media_type,
        "Content-Length": str(piece.end - piece.start + 1),
        "ETag": f'"{piece.tag}"',
    }
    if piece.is_part:
        headers["Content-Range"] = f"bytes {piece.start}-{piece.end}/{piece.size}"
    if request.method == "HEAD":
        return HttpResponse(headers=headers, status=206 if piece.is_part else 200)
    return StreamingHttpResponse(piece.content, headers=headers, status=206 if piece.is_part else 200)


def _refused(code: str, more: dict[str, str]) -> HttpResponse:
    headers = {**HEADERS, "Content-Type": "text/plain; charset=utf-8", **more}
    return HttpResponse(status=STATUS.get(code, UNAVAILABLE), headers=headers)
