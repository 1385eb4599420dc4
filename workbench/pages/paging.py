"""Pagination: show a list one page at a time (keyset paging), and keep its filter from page to page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.http import HttpRequest, QueryDict

from workbench.desk.amounts import Amount, counted
from workbench.desk.compiled_queries import Arrange, BoundQuery, ListRows
from workbench.pages.http import number

PER_PAGE = 30
AFTER, BEFORE, LAST = "after", "before", "last"


def as_it_is(row: Any) -> Any:
    """Return a row that needs no preparation for its template."""
    return row


class ListPage:
    """One page of a list, with the addresses of the pages around it; an address is empty where there is no page."""

    def __init__(self, found: PageRows, rows: ListRows, address: PageAddress, show: Callable[[Any], Any]) -> None:
        self.object_list = [show(row) for row in found.rows]
        self.first_url = address.of("") if found.some_before else ""
        self.previous_url = address.of(f"{BEFORE}-{found.rows[0].pk}") if found.some_before else ""
        self.next_url = address.of(f"{AFTER}-{found.rows[-1].pk}") if found.some_after else ""
        self.last_url = address.of(LAST) if found.some_after else ""
        self._rows = rows

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    def __getitem__(self, place: int) -> Any:
        return self.object_list[place]

    def __len__(self) -> int:
        return len(self.object_list)

    @property
    def has_other_pages(self) -> bool:
        """Whether the list goes on before this page or after it."""
        return bool(self.previous_url or self.next_url)

    @cached_property
    def count(self) -> Amount:
        """How many rows all pages have together, counted up to a limit."""
        return self._rows.counted() if isinstance(self._rows, BoundQuery) else counted(self._rows)


class PageAddress:
    """The addresses of the pages of one list; ``name`` is the parameter that says which page."""

    def __init__(self, query: QueryDict, name: str) -> None:
        self._query, self._name = query, name
        self._anchor = "" if name == "page" else f"#{name}"

    def of(self, place: str) -> str:
        """Return the address of the page at a place; of the first page where the place is empty."""
        query = self._query.copy()
        query.pop(self._name, None)
        if place:
            query[self._name] = place
        return f"?{query.urlencode()}{self._anchor}"


class PageRows:
    """The rows of one page, in the order of the list, and whether the list goes on before and after them."""

    def __init__(self, rows: list[Any], *, some_before: bool, some_after: bool) -> None:
        self.rows, self.some_before, self.some_after = rows, some_before, some_after


def page_of(
    request: HttpRequest,
    rows: ListRows,
    name: str = "page",
    per_page: int = PER_PAGE,
    show: Callable[[Any], Any] = as_it_is,
) -> ListPage:
    """Return the page of a list that was asked for, the first where none was; ``partials/_pager.html`` turns it.

    The address names the row next to the page, and the database goes to that row by an index: the last page costs no
    more than the first. The columns of the order must all rise or all fall, and never be null. An address that names
    no row of the table gives the first page.

    A page with several lists gives each a ``name``: the parameter of the address, and the id of the heading above it.
    ``show`` prepares each row for the template.
    """
    address = PageAddress(request.GET, name)
    place = request.GET.get(name, "")
    if place == LAST:
        found = _end(_first(rows, per_page + 1, _from_end), per_page)
    elif place.partition("-")[0] in {AFTER, BEFORE}:
        found = _find(rows.rows() if isinstance(rows, BoundQuery) else rows, place, per_page)
    else:
        found = _beginning(_first(rows, per_page + 1, _in_order), per_page)
    return ListPage(found, rows, address, show)


def _find(rows: QuerySet[Any], place: str, size: int) -> PageRows:
    columns, falls = _order(rows)
    side, _dash, key = place.partition("-")
    values = _values(rows, columns, key)
    if side == BEFORE and values:
        found = list(_side(rows, columns, values, falls=not falls)[: size + 1])
        if len(found) > size:
            return PageRows(found[size - 1 :: -1], some_before=True, some_after=True)
    elif side == AFTER and values:
        found = list(_side(rows, columns, values, falls=falls)[: size + 1])
        if found:
            return PageRows(found[:size], some_before=True, some_after=len(found) > size)
    return _beginning(_first(rows, size + 1, _in_order), size)


def _first(rows: ListRows, most: int, arrange: Arrange) -> list[Any]:
    """Return so many of the rows, arranged; a compiled query remembers how."""
    return rows.first(most, arrange) if isinstance(rows, BoundQuery) else list(arrange(rows)[:most])


def _in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    columns, falls = _order(rows)
    return _side(rows, columns, None, falls=falls)


def _from_end(rows: QuerySet[Any]) -> QuerySet[Any]:
    columns, falls = _order(rows)
    return _side(rows, columns, None, falls=not falls)


def _end(found: list[Any], size: int) -> PageRows:
    """Return the last page from the last rows, the very last first."""
    return PageRows(found[:size][::-1], some_before=len(found) > size, some_after=False)


def _beginning(found: list[Any], size: int) -> PageRows:
    return PageRows(found[:size], some_before=False, some_after=len(found) > size)


def _order(rows: QuerySet[Any]) -> tuple[list[str], bool]:
    """Return the columns by which a list is sorted, the last of them unique, and whether they all fall."""
    asked = [str(each) for each in rows.query.order_by or rows.model._meta.ordering]
    columns = [each.removeprefix("-") for each in asked]
    falls = {each.startswith("-") for each in asked} or {False}
    if len(falls) > 1:
        raise TypeError(f"{', '.join(asked)}: the columns of a list must all rise or all fall.")
    key = rows.model._meta.pk.name
    columns = [key if each == "pk" else each for each in columns]
    return columns if columns[-1:] == [key] else [*columns, key], falls.pop()


def _values(rows: QuerySet[Any], columns: list[str], key: str) -> tuple[Any, ...] | None:
    """Return where a row stands in the order; the row may have left the list since, but not the table."""
    pk = number(key)
    if pk is None:
        return None
    held = rows.order_by() if set(columns) & set(rows.query.annotations) else rows.model._default_manager.order_by()
    return held.filter(pk=pk).values_list(*columns).first()


def _side(rows: QuerySet[Any], columns: list[str], values: tuple[Any, ...] | None, *, falls: bool) -> QuerySet[Any]:
    """Return the rows that follow these values, in an order that may be that of the list or its reverse."""
    rows = rows.order_by(*[f"-{column}" if falls else column for column in columns])
    if values is None:
        return rows
    here, there = Func(*map(F, columns), function="ROW"), Func(*map(Value, values), function="ROW")
    sign = "<" if falls else ">"
    beyond = Func(here, there, template="%(expressions)s", arg_joiner=f" {sign} ", output_field=BooleanField())
    return rows.filter(beyond)
