"""Say what must be set before a report is published: what it prints of the desk and its people stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from claims.models import Decision
from claims.models.vocabulary import AssertionStatus
from sources.reading.pasting import PASTED
from workbench.desk import public_identity
from workbench.desk.models import User
from workbench.desk.refusal import Refusal


def gaps(people: Iterable[User]) -> list[str]:
    """Return in sentences what the desk and these people lack; nothing where a report can be published."""
    return [*public_identity.gaps_of_desk(), *public_identity.gaps_of_people(people)]


def require(people: Iterable[User]) -> None:
    """Raise ``Refusal`` (code ``placeholder``) where a report would print a placeholder."""
    found = gaps(people)
    if found:
        raise Refusal(" ".join([_("This report cannot be published yet."), *found]), "placeholder")


def people_of(decision: Decision, *by: User) -> list[User]:
    """Return the people whose names the report of a verdict prints, if these people propose and publish it."""
    claim = decision.claim
    reviewers = claim.reviews.filter(round=decision.round).values("reviewer")
    weighers = claim.evidence.filter(standing=AssertionStatus.CONFIRMED).values("settled_by")
    named = Q(pk__in=[*(person.pk for person in by), decision.decided_by_id]) | Q(pk__in=reviewers) | Q(pk__in=weighers)
    for rows in (claim.evidence, claim.appearances):
        pasted = rows.filter(standing=AssertionStatus.CONFIRMED, passage__reading__reader=PASTED)
        named |= Q(pk__in=pasted.values("passage__reading__capture__document__asked_by"))
    whole = claim.appearances.filter(standing=AssertionStatus.CONFIRMED, document__captures__readings__reader=PASTED)
    named |= Q(pk__in=whole.values("document__asked_by"))
    return list(User.objects.filter(named).defer("word_index"))
