"""Answers in place of a picture that was not drawn: not found, or to come again while the server draws others."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from sources.capturing.drawn_pictures import BUSY, RETRY_AFTER
from workbench.desk.refusal import Refusal


def not_drawn(refusal: Refusal) -> HttpResponse:
    """Return 503 where others wait for pictures. Raises ``Http404`` for any other reason."""
    if refusal.code != BUSY:
        raise Http404(str(refusal)) from refusal
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store", "Content-Type": "text/plain"}
    return HttpResponse(str(refusal), status=503, headers=headers)
