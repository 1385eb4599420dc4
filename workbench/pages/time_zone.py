"""Middleware: show times in the time zone of the desk, where the operator has set none."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class TimeZoneMiddleware:
    """Answers people of the desk in its time zone. It comes with their account, so nothing more is asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer, with local times where somebody is signed in."""
        zone = "" if settings.TIME_ZONE_IS_SET else getattr(request.user, "desk_time_zone", "")
        if not zone:
            return self.get_response(request)
        with timezone.override(ZoneInfo(zone)):
            return self.get_response(request)
