"""Set who is responsible for a claim, until when, and how urgent it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimAccess, ClaimPlan
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import ClaimAct, ClaimVerb
from workbench.desk import audit, declarations
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


def owners(claim: Claim | None = None) -> QuerySet[User]:
    """Return the people who can own a claim: their role lets them work on it, and they see it."""
    people = User.objects.filter(is_active=True, role__in=declarations.acts()[ClaimAct.LOG_CLAIM], is_superuser=False)
    people = ClaimAccess.objects.among(people, claim) if claim else people
    return people.order_by("last_name", "first_name", "username")


@transaction.atomic
def plan(claim: Claim, changes: Mapping[str, Any], *, by: User, handed_over: bool = False) -> ClaimPlan | None:
    """Change owner, due date or priority of a claim: only those that are named; the others stay as they are now.

    Returns the plan that counts, None where nobody ever made one. Raises ``NotPermitted`` and ``Refusal`` (codes
    ``not_owner``, ``past_day``).
    """
    if not handed_over:
        require(by, ClaimAct.PLAN)
    held = Claim.objects.hold(claim.pk)
    before: ClaimPlan | None = ClaimPlan.objects.standing().filter(claim=held).select_related("owner").first()
    known: dict[str, Any] = {"owner": None, "due_on": None, "priority": Priority.NORMAL}
    if before:
        known = {part: getattr(before, part) for part in known}
    new = {part: changes[part] for part in known if part in changes and changes[part] != known[part]}
    if not new:
        return before
    _check(held, new)
    if before:
        before.end(by)
    made: ClaimPlan = ClaimPlan.objects.create(claim=held, by=by, **{**known, **new})
    facts: dict[str, Any] = {part: _named(value) for part, value in new.items()}
    if handed_over:
        facts["handed_over"] = True
    audit.record(by, ClaimVerb.PLANNED, held, **facts)
    return made


def _check(claim: Claim, new: Mapping[str, Any]) -> None:
    owner, due_on = new.get("owner"), new.get("due_on")
    if owner is not None and not owners(claim).filter(pk=owner.pk).exists():
        problem = _("%(person)s cannot work on this claim.") % {"person": owner}
        raise Refusal(problem, "not_owner", field="owner")
    if due_on is not None and due_on < timezone.localdate():
        raise Refusal(_("Enter today’s date or a later date."), "past_day", field="due_on")


def _named(value: Any) -> str | None:
    """Return how the log writes a value."""
    if isinstance(value, User):
        return audit.name_of(value)
    return value.isoformat() if isinstance(value, date) else value
