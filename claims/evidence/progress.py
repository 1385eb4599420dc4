"""Answer the poll of a claim page, whether there is anything new to show, from one cheap query."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Now

from claims.models import Claim, EarlierCheck, Evidence, Figure, Postponement
from claims.models.vocabulary import AssertionStatus
from sources.models import Arrival, Document, Reading
from workbench.desk import health
from workbench.desk.compiled_queries import CompiledQuery


def digest(pk: int) -> str:
    """Return a short text that changes whenever the page of a claim would; empty where there is no such claim.

    Every open page of a claim asks for it every few seconds. Therefore it reads the claim's own rows by their indexes,
    counts no table and reads no text. Of numbers about the whole desk it knows only whether they are 0: pages being
    fetched, and pages being read. Of workers and clock it knows whether they live.
    """
    row = _state.first(pk)
    return hashlib.sha256(repr(row).encode()).hexdigest()[:12] if row else ""


@CompiledQuery
def _state(pk: int) -> QuerySet[Any]:
    """What the page of a claim shows of it, in a few numbers and times."""
    state = Claim.objects.filter(pk=pk).annotate(
        weighed=_of_claim(Evidence.objects.filter(claim=OuterRef("pk")), "settled_at"),
        put_off=Subquery(_put_off(), output_field=CharField()),
        checked=_of_claim(EarlierCheck.objects.filter(claim=OuterRef("pk")), "settled_at"),
        figured=_of_claim(Figure.objects.filter(claim=OuterRef("pk")), "settled_at"),
        searched=Subquery(_searched(), output_field=CharField()),
        fetches=_whether(Document.objects.busy()),
        reads=_whether(Reading.objects.busy()),
        arrivals=Exists(Arrival.objects.all()),
        compares=_whether(comparing()),
        lives=health.lives(),
    )
    own = ["status", "round", "trouble", "compared_with", "weighed", "put_off", "checked", "figured", "searched"]
    whole = ["compares", "fetches", "reads", "arrivals", "lives"]
    rows: QuerySet[Any] = state.order_by().values_list(Q(due_at=None), *own, *whole)
    return rows


def comparing() -> Q:
    """Return the condition on claims that a worker compares with coverage now, or will at its next pulse.

    A claim that was compared with all that is held rests, and is not due.
    """
    return Q(due_at__lte=Now()) | Q(leased_until__gt=Now())


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def _of_claim(rows: Any, changed_at: str) -> Subquery:
    """Return how many assertions a claim has and how many wait, the newest one, and when one was last settled."""
    waiting = Count("pk", filter=Q(standing=AssertionStatus.SUGGESTED))
    said = _joined(Count("pk"), waiting, Max("pk"), Max(changed_at))
    return Subquery(rows.order_by().values("claim").annotate(said=said).values("said"), output_field=CharField())


def _put_off() -> Any:
    """Return how many suggestions of a claim were put off, and when one was last taken up."""
    rows = Postponement.objects.filter(evidence__claim=OuterRef("pk")).order_by().values("evidence__claim")
    return rows.annotate(said=_joined(Count("pk"), Max("taken_up_at"))).values("said")


def _searched() -> Any:
    """Return how many searches a claim has, and how many were answered, with how many hits, fail, or are given up."""
    through = Claim.searches.through.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
    answered = Count("pk", filter=Q(search__answered_at__isnull=False))
    failing = Count("pk", filter=~Q(search__trouble=""))
    resting = Count("pk", filter=Q(search__due_at=None))
    hits = Coalesce(Sum("search__found"), 0)
    said = _joined(Count("pk"), answered, hits, failing, resting, Max("search__answered_at"))
    return through.annotate(said=said).values("said")


def _joined(*values: Any) -> Concat:
    texts = [Coalesce(Cast(value, CharField()), Value("-")) for value in values]
    parts = [part for text in texts for part in (text, Value(" "))]
    return Concat(*parts, output_field=CharField())
