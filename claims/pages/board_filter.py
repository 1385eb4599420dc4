"""What a question to the board means: which claims, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from claims.models import Appearance, Attribution, Claim, ClaimPlan, ClaimTag, Decision, ReviewInvitation
from claims.models.claim import ClaimQuerySet
from claims.models.desk_case import in_case
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import CLOSED, Status
from claims.pages import queues
from claims.pages.queues import ClaimQueue
from claims.team import tagging
from workbench.desk.models import User
from workbench.pages.http import number

FAR = date(9999, 12, 31)  # the place of what has no due date: after all that has one
WEEK = timedelta(days=7)
RANKS = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}
WORKED_ON = (Status.OPEN, Status.IN_REVIEW)

Narrow = Callable[[ClaimQuerySet, Any, User], ClaimQuerySet]


def narrowed(rows: ClaimQuerySet, asked: Mapping[str, Any], person: User) -> ClaimQuerySet:
    """Return the claims that were asked for."""
    for name, narrow in NARROWED.items():
        if name in asked:
            rows = narrow(rows, asked[name], person)
    return rows


def ordered(rows: ClaimQuerySet, order: str) -> QuerySet[Claim]:
    """Return claims in an order: all its columns rise or fall together, and none of them is ever null."""
    name, falls = order.removeprefix("-"), order.startswith("-")
    plan = ClaimPlan.objects.standing().filter(claim=OuterRef("pk"))
    if name == "due":
        rows = rows.annotate(sort_place=Coalesce(Subquery(plan.values("due_on")), Value(FAR)))
    elif name == "priority":
        rank = Case(
            *(When(priority=each, then=Value(place)) for each, place in RANKS.items()), output_field=IntegerField()
        )
        rows = rows.annotate(
            sort_place=Coalesce(Subquery(plan.annotate(rank=rank).values("rank")), Value(RANKS[Priority.NORMAL]))
        )
    elif name == "owner":
        named = Concat("owner__last_name", Value(" "), "owner__first_name", Value(" "), "owner__username")
        owned = plan.filter(owner__isnull=False).annotate(named=named)  # Concat makes an empty text of nobody
        rows = rows.annotate(sort_place=Coalesce(Subquery(owned.values("named")), Value("\uffff")))
    columns = ["logged_at", "pk"] if name == "logged" else ["sort_place", "pk"]
    return rows.order_by(*(f"-{column}" if falls else column for column in columns))


def _of_queue(rows: ClaimQuerySet, queue: str, person: User) -> ClaimQuerySet:
    return queues.of(person, ClaimQueue(queue), rows)


def _of_status(rows: ClaimQuerySet, status: str, _person: User) -> ClaimQuerySet:
    return rows.filter(status__in=WORKED_ON) if status == "work" else rows.filter(status=status)


def _of_rating(rows: ClaimQuerySet, rating: str, _person: User) -> ClaimQuerySet:
    verdict = Decision.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"), rating=rating)
    return rows.filter(Exists(verdict))


def _of_person(rows: ClaimQuerySet, who: str, person: User) -> ClaimQuerySet:
    """Return the claims of a person: they own or logged them, or were asked to review them."""
    owned = ClaimPlan.objects.standing().filter(claim=OuterRef("pk"))
    if who == "nobody":
        return rows.filter(~Exists(owned.filter(owner__isnull=False)))
    key = person.pk if who == "me" else number(who)
    invited = ReviewInvitation.objects.standing().filter(claim=OuterRef("pk"), person=key)
    return rows.filter(Exists(owned.filter(owner=key)) | Exists(invited) | Q(logged_by=key))


def _of_outlet(rows: ClaimQuerySet, source: Any, _person: User) -> ClaimQuerySet:
    """Return the claims that a source published, makes, or stands for in a chain of attribution."""
    appearances = Appearance.objects.standing_firm().filter(claim=OuterRef("pk"))
    there = appearances.filter(Q(document__source=source) | Q(passage__reading__capture__document__source=source))
    chain = Attribution.objects.standing_firm().filter(appearance__claim=OuterRef("pk"), source=source)
    return rows.filter(Q(claimant=source) | Exists(there) | Exists(chain))


def _of_tag(rows: ClaimQuerySet, tag: str, _person: User) -> ClaimQuerySet:
    return rows.filter(Exists(ClaimTag.objects.standing().filter(claim=OuterRef("pk"), folded=tagging.folded(tag))))


def _of_case(rows: ClaimQuerySet, case: str, _person: User) -> ClaimQuerySet:
    return rows.filter(in_case(number(case)))


def _of_due(rows: ClaimQuerySet, due: str, _person: User) -> ClaimQuerySet:
    today = timezone.localdate()
    plan = ClaimPlan.objects.standing().filter(claim=OuterRef("pk"), due_on__isnull=False)
    if due == "none":
        return rows.filter(~Exists(plan))
    days: dict[str, dict[str, Any]] = {
        "late": {"due_on__lt": today},
        "today": {"due_on": today},
        "week": {"due_on__range": (today, today + WEEK)},
    }
    return rows.filter(Exists(plan.filter(**days[due]))).exclude(status__in=CLOSED)


def _of_age(rows: ClaimQuerySet, age: str, _person: User) -> ClaimQuerySet:
    """Return the claims that were logged in the last days, or before those where the number is negative."""
    days = int(age)
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=abs(days) - 1)
    return rows.filter(logged_at__gte=since) if days > 0 else rows.filter(logged_at__lt=since)


NARROWED: dict[str, Narrow] = {
    "queue": _of_queue,
    "status": _of_status,
    "rating": _of_rating,
    "person": _of_person,
    "type": lambda rows, kind, _person: rows.filter(type=kind),
    "language": lambda rows, language, _person: rows.filter(language=language),
    "tag": _of_tag,
    "case": _of_case,
    "due": _of_due,
    "age": _of_age,
    "outlet": _of_outlet,
    "words": lambda rows, words, _person: rows.search(words),
}
