"""Middleware: requests to a public address that the desk had before are led to the same page at the present one.

Reports print their address and never change, and ClaimReview data use it as their identifier. So an address that was
printed must go on answering after the desk has moved.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

PORTS = {"http": 80, "https": 443}


class EarlierAddressMiddleware:
    """Answers every request to an earlier address: with the way to the present one, or that only pages moved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on requests to the present address."""
        path = moved(request.META.get("HTTP_HOST", ""), request.get_full_path())
        if path is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=HTTPStatus.GONE)
        return HttpResponsePermanentRedirect(settings.DESK_URL + path)


def moved(host: str, path: str) -> str | None:
    """Return the path below the present address for a request to an earlier one; None for any other request."""
    here = urlsplit(settings.DESK_URL)
    is_here = _names(host, here.scheme) == _place(here)
    for earlier in map(urlsplit, settings.EARLIER_URLS):
        below = path == earlier.path or path.startswith(f"{earlier.path}/")
        is_ours = is_here and earlier.path in {"", here.path}  # never led to itself
        if below and not is_ours and _names(host, earlier.scheme) == _place(earlier):
            return path.removeprefix(earlier.path) or "/"
    return None


def _place(url: SplitResult) -> tuple[str | None, int | None]:
    return url.hostname, url.port or PORTS.get(url.scheme)


def _names(host: str, scheme: str) -> tuple[str | None, int | None]:
    """Return the name and the port of a Host header, as the address of a page with this scheme has them."""
    try:
        return _place(urlsplit(f"{scheme}://{host}"))
    except ValueError:
        return None, None
