"""Change several things of how the desk works on a claim in one act: what a form on its page or the board sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from claims.models import Claim, DeskCase
from claims.team import case_keeping, inviting, planning, tagging
from workbench.desk.models import User


@dataclass(frozen=True)
class Arrangement:
    """What is to change; what is not named stays as it is, whatever others do meanwhile."""

    plan: Mapping[str, Any] = field(default_factory=dict)
    tag: Sequence[str] = ()
    untag: Sequence[str] = ()
    invite: Sequence[User] = ()
    take_back: Sequence[User] = ()
    case: DeskCase | None = None

    def __bool__(self) -> bool:
        return bool(self.plan or self.tag or self.untag or self.invite or self.take_back or self.case)


@transaction.atomic
def arrange(claim: Claim, wanted: Arrangement, *, by: User) -> Claim:
    """Make all these changes, or none of them. Raises ``NotPermitted`` and ``Refusal`` as each activity does."""
    if wanted.plan:
        planning.plan(claim, wanted.plan, by=by)
    if wanted.untag:
        tagging.untag(claim, wanted.untag, by=by)
    if wanted.tag:
        tagging.tag(claim, wanted.tag, by=by)
    for person in wanted.take_back:
        inviting.take_back(claim, person, by=by)
    for person in wanted.invite:
        inviting.invite(claim, person, by=by)
    if wanted.case:
        case_keeping.put_claim(wanted.case, claim, by=by)
    return claim
