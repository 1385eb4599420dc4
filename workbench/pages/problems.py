"""The page of problems: what is wrong with the machine, work that failed by kind, and the buttons that retry it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from workbench.desk import health, retrying
from workbench.desk.amounts import Amount
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.desk.work_queue import Work, WorkQuerySet
from workbench.pages.http import Request, number
from workbench.pages.lists import PROBLEMS
from workbench.pages.paging import page_of

FIRST = 10  # rows of each kind on the page of all kinds
MOST_AT_ONCE = 1_000  # rows retried with one button: more would hold their locks for long


@dataclass(frozen=True)
class Kind:
    """Rows with a problem of one kind of work."""

    label: str
    name: str
    number: Amount
    more: bool  # than the first
    rows: QuerySet[Any]
    first: list[Any]  # a few of them


@require_safe
def show_problems(request: Request) -> HttpResponse:
    """Show what is wrong with the machine, and the rows with a problem: some of every kind, or all of one kind."""
    label = request.GET.get("kind", "")
    found = [_kind(key, amount) for key, amount in retrying.failing().items() if label in {"", key}]
    context: dict[str, Any] = {"texts": PROBLEMS, "kinds": found, "label": label}
    if not label:
        context["faults"] = [answer.problem for answer in health.answers().values() if answer.problem]
        return render(request, "records/problems.html", context)
    if found:
        context["page"] = page_of(request, found[0].rows)
    return render(request, "records/problems_of_kind.html", context)


@require_POST
def retry_work(request: Request) -> HttpResponse:
    """Retry one row with a problem, all rows of a kind, or all rows."""
    require(request.user, DeskAct.RETRY_WORK)
    label, key = request.POST.get("kind", ""), request.POST.get("pk", "")
    if label and label not in retrying.kinds():
        raise Http404
    chosen = [label] if label else list(retrying.kinds())
    retried = sum(retrying.retry(_in_trouble(label, key), by=request.user) for label in chosen)
    done = ngettext("Retrying %(n)d task.", "Retrying %(n)d tasks.", retried) % {"n": retried}
    messages.success(request, done)
    return redirect("trouble")


def _kind(label: str, amount: Amount) -> Kind:
    model = retrying.kinds()[label]
    rows = _work(model).in_trouble().select_related()
    first = list(rows[:FIRST])
    return Kind(label, str(model._meta.verbose_name_plural), amount, amount.number > len(first), rows, first)


def _in_trouble(label: str, key: str) -> QuerySet[Any]:
    rows = _work(retrying.kinds()[label]).in_trouble()
    if key:
        return rows.filter(pk=number(key))
    return rows[:MOST_AT_ONCE]


def _work(model: type[Work]) -> WorkQuerySet:
    rows = model._default_manager.get_queryset()
    assert isinstance(rows, WorkQuerySet)  # noqa: S101 -- every kind of work has a manager made of one
    return rows
