"""Health checks: is the web process alive (``/healthz``), and is everything ready to work (``/readyz``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from workbench.celery import app
from workbench.desk import declarations

PATIENCE = 2  # seconds; a load balancer wants to know now


@login_not_required
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the web process answers; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say of each health check whether it passed: 200 if all did, else 503."""
    answers = {name: check() for name, check in declarations.health_checks().items()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=0, timeout=PATIENCE)
    except OperationalError:
        return False
    return True


CHECKS: Mapping[str, Callable[[], bool]] = {"database": _database_answers, "broker": _broker_answers}
