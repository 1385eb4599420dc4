"""Alert to edits on the pages a claim cites: edits that affect cited passages, and pages that were removed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from claims.models import Appearance, Claim, Evidence
from claims.models.vocabulary import AssertionStatus
from sources.models import Change, Document, Touch
from sources.models.vocabulary import LOST
from workbench.desk.compiled_queries import CompiledQuery


@dataclass(frozen=True)
class Notices:
    """What people should know about the pages a claim cites: affected passages, other edits, removed pages."""

    touches: list[Touch]
    edited: list[Change]
    lost: list[Document]

    def __bool__(self) -> bool:
        return bool(self.touches or self.edited or self.lost)


def notices(claim: Claim) -> Notices:
    """Return what happened to the cited passages and pages of a claim, newest first, in a few queries.

    Confirmed evidence and the claim's appearances count as cited. An edit that affects no cited passage is reported
    only where the page itself is cited, as an appearance.
    """
    if not (_seen.first(claim.pk) or _confirmed.first(claim.pk)):
        return Notices([], [], [])
    confirmed, seen = _confirmed.rows(claim.pk), _seen.rows(claim.pk)
    passages = Q(passage__in=confirmed.values("passage")) | Q(passage__in=seen.values("passage"))
    touches = list(
        Touch.objects.filter(passages)
        .select_related("passage__reading__capture__document", "change__after__capture")
        .defer("passage__reading__text", "change__after__text")
        .order_by("-change__after__capture__taken_at", "-pk")
    )
    told = {touch.change_id for touch in touches}
    return Notices(touches, [change for change in _edited(seen) if change.pk not in told], list(_lost(confirmed, seen)))


@CompiledQuery
def _confirmed(claim: int) -> QuerySet:
    return Evidence.objects.filter(claim=claim, standing=AssertionStatus.CONFIRMED).order_by()


@CompiledQuery
def _seen(claim: int) -> QuerySet:
    return Appearance.objects.standing_firm().filter(claim=claim).order_by()


def _edited(seen: QuerySet) -> QuerySet[Change]:
    found: QuerySet[Change] = Change.objects.found().filter(before__capture__document__in=seen.values("document"))
    return found.select_related("after__capture__document").defer("after__text")


def _lost(confirmed: QuerySet, seen: QuerySet) -> QuerySet[Document]:
    cited = Q(pk__in=confirmed.values("passage__reading__capture__document")) | Q(pk__in=seen.values("document"))
    return Document.objects.filter(cited, last_outcome__in=LOST, captures__readings__isnull=False).distinct()
