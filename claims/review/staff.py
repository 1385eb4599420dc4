"""Who else on the desk can review or decide a claim: what a policy of four eyes and its waivers look at."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from claims.models import Claim, ClaimAccess
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct
from workbench.desk.four_eyes import able
from workbench.desk.models import User


def deciders(claim: Claim, reviewers: Collection[int], *, but: User | None = None) -> QuerySet[User]:
    """Return the people, except one, who may decide the claim: they see it, and neither logged nor reviewed it.

    ``reviewers`` are those of every round since the newest verdict.
    """
    people = able(ClaimAct.DECIDE, but=but).exclude(pk__in=[claim.logged_by_id, *reviewers])
    return ClaimAccess.objects.among(people, claim)


def reviewers_left(claim: Claim, reviewers: Collection[int], *, but: User | None = None) -> QuerySet[User]:
    """Return the people, except one, who may still review the claim in this round."""
    people = able(ClaimAct.REVIEW, but=but).exclude(pk__in=[claim.logged_by_id, *reviewers])
    return ClaimAccess.objects.among(people, claim)


def lacks_reviewers(claim: Claim, reviewers: Collection[int], *, but: User) -> bool:
    """Say whether the desk has too few people for the reviews of a verdict that this person gives."""
    return len(reviewers) + reviewers_left(claim, reviewers, but=but).count() < FEWEST_REVIEWS
