"""The page of searches: what was searched, where, and what was found."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sources.models import Search
from sources.models.search import SearchQuerySet
from sources.pages.forms import EMPTY, IN_TROUBLE, UNANSWERED, SearchFilter
from sources.pages.lists import SEARCHES
from workbench.pages.http import Request
from workbench.pages.lists import listed


@require_safe
def show_searches(request: Request) -> HttpResponse:
    """Show the searches, newest first, also those without results."""
    form = SearchFilter(request.GET)
    rows = _chosen(form.asked("answer"))
    if words := form.asked("words"):
        rows = rows.search(words)
    return render(request, "sources/searches.html", listed(request, SEARCHES, rows.for_list(), form))


def _chosen(answer: str) -> SearchQuerySet:
    rows: SearchQuerySet = Search.objects.all()
    choices = {EMPTY: rows.empty, UNANSWERED: rows.unanswered, IN_TROUBLE: rows.in_trouble}
    return choices[answer]() if answer else rows
