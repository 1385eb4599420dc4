"""What a page with the board shows: the table, its columns and orders, quick filters, saved views and the bulk form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from claims.models import BoardView, Claim
from claims.models.claim import ClaimQuerySet
from claims.models.vocabulary import ClaimAct
from claims.pages import board, board_filter
from claims.pages.board import BoardRow
from claims.pages.forms.board import ORDERS, BoardFilter, BulkForm, ColumnsForm, ViewForm
from workbench.desk.compiled_queries import CompiledQuery, ListRows
from workbench.desk.models import User
from workbench.desk.row_address import page_address
from workbench.pages.http import Request
from workbench.pages.paging import PER_PAGE, ListPage, page_of

NEWEST = "-logged"
SORTED = ("owner", "due", "priority", "logged")  # columns by which the board can be ordered
QUICK = (
    ("status=work", _("In work")),
    ("person=me", _("Yours")),
    ("person=nobody&status=work", _("No owner")),
    ("due=late", _("Late")),
    ("due=week", _("Due in 7 days")),
)
MOST_VIEWS = 30  # in the line of views


@dataclass(frozen=True)
class BoardColumn:
    """A column, with the address that sorts by it; ``sorted`` is what ``aria-sort`` says."""

    name: str
    label: str
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class QuickView:
    """A filter that one click away shows, and whether it is shown now."""

    label: str
    url: str
    here: bool
    owner: User | None = None


@dataclass(frozen=True)
class Board:
    """The board as a page shows it. ``query`` is what a saved view keeps."""

    rows: list[BoardRow]
    page: ListPage
    columns: list[BoardColumn]
    names: Sequence[str]
    quick: list[QuickView]
    views: list[QuickView]
    own_views: list[BoardView]
    query: str
    address: str
    bulk: BulkForm | None
    filled: Mapping[int, BoardRow]  # by the key of the claim; also those beside the board

    @property
    def is_usual(self) -> bool:
        """Whether the columns are the usual ones: a phone then shows only what fits two lines."""
        return tuple(self.names) == board.DEFAULT


def of(
    request: Request,
    rows: ListRows,
    *,
    here: str = "",
    per_page: int = PER_PAGE,
    beside: Iterable[Claim] = (),
    also: Iterable[str] = (),
) -> Board:
    """Return the board with these claims; ``here`` is the query that they answer where the address has none.

    ``beside`` are claims that the page shows besides, and ``also`` what it says of these, by the names of columns.
    """
    query = _query(request.GET) or here
    names = board.chosen(request.GET.getlist("cols"))
    page, saved = page_of(request, rows, per_page=per_page), _saved(request.user.pk, most=MOST_VIEWS)
    filled = {row.pk: row for row in board.rows_of([*page, *beside], {*names, *also})}
    return Board(
        rows=[filled[claim.pk] for claim in page],
        page=page,
        columns=_columns(QueryDict(query), names),
        names=names,
        quick=[QuickView(str(label), _address(asked), asked == query) for asked, label in QUICK],
        views=[_quick(view, request.user, query) for view in saved],
        own_views=[view for view in saved if view.owner_id == request.user.pk],
        query=query,
        address=page_address("claims:claims"),
        bulk=BulkForm() if request.user.may(ClaimAct.PLAN) else None,
        filled=filled,
    )


def asked_for(request: Request, form: BoardFilter) -> QuerySet[Claim]:
    """Return the claims that a request asks for, in its order."""
    every: ClaimQuerySet = Claim.objects.for_list()
    rows = board_filter.narrowed(every, form.asked(), request.user)
    order = request.GET.get("sort", NEWEST)
    return board_filter.ordered(rows, order if order in ORDERS else NEWEST)


@CompiledQuery
def in_work() -> QuerySet[Claim]:
    """The claims on which the desk works, the newest first."""
    every: ClaimQuerySet = Claim.objects.for_list()
    return every.filter(status__in=board_filter.WORKED_ON).order_by("-logged_at", "-pk")


def forms(request: Request, shown: Board) -> Mapping[str, Any]:
    """Return the forms beside the table: its columns, and the name under which it is saved."""
    return {
        "columns_form": ColumnsForm(initial={"cols": list(shown.names)}),
        "view_form": ViewForm(initial={"query": shown.query}, auto_id="view-%s"),
        "own_views": shown.own_views,
        "kept": [(name, value) for name, value in _pairs(request.GET) if name != "cols"],
    }


def _pairs(query: QueryDict) -> list[tuple[str, str]]:
    """Return what an address asks of the board, without what is empty and without the page."""
    return [(name, value) for name, values in query.lists() for value in values if value and name != "page"]


def _query(query: QueryDict) -> str:
    return _encoded(_pairs(query))


def _encoded(pairs: Sequence[tuple[str, str]]) -> str:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data.urlencode()


def _address(query: str) -> str:
    return f"{page_address('claims:claims')}?{query}"


def _columns(query: QueryDict, names: Sequence[str]) -> list[BoardColumn]:
    order = query.get("sort", NEWEST)
    return [_column(query, name, order) for name in names]


def _column(query: QueryDict, name: str, order: str) -> BoardColumn:
    label = str(board.COLUMNS[name])
    if name not in SORTED:
        return BoardColumn(name, label)
    following = f"-{name}" if order == name else name
    asked = [*((key, value) for key, value in _pairs(query) if key != "sort"), ("sort", following)]
    how = {name: "ascending", f"-{name}": "descending"}.get(order, "none")
    return BoardColumn(name, label, _address(_encoded(asked)), how)


def _quick(view: BoardView, person: User, query: str) -> QuickView:
    owner = None if view.owner_id == person.pk else view.owner
    return QuickView(view.name, view.get_absolute_url(), view.query == query, owner)


@CompiledQuery
def _saved(person: int) -> QuerySet[BoardView]:
    return BoardView.objects.seen_by(User(pk=person)).select_related("owner")
