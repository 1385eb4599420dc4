"""Answer an act that a person's role does not allow with a page that says so."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workbench.roles import NotPermitted


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the 403 page for ``NotPermitted``, with its message; leave every other exception alone."""
        if not isinstance(exception, NotPermitted):
            return None
        return render(request, "403.html", {"refusal": str(exception)}, status=403)
