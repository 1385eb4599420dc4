"""The queues of a person: the claims that wait for them to review, decide, publish or weigh, and their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, ClaimAccess, ClaimPlan, Decision, Evidence, ProposedReport, Review
from claims.models.claim import ClaimQuerySet
from claims.models.vocabulary import FEWEST_REVIEWS, AssertionStatus, ClaimAct, Status
from workbench.desk.amounts import Amount
from workbench.desk.compiled_queries import CompiledQuery, listed, one_of
from workbench.desk.four_eyes import able
from workbench.desk.models import User

MOST_OF_ONES_OWN = 1_000  # claims counted of a queue of one person; beyond that the page says “more than”
MOST_OF_OTHERS = 100  # claims counted of those of all others: each is asked whether it has a suggestion
LOOKED_THROUGH = 500  # the newest open claims of the desk: among them, those of others are counted
UNDECIDED = (Status.OPEN, Status.IN_REVIEW)
MOST_SHOWN = 6  # of each queue on the page of all queues; the list of claims has the rest


class ClaimQueue(models.TextChoices):
    REVIEW = "review", _("For you to review")
    DECIDE = "decide", _("For you to decide")
    DIFFER = "differ", _("For you to decide: the reviews differ")
    PUBLISH = "publish", _("For you to publish")
    LATE = "late", _("Yours, and late")
    MINE = "mine", _("Your open claims")
    WEIGH = "weigh", _("Other people’s open claims with suggestions to weigh")


OF_REVIEW = {ClaimQueue.REVIEW, ClaimQueue.DECIDE, ClaimQueue.DIFFER}
ACT_OF = {
    ClaimQueue.REVIEW: ClaimAct.REVIEW,
    ClaimQueue.DECIDE: ClaimAct.DECIDE,
    ClaimQueue.DIFFER: ClaimAct.DECIDE,
    ClaimQueue.PUBLISH: ClaimAct.REPORT,
    ClaimQueue.LATE: ClaimAct.LOG_CLAIM,
    ClaimQueue.MINE: ClaimAct.LOG_CLAIM,
    ClaimQueue.WEIGH: ClaimAct.WEIGH,
}


@dataclass(frozen=True)
class ShownQueue:
    """The first claims of a queue and how many there are."""

    name: str
    claims: list[Claim]
    amount: Amount

    @property
    def is_cut(self) -> bool:
        """Whether the queue has more claims than are shown here."""
        return self.amount.number > len(self.claims)


def of(person: User, queue: ClaimQueue, rows: ClaimQuerySet) -> ClaimQuerySet:
    """Return the rows (of ``for_list``) that wait in a person's queue; none where their role has no such queue."""
    if not person.may(ACT_OF[queue]):
        return rows.none()
    return _of(person, queue, rows, today=_today(), **_form(person, queue))


def shown(person: User, queue: ClaimQueue) -> ShownQueue:
    """Return the first claims of a person's queue, those first that are due first, and the number of all."""
    return shown_together(person, [queue])[queue]


def shown_together(person: User, wanted: Iterable[ClaimQueue]) -> dict[ClaimQueue, ShownQueue]:
    """Return several queues of a person, each as ``shown`` does."""
    found: dict[ClaimQueue, ShownQueue] = {}
    forms: dict[ClaimQueue, dict[str, bool]] = {}
    some_due, some_in_review = _at_the_desk.first(person.pk) or (False, False)
    for queue in wanted:
        asks = ClaimQueue.DECIDE if queue == ClaimQueue.DIFFER else queue  # both ask who else can review and decide
        if not person.may(ACT_OF[queue]) or _is_empty(queue, found, some_due=some_due, some_in_review=some_in_review):
            found[queue] = ShownQueue(queue.value, [], Amount(0))
        else:
            forms[asks] = forms.get(asks) or _form(person, asks)
            found[queue] = _shown(person, queue, {"queue": queue, **forms[asks]}, some_due=some_due)
    return found


def _is_empty(
    queue: ClaimQueue, found: Mapping[ClaimQueue, ShownQueue], *, some_due: bool, some_in_review: bool
) -> bool:
    """Say whether a queue is known to be empty: nothing is due at the desk, or nothing waits for a verdict."""
    if queue == ClaimQueue.DIFFER and ClaimQueue.DECIDE in found:
        return not found[ClaimQueue.DECIDE].amount
    return not (some_due if queue == ClaimQueue.LATE else some_in_review or queue not in OF_REVIEW)


