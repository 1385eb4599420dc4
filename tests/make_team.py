"""Rows for tests of how the desk works on claims; ``tests.make`` has them all under one name."""

from __future__ import annotations

from claims.models import (
    BoardView,
    CaseItem,
    ChecklistItem,
    ChecklistTick,
    Claim,
    ClaimPlan,
    ClaimTag,
    DeskCase,
    ReviewInvitation,
)
from claims.models.vocabulary import ClaimType
from claims.team import tagging
from tests.make_kept import editor, number, reporter, reviewer


def _claim() -> Claim:
    return Claim.objects.create(text="The bridge at Arvel was closed.", language="en", logged_by=reporter())


def claim_plan(claim_=None, *, by=None, **changes) -> ClaimPlan:
    """Who owns a claim, until when, and how urgent it is."""
    return ClaimPlan.objects.create(claim=claim_ or _claim(), by=by or editor(), **changes)


def review_invitation(claim_=None, person=None, *, by=None) -> ReviewInvitation:
    return ReviewInvitation.objects.create(claim=claim_ or _claim(), person=person or reviewer(), by=by or editor())


def claim_tag(claim_=None, name="Bridges", *, by=None) -> ClaimTag:
    columns = {"name": name, "folded": tagging.folded(name)}
    return ClaimTag.objects.create(claim=claim_ or _claim(), by=by or reporter(), **columns)


def desk_case(name="The war", *, opened_by=None, **changes) -> DeskCase:
    return DeskCase.objects.create(name=name, opened_by=opened_by or editor(), **changes)


def case_item(case=None, *, by=None, **what) -> CaseItem:
    """A claim in a case, unless something else is named; a tag is folded."""
    what = what or {"claim": _claim()}
    folded = {"folded": tagging.folded(what["tag"])} if "tag" in what else {}
    return CaseItem.objects.create(case=case or desk_case(), by=by or editor(), **what, **folded)


def checklist_item(text="", *, type_=ClaimType.EVENT, made_by=None, **changes) -> ChecklistItem:
    text = text or f"Who saw it? {number()}"
    return ChecklistItem.objects.create(text=text, type=type_, made_by=made_by or editor(), **changes)


def checklist_tick(claim_=None, item=None, *, by=None) -> ChecklistTick:
    return ChecklistTick.objects.create(claim=claim_ or _claim(), item=item or checklist_item(), by=by or reporter())


def board_view(owner=None, **changes) -> BoardView:
    columns = {"name": f"View {number()}", "query": "status=open", **changes}
    return BoardView.objects.create(owner=owner or reporter(), **columns)
