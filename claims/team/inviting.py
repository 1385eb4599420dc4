"""Ask people to review a claim, and take that back. It is a request and no permission: others may review it too."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimAccess, ReviewInvitation
from claims.models.vocabulary import ClaimAct, ClaimVerb
from workbench.desk import audit, declarations
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


def reviewers(claim: Claim) -> QuerySet[User]:
    """Return the people who can be asked to review a claim: they review, see it, and did not log it."""
    people = User.objects.filter(is_active=True, role__in=declarations.acts()[ClaimAct.REVIEW], is_superuser=False)
    people = ClaimAccess.objects.among(people.exclude(pk=claim.logged_by_id), claim)
    return people.order_by("last_name", "first_name", "username")


@transaction.atomic
def invite(claim: Claim, person: User, *, by: User, handed_over: bool = False) -> ReviewInvitation:
    """Ask a person to review a claim; who is asked already stays so.

    Raises ``NotPermitted`` and ``Refusal`` (``not_reviewer``).
    """
    if not handed_over:
        require(by, ClaimAct.PLAN)
    held = Claim.objects.hold(claim.pk)
    known: ReviewInvitation | None = ReviewInvitation.objects.standing().filter(claim=held, person=person).first()
    if known:
        return known
    if not reviewers(held).filter(pk=person.pk).exists():
        problem = _("%(person)s cannot review this claim.") % {"person": person}
        raise Refusal(problem, "not_reviewer", field="reviewers")
    made: ReviewInvitation = ReviewInvitation.objects.create(claim=held, person=person, by=by)
    facts: dict[str, Any] = {"handed_over": True} if handed_over else {}
    audit.record(by, ClaimVerb.INVITED_REVIEWER, held, person=audit.name_of(person), **facts)
    return made


@transaction.atomic
def take_back(claim: Claim, person: User, *, by: User, handed_over: bool = False) -> None:
    """Ask a person to review a claim no more. Raises ``NotPermitted``."""
    if not handed_over:
        require(by, ClaimAct.PLAN)
    held = Claim.objects.hold(claim.pk)
    known: ReviewInvitation | None = ReviewInvitation.objects.standing().filter(claim=held, person=person).first()
    if known:
        known.end(by)
        facts: dict[str, Any] = {"handed_over": True} if handed_over else {}
        audit.record(by, ClaimVerb.ENDED_INVITATION, held, person=audit.name_of(person), **facts)