def _shown(person: User, queue: ClaimQueue, form: dict[str, Any], *, some_due: bool) -> ShownQueue:
    """Return the first claims of a queue; it is counted where it has more than these."""
    ask = partial(_waiting, person.pk, _today(), number=MOST_SHOWN + 1, **form)
    found = ask(is_due=True) if some_due else ask()
    if some_due and queue != ClaimQueue.LATE and len(found) <= MOST_SHOWN:
        found += ask(is_due=False)
    is_cut = len(found) > MOST_SHOWN
    return ShownQueue(queue.value, found[:MOST_SHOWN], _number(person, form) if is_cut else Amount(len(found)))


def _number(person: User, form: dict[str, Any]) -> Amount:
    """Return how many claims wait in a queue, up to a limit; of others, about how many where the desk has many open."""
    if form["queue"] != ClaimQueue.WEIGH:
        return _waiting.counted(person.pk, _today(), most=MOST_OF_ONES_OWN, **form)
    newest = _open(most=LOOKED_THROUGH)
    found = _of_others.counted(person.pk, listed(newest), most=MOST_OF_OTHERS)
    return found if found.is_more or len(newest) < LOOKED_THROUGH else replace(found, is_estimate=True)


@CompiledQuery
def _open() -> QuerySet[Any]:
    """The keys of the open claims of the desk, the newest first."""
    return Claim.objects.filter(status=Status.OPEN).order_by("-logged_at", "-pk").values_list("pk", flat=True)


@CompiledQuery
def _of_others(person: int, claims: str) -> ClaimQuerySet:
    """Those of some claims that are of others and have suggestions to weigh."""
    return _to_weigh(User(pk=person), Claim.objects.filter(one_of("pk", claims)))


def _today() -> str:
    return timezone.localdate().isoformat()


@CompiledQuery
def _at_the_desk(person: int) -> QuerySet[Any]:
    """Whether any claim of the desk has a due date, and whether any is in review."""
    dated = ClaimPlan.objects.standing().filter(due_on__isnull=False)
    some = {"some_due": Exists(dated), "some_in_review": Exists(Claim.objects.filter(status=Status.IN_REVIEW))}
    return User.objects.filter(pk=person).order_by().annotate(**some).values_list(*some)


@CompiledQuery
def _waiting(
    person: int, today: str, *, queue: ClaimQueue, number: int | None = None, is_due: bool | None = None, **form: bool
) -> ClaimQuerySet:
    """Return what waits in a queue: of the claims with a due date (``is_due``), of those without, or of all.

    They are asked for apart, because an order over both would be made of every open claim of the desk.
    """
    rows: ClaimQuerySet = Claim.objects.for_list().order_by("-logged_at", "-pk")
    dated = ClaimPlan.objects.standing().filter(due_on__isnull=False)
    if is_due:
        due_on = dated.filter(claim=OuterRef("pk")).values("due_on")
        rows = rows.filter(pk__in=dated.values("claim")).order_by(Subquery(due_on), "-logged_at", "-pk")
    elif is_due is False:
        rows = rows.exclude(pk__in=dated.values("claim"))
    if queue == ClaimQueue.MINE and number and not is_due:
        return _newest_of(User(pk=person), rows, number)
    return _of(User(pk=person), queue, rows, today=today, **form)[:number]


def _of(person: User, queue: ClaimQueue, rows: ClaimQuerySet, *, today: str, **form: bool) -> ClaimQuerySet:
    if queue == ClaimQueue.REVIEW:
        reviews = rows.waiting_for(person)
        return reviews.filter(reviewed__lt=FEWEST_REVIEWS) if form["decides"] else reviews
    if queue == ClaimQueue.DECIDE:
        return _to_decide(person, rows, **form)
    if queue == ClaimQueue.DIFFER:
        return _differing(_to_decide(person, rows, **form))
    if queue == ClaimQueue.PUBLISH:
        return _to_publish(rows)
    if queue == ClaimQueue.LATE:
        return _late(person, rows, today)
    if queue == ClaimQueue.MINE:
        return rows.filter(_is_of(person), status=Status.OPEN)
    return _to_weigh(person, rows).filter(status=Status.OPEN)


def _to_weigh(person: User, rows: ClaimQuerySet) -> ClaimQuerySet:
    """Return the claims of others with a suggestion. Whether there is one is asked: to count them takes seconds."""
    suggestions = Evidence.objects.filter(claim=OuterRef("pk"), standing=AssertionStatus.SUGGESTED)
    to_weigh = Exists(suggestions.filter(passage__reading__is_left_out=False))
    owned, given_away = _owned(person)
    return rows.filter(to_weigh, ~(Q(pk__in=owned) | Q(~Q(pk__in=given_away), logged_by=person)))


