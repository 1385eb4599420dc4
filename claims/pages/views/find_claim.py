"""Suggestions of claims while a person types: a number or words of one, or a claim like those that were logged."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from claims.intake import duplicates
from claims.models.claim import LONGEST_CLAIM
from claims.models.vocabulary import ClaimAct
from claims.pages.find_claim import CLAIMS
from sources.language import detection
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.find import suggestions
from workbench.pages.http import Request

SHORTEST = 15  # characters of a text that can be like a claim


@require_safe
def find_claim(request: Request) -> HttpResponse:
    """Show the claim of this number, or the claims whose wordings hold the words."""
    require(request.user, DeskAct.READ)
    return suggestions(request, CLAIMS)


@require_POST
def claims_like(request: Request) -> HttpResponse:
    """Show the claims that are most like the text that a person is writing; it never stands in an address."""
    require(request.user, ClaimAct.LOG_CLAIM)
    text = request.POST.get("text", "").replace("\0", " ")[:LONGEST_CLAIM]
    language = request.POST.get("language", "")[:8] or detection.detect(text)[0]
    alike = duplicates.like(text, language) if len(text.strip()) >= SHORTEST else []
    return render(request, "claims/_like_so_far.html", {"alike": alike})
