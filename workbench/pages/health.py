"""Health pages: is the web process alive (``/healthz``), is everything ready to work (``/readyz``), and what is not."""

from __future__ import annotations

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

from workbench.desk import health


@login_not_required
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the web process answers; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say of each health check whether it passed, and give its figures: 200 if all passed, else 503."""
    answers = health.answers()
    passed = {name: answer.ok for name, answer in answers.items() if answer.ok is not None}
    figures = {name: answer.figures for name, answer in answers.items() if answer.figures}
    return JsonResponse({**passed, "figures": figures}, status=200 if all(passed.values()) else 503)


def show_error(request: HttpRequest) -> HttpResponseBase:
    """Show the page for an error of ours, or for a database that is not there or lacks its tables (503)."""
    error = sys.exc_info()[1]
    if isinstance(error, ProgrammingError) and _lacks_tables():
        return unready(is_away=False)
    if isinstance(error, (OperationalError, InterfaceError)) and not health.database().ok:
        return unready(is_away=True)
    return server_error(request)


def unready(*, is_away: bool) -> HttpResponse:
    """Return the page of a workbench without its database; who asks for it, the database would have to say."""
    return HttpResponse(render_to_string("503.html", {"is_away": is_away}), status=503)


def _lacks_tables() -> bool:
    try:
        return not health.migrations().ok
    except ProgrammingError:
        return True  # the database user has no rights on them yet, as after a restore
    except DatabaseError:
        return False