def _newest_of(person: User, rows: ClaimQuerySet, number: int) -> ClaimQuerySet:
    """Return a person's newest open claims, from the newest that they own and the newest that they logged.

    An index gives those that a person logged in their order. All together would have to be sorted, often thousands.
    """
    owned, given_away = _owned(person)
    mine = rows.filter(status=Status.OPEN)
    newest = mine.filter(pk__in=owned)[:number], mine.filter(logged_by=person).exclude(pk__in=given_away)[:number]
    keys = [some.select_related(None).values("pk") for some in newest]
    return rows.filter(pk__in=keys[0].union(keys[1]))[:number]


def _is_of(person: User) -> Q:
    """Return whether a claim without a verdict is a person's: they own it, or they logged it and nobody owns it.

    By keys: with both conditions joined by OR, the database would look at every claim.
    """
    owned, given_away = _owned(person)
    logged = Claim.objects.filter(logged_by=person, status__in=UNDECIDED).exclude(pk__in=given_away)
    return Q(pk__in=owned.order_by().union(logged.order_by().values("pk")))


def _owned(person: User) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Return the keys of the claims that a person owns, and of those they logged that somebody owns."""
    plans = ClaimPlan.objects.standing().filter(owner__isnull=False)
    return plans.filter(owner=person).values("claim"), plans.filter(claim__logged_by=person).values("claim")


def _late(person: User, rows: ClaimQuerySet, today: str) -> ClaimQuerySet:
    day = Cast(models.Value(today, output_field=models.TextField()), models.DateField())
    plan = ClaimPlan.objects.standing().filter(claim=OuterRef("pk"), due_on__lt=day)
    return rows.filter(_is_of(person), Exists(plan), status__in=UNDECIDED)


def _to_publish(rows: ClaimQuerySet) -> ClaimQuerySet:
    """Return the claims whose verdict has no report, and none is proposed; a restricted claim has none."""
    verdict = Decision.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"), reports=None)
    proposed = ProposedReport.objects.waiting().filter(decision=OuterRef("pk"))
    restricted = ClaimAccess.objects.standing().filter(claim=OuterRef("pk"))
    return rows.filter(Exists(verdict.filter(~Exists(proposed))), ~Exists(restricted), status=Status.DECIDED)


def _differing(ready: ClaimQuerySet) -> ClaimQuerySet:
    """Return those claims to decide whose reviews differ; with enough reviews, who decides reads them."""
    found = Review.objects.filter(claim=OuterRef("pk"), round=OuterRef("round")).order_by().values("claim")
    finding = models.Func("rating", "said", function="ROW", output_field=models.TextField())
    findings = found.annotate(number=models.Count(finding, distinct=True)).values("number")
    enough: ClaimQuerySet = ready.filter(reviewed__gte=FEWEST_REVIEWS).alias(findings=Subquery(findings))
    return enough.filter(findings__gt=1)


def _form(person: User, queue: ClaimQueue) -> dict[str, bool]:
    """Return what decides on the form of the query of a queue."""
    if queue == ClaimQueue.REVIEW:  # with enough reviews, a person who may decide the claim no longer reviews it
        return {"decides": person.may(ClaimAct.DECIDE)}
    if queue in {ClaimQueue.DECIDE, ClaimQueue.DIFFER}:
        reviewers = _others.counted(person.pk, most=FEWEST_REVIEWS, act=ClaimAct.REVIEW)
        deciders = _others.counted(person.pk, most=1, act=ClaimAct.DECIDE)
        return {"reviewed": reviewers.number >= FEWEST_REVIEWS, "decided": bool(deciders)}
    return {}


def _to_decide(person: User, rows: ClaimQuerySet, *, reviewed: bool, decided: bool) -> ClaimQuerySet:
    """Return the claims that wait for this person's verdict; where nobody else can give it, also those they know.

    ``reviewed`` and ``decided``: others can do so. With too few reviewers, no claim gets its reviews.
    """
    ready = rows.filter(status=Status.IN_REVIEW)
    if reviewed:
        ready = ready.filter(reviewed__gte=FEWEST_REVIEWS)
    if not decided:
        return ready
    mine = Review.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"), reviewer=person)
    return ready.exclude(logged_by=person).exclude(Exists(mine))


@CompiledQuery
def _others(person: int, *, act: ClaimAct) -> QuerySet[User]:
    return able(act, but=User(pk=person))
