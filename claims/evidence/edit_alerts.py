"""Notice what became of the pages a claim rests on: edits that touch what is cited, and pages that are gone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from claims.models import Claim
from claims.models.vocabulary import Standing
from sources.models import Change, Document, Touch
from sources.models.vocabulary import Outcome

LOST = (Outcome.GONE, Outcome.SOFT_404)


@dataclass(frozen=True)
class Notices:
    """What a person who relies on a claim's evidence should know of its pages."""

    touches: list[Touch]
    edited: list[Change]
    lost: list[Document]

    def __bool__(self) -> bool:
        return bool(self.touches or self.edited or self.lost)


def notices(claim: Claim) -> Notices:
    """Return what happened to the cited passages and pages of a claim, the newest first; in three queries.

    Cited is what is confirmed as evidence, and where the claim was seen to appear. Of an edit that touches no cited
    passage it is said only where the page as a whole is cited.
    """
    confirmed = claim.evidence.filter(standing=Standing.CONFIRMED)
    seen = claim.appearances.standing_firm()
    passages = Q(passage__in=confirmed.values("passage")) | Q(passage__in=seen.values("passage"))
    touches = list(
        Touch.objects.filter(passages)
        .select_related("passage__reading__capture__document", "change__after__capture")
        .defer("passage__reading__text", "change__after__text")
        .order_by("-change__after__capture__taken_at", "-pk")
    )
    told = {touch.change_id for touch in touches}
    return Notices(touches, [change for change in _edited(seen) if change.pk not in told], list(_lost(confirmed, seen)))


def _edited(seen: QuerySet) -> QuerySet[Change]:
    found: QuerySet[Change] = Change.objects.found().filter(before__capture__document__in=seen.values("document"))
    return found.select_related("after__capture__document").defer("after__text")


def _lost(confirmed: QuerySet, seen: QuerySet) -> QuerySet[Document]:
    cited = Q(pk__in=confirmed.values("passage__reading__capture__document")) | Q(pk__in=seen.values("document"))
    return Document.objects.filter(cited, last_outcome__in=LOST, captures__readings__isnull=False).distinct()
