"""Suggestions of claims while a person types a number or words."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from claims.pages.find_claim import CLAIMS
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.find import suggestions
from workbench.pages.http import Request


@require_safe
def find_claim(request: Request) -> HttpResponse:
    """Show the claim of this number, or the claims whose wordings hold the words."""
    require(request.user, DeskAct.READ)
    return suggestions(request, CLAIMS)
