"""Health pages: is the web process alive (``/healthz``), is everything ready to work (``/readyz``), and what is not."""

from __future__ import annotations

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from django.views.defaults import ERROR_500_TEMPLATE_NAME

from workbench.desk import health
from workbench.pages import kept_words

RETRY_AFTER = 30  # seconds, after which a browser or a proxy may ask again
REFUSED_BY_DATABASE = (OperationalError, InterfaceError, InternalError)  # it is gone, full, only read, or too busy


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
    """Show the page for an error of ours (500), or for a database that is away, full or lacks its tables (503).

    A form comes back with the words that were sent, and with a button that sends it again.
    """
    error = sys.exc_info()[1]
    if isinstance(error, ProgrammingError) and _lacks_tables():
        return unready(is_away=False)
    if isinstance(error, REFUSED_BY_DATABASE):
        return unready(is_away=True, request=request)
    return _page(ERROR_500_TEMPLATE_NAME, request, 500)


def unready(*, is_away: bool, request: HttpRequest | None = None) -> HttpResponse:
    """Return the page of a workbench without its database; who asks for it, the database would have to say."""
    answer = _page("503.html", request, 503, is_away=is_away)
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _page(template: str, request: HttpRequest | None, status: int, **context: bool) -> HttpResponse:
    unsent = kept_words.unsent(request) if request is not None else None
    return HttpResponse(render_to_string(template, {"unsent": unsent, **context}), status=status)


def _lacks_tables() -> bool:
    try:
        return not health.migrations().ok
    except ProgrammingError:
        return True  # the database user has no rights on them yet, as after a restore
    except DatabaseError:
        return False
