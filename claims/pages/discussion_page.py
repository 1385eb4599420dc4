"""What pages show of internal notes: those that their reader may read, each with its versions, the newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from claims.models import Claim, ClaimAccess, DiscussionNote
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct, Status
from claims.review import discussing, rules
from workbench.desk.models import User
from workbench.pages.paging import page_of

PER_PAGE = 20
ON_CLAIM_PAGE = 3  # the newest ones
MOST_PEOPLE = 60  # whose user names the form lists


@dataclass(frozen=True)
class ShownNote:
    """A note as this person reads it: its first version, its newest one, and those between, the newest first."""

    first: DiscussionNote
    newest: DiscussionNote
    earlier: list[DiscussionNote]
    may_change: bool
    may_remove: bool

    @property
    def is_changed(self) -> bool:
        """Whether it was written in other words before."""
        return bool(self.earlier)


def page(request: HttpRequest, claim: Claim, person: User) -> dict[str, Any]:
    """Return a page of the notes on a claim, and what the form needs."""
    found = page_of(request, _first_ones(claim, person).order_by("-pk"), per_page=PER_PAGE)
    return {
        "page": found,
        "notes": _shown(list(found), person),
        "people": _people(claim) if person.may(ClaimAct.DISCUSS) else [],
        "held_back": holds_back(claim, person),
    }


def of_claim(case: rules.Case, *, has_notes: bool) -> dict[str, Any]:
    """Return the newest notes for the page of a claim, and whether there are more."""
    claim, person = case.claim, case.person
    rows = list(_first_ones(claim, person).order_by("-pk")[: ON_CLAIM_PAGE + 1]) if has_notes else []
    return {
        "notes": _shown(rows[:ON_CLAIM_PAGE], person),
        "more_notes": len(rows) > ON_CLAIM_PAGE,
        "held_back": is_held_back(case),
    }


def holds_back(claim: Claim, person: User) -> bool:
    """Say whether what others write now is held back from this person; it is the same whether they write or not."""
    return is_held_back(rules.Case(claim, person))


def is_held_back(case: rules.Case) -> bool:
    """Say the same of a claim and a person, of whom a page has asked more already."""
    claim, person = case.claim, case.person
    if claim.status == Status.DECIDED:
        return False
    if claim.status != Status.IN_REVIEW:
        return bool(case.have_judged)
    if person.pk in case.reviewers or (person.may(ClaimAct.DECIDE) and len(case.reviewers) >= FEWEST_REVIEWS):
        return False
    is_blind = person.may(ClaimAct.REVIEW) and claim.logged_by_id != person.pk
    return is_blind or bool(case.have_judged)


def _first_ones(claim: Claim, person: User) -> Any:
    readable = DiscussionNote.objects.filter(claim=claim).readable_by(person).first_ones()
    return readable.select_related("by", "evidence__passage")


def _shown(rows: Iterable[DiscussionNote], person: User) -> list[ShownNote]:
    """Return notes with the versions that this person may read, in one more query."""
    firsts = list(rows)
    later: dict[int | None, list[DiscussionNote]] = defaultdict(list)
    if firsts:
        versions = DiscussionNote.objects.filter(first__in=[each.pk for each in firsts]).readable_by(person)
        for version in versions.select_related("by").order_by("pk"):
            later[version.first_id].append(version)
    return [_note(first, later[first.pk], person) for first in firsts]


def _note(first: DiscussionNote, later: list[DiscussionNote], person: User) -> ShownNote:
    versions = [first, *later]
    newest = versions[-1]
    earlier = [] if newest.is_removal else versions[-2::-1]
    return ShownNote(
        first,
        newest,
        earlier,
        may_change=not newest.is_removal and first.by_id == person.pk and person.may(ClaimAct.DISCUSS),
        may_remove=not newest.is_removal and discussing.may_remove(first, person),
    )


def _people(claim: Claim) -> list[User]:
    """Return whom a note on the claim may mention."""
    return list(
        ClaimAccess.objects.among(User.objects.filter(is_active=True), claim).order_by("username")[:MOST_PEOPLE]
    )
