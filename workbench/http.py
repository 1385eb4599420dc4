"""A request whose user is known to be signed in."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from workbench.models import User


class Request(HttpRequest):
    user: User  # LoginRequiredMiddleware has seen to it
    htmx: HtmxDetails
