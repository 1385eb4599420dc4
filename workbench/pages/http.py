"""What views say over HTTP: a request whose user is known, numbers as they come in, and an answer to bad forms."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from workbench.desk.models import User

UNPROCESSABLE = 422  # the form that was sent cannot be taken as it is (RFC 9110, section 15.5.21)
MOST_DIGITS = 18  # of any number in eight bytes


class Request(HttpRequest):
    user: User  # LoginRequiredMiddleware has seen to it
    htmx: HtmxDetails


def number(text: str) -> int | None:
    """Return a key or a count that came with a request; None for what is no number that the database could hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
