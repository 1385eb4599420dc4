"""Suggestions of sources while a person types a name."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from sources.pages.find_source import SOURCES
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.find import suggestions
from workbench.pages.http import Request


@require_safe
def find_source(request: Request) -> HttpResponse:
    """Show the sources of which a name or a domain holds the words."""
    require(request.user, DeskAct.READ)
    return suggestions(request, SOURCES)
