"""HTTP for views: requests with a signed-in user, numbers, a row or 404, and the status of a form with errors."""

from __future__ import annotations

from typing import TypeVar

from django.http import Http404, HttpRequest
from django_htmx.middleware import HtmxDetails

from workbench.desk.drafts import Draft
from workbench.desk.models import User

UNPROCESSABLE = 422  # the form has errors (RFC 9110, section 15.5.21)
MOST_DIGITS = 18  # of any number in eight bytes
Row = TypeVar("Row")


class Request(HttpRequest):
    user: User  # SignInFirstMiddleware guarantees it
    htmx: HtmxDetails
    draft: Draft | None  # of the person for this address; set once somebody asks (workbench.pages.forms)


def found_or_404(row: Row | None) -> Row:
    """Return a row that a query found. Raises ``Http404`` where it found none."""
    if row is None:
        raise Http404
    return row


def number(text: str) -> int | None:
    """Return a key or a count from a request; None where it is not a number that the database can hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
