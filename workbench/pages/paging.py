"""Pagination: show a list one page at a time, and keep its filter from page to page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

PER_PAGE = 30


class ListPage(Page):
    """One page of a list, with the addresses of the pages before and after it."""

    def __init__(self, rows: Any, number: int, pages: ListPages) -> None:
        super().__init__(rows if pages.show is None else [pages.show(row) for row in rows], number, pages)
        self._pages = pages

    @property
    def previous_url(self) -> str:
        """Return the address of the page before, empty on the first."""
        return self._url(self.number - 1) if self.has_previous() else ""

    @property
    def next_url(self) -> str:
        """Return the address of the page after, empty on the last."""
        return self._url(self.number + 1) if self.has_next() else ""

    def _url(self, number: int) -> str:
        query = self._pages.query.copy()
        query[self._pages.name] = str(number)
        return f"?{query.urlencode()}{self._pages.anchor}"


class ListPages(Paginator):
    """All pages of a list; ``name`` is the parameter that says which one, ``anchor`` the part of the page it is on."""

    def __init__(
        self, rows: QuerySet[Any], per_page: int, query: QueryDict, name: str, show: Callable[[Any], Any] | None
    ) -> None:
        super().__init__(rows, per_page)
        self.query, self.name, self.show = query, name, show
        self.anchor = "" if name == "page" else f"#{name}"

    def _get_page(self, *args: Any, **kwargs: Any) -> ListPage:
        return ListPage(*args, **kwargs)


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any],
    name: str = "page",
    per_page: int = PER_PAGE,
    show: Callable[[Any], Any] | None = None,
) -> Page:
    """Return the page of a list that was asked for, the first where none was; ``partials/_pager.html`` turns it.

    A page with several lists gives each a ``name``: the parameter of the address, and the id of the heading above it.
    ``show`` prepares each row for the template.
    """
    pages = ListPages(rows, per_page, request.GET, name, show)
    return pages.get_page(request.GET.get(name, "1"))


def paged(request: HttpRequest, rows: QuerySet[Any], per_page: int = PER_PAGE) -> dict[str, Any]:
    """Return what a page with one list needs: the ``page`` that was asked for."""
    return {"page": page_of(request, rows, per_page=per_page)}
