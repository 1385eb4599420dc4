"""Middleware: headers of every answer: no cache for what only some may read, no device, no other site."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# No page uses a device of its reader. The button that copies a text writes to the clipboard.
NO_DEVICES = (
    "accelerometer=(), autoplay=(), camera=(), clipboard-write=(self), display-capture=(), "
    "encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), "
    "xr-spatial-tracking=()"
)
EVERYWHERE = {
    "Permissions-Policy": NO_DEVICES,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
READ_ONLY = {"GET", "HEAD"}


class HeadersMiddleware:
    """Adds the headers that protect every answer, errors included.

    An answer to somebody with a session, or to a form, is for one reader: neither browser nor proxy keeps it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer with its headers; one that a page has set itself stays."""
        answer = self.get_response(request)
        for name, value in EVERYWHERE.items():
            answer.headers.setdefault(name, value)
        is_static = request.path_info.startswith(settings.STATIC_URL)
        if not is_static and (settings.SESSION_COOKIE_NAME in request.COOKIES or request.method not in READ_ONLY):
            answer.headers["Cache-Control"] = "no-store"
        return answer
