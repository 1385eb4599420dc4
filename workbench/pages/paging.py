"""Pagination: show a list one page at a time, and keep its filter from page to page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 30


def paged(request: HttpRequest, rows: QuerySet[Any], per_page: int = PER_PAGE) -> dict[str, Any]:
    """Return what ``partials/_pager.html`` and a list need: the ``page`` asked for, and the ``kept`` query string."""
    query = request.GET.copy()
    number = query.pop("page", ["1"])[-1]
    return {"page": Paginator(rows, per_page).get_page(number), "kept": query.urlencode()}
