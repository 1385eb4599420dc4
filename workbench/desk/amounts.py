"""Capped counts and estimates: how many rows there are, at a cost that does not grow with the table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import connection
from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.translation import gettext as _

from workbench.desk.kept_plans import with_literals

MOST_COUNTED = 10_000  # rows: the database counts them in a millisecond or two


@dataclass(frozen=True)
class Amount:
    """A number of rows: counted, or more than a number, or an estimate. ``str`` says which."""

    number: int
    is_more: bool = False
    is_estimate: bool = False

    @classmethod
    def total(cls, amounts: Iterable[Amount]) -> Amount:
        """Return the sum: at least as large where one of them is “more than” a number."""
        each = list(amounts)
        number, is_estimate = sum(one.number for one in each), any(one.is_estimate for one in each)
        return cls(number, is_more=any(one.is_more for one in each), is_estimate=is_estimate)

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        number = {"number": intcomma(self.number)}
        if self.is_more:
            return _("more than %(number)s") % number
        return _("about %(number)s") % number if self.is_estimate else str(number["number"])


def counted(rows: QuerySet[Any], most: int = MOST_COUNTED) -> Amount:
    """Count rows, but no more than ``most``: beyond that the answer is “more than”."""
    return capped(rows.order_by().values("pk")[: most + 1].count(), most)


class CountsTogether:
    """The numbers of rows of several kinds, each as ``counted`` gives it; the query that asks for all is built once.

    ``kind`` is ``KeptPlan`` where the server may keep its plan.
    """

    def __init__(self, kinds: Mapping[str, QuerySet[Any]], most: int = MOST_COUNTED, *, kind: type[str] = str) -> None:
        asked = [rows.order_by().values("pk")[: most + 1].query.sql_with_params() for rows in kinds.values()]
        counts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _params in asked)  # noqa: S608 -- of Django
        values = [each for _sql, params in asked for each in params]
        self._sql = kind(with_literals(f"SELECT {counts}", values, [False] * len(values)))
        self._kinds, self._most = list(kinds), most

    def now(self) -> dict[str, Amount]:
        """Ask the database."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, ())
            numbers = cursor.fetchone()
        return {kind: capped(number, self._most) for kind, number in zip(self._kinds, numbers, strict=True)}


def estimated(rows: QuerySet[Any], most: int = MOST_COUNTED) -> Amount:
    """Return how many rows the planner of the database expects, rounded; where these are few, count them."""
    expected = planned(*rows.order_by().values("pk").query.sql_with_params())
    return rounded(expected) if expected > most else counted(rows, most)


def planned(sql: str, values: Sequence[Any]) -> int:
    """Return how many rows the planner of the database expects of a query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT json) {sql}", values)
        (plan,) = cursor.fetchone()
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])


class Counted(Subquery):
    """For ``annotate``: the ``Amount`` of other rows that belong to each row, counted up to ``most``."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"

    def __init__(self, rows: QuerySet[Any], most: int = MOST_COUNTED) -> None:
        super().__init__(rows.order_by().values("pk")[: most + 1], output_field=IntegerField())
        self.most = most

    @property
    def convert_value(self) -> Any:
        """Return what turns the number that the database gives into an ``Amount``."""
        return lambda number, _expression, _connection: capped(number, self.most)


def capped(number: int, most: int) -> Amount:
    """Return a number of rows that were counted up to ``most`` and one more."""
    return Amount(most, is_more=True) if number > most else Amount(number)


def rounded(expected: int) -> Amount:
    """Return an estimate with its two leading digits: it is no better than that."""
    unit = int(10 ** max(0, len(str(expected)) - 2))
    return Amount(round(expected / unit) * unit, is_estimate=True)
