"""Discuss a claim at the desk: write internal notes that mention people, change them by a new version, remove them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimAccess, Decision, DiscussionNote, Evidence, Review
from claims.models.vocabulary import ClaimAct, ClaimVerb, Status
from workbench.desk import audit, hidden_rows
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted, require

MOST_MENTIONED = 20  # people in one note
# A user name after an at sign that is not inside a mail address; the stop of a sentence is not part of the name.
MENTION = re.compile(r"(?<![\w.+@-])@([\w.@+-]*\w)")


@dataclass(frozen=True)
class About:
    """What a note is about: a piece of evidence, the report of a verdict, or with neither the claim as a whole."""

    evidence: Evidence | None = None
    decision: Decision | None = None


THE_CLAIM = About()


@transaction.atomic
def write(claim: Claim, *, by: User, text: str, about: About = THE_CLAIM) -> DiscussionNote:
    """Add an internal note, also to a closed claim; the same note sent twice is returned unchanged.

    Raises ``Refusal`` (codes ``empty``, ``other_claim``, ``too_many``, ``no_account``, ``sees_no_claim``, ``blind``)
    and ``NotPermitted``.
    """
    require(by, ClaimAct.DISCUSS)
    held = Claim.objects.hold(claim.pk)
    if any(each is not None and each.claim_id != held.pk for each in (about.evidence, about.decision)):
        raise Refusal(_("This belongs to another claim."), "other_claim")
    text = _written(text)
    same = DiscussionNote.objects.filter(claim=held, evidence=about.evidence, decision=about.decision)
    last = same.filter(by=by).order_by("-pk").first()
    if last is not None and last.text == text:
        return last
    note = _version(held, by, text, about)
    audit.record(by, ClaimVerb.WROTE_NOTE, note, claim=audit.name_of(held), version=note.pk)
    return note


@transaction.atomic
def change(note: DiscussionNote, *, by: User, text: str) -> DiscussionNote:
    """Add a new version of a note of one’s own; the former ones are kept and shown.

    Raises ``Refusal`` (as ``write``, and ``removed``) and ``NotPermitted``.
    """
    first, newest = _hold(note, by=by)
    if first.by_id != by.pk:
        raise NotPermitted(_("Only the person who wrote a note changes it."))
    text = _written(text)
    if newest.text == text:
        return newest
    made = _version(first.claim, by, text, About(first.evidence, first.decision), first)
    audit.record(by, ClaimVerb.CHANGED_NOTE, first, claim=audit.name_of(first.claim), version=made.pk)
    return made


@transaction.atomic
def remove(note: DiscussionNote, *, by: User) -> DiscussionNote:
    """Take the words of a note off every page, one’s own or as an editor; that it was removed, and by whom, stays.

    Raises ``Refusal`` (code ``removed``) and ``NotPermitted``.
    """
    first, _newest = _hold(note, by=by)
    if not may_remove(first, by):
        raise NotPermitted(_("Only the person who wrote a note, or an editor, removes it."))
    made = DiscussionNote.objects.create(
        claim=first.claim, evidence=first.evidence, decision=first.decision, first=first, is_removal=True, by=by
    )
    audit.record(by, ClaimVerb.REMOVED_NOTE, first, claim=audit.name_of(first.claim), version=made.pk)
    return made


def may_remove(first: DiscussionNote, person: User) -> bool:
    """Say whether a person may remove a note: their own, or as an editor."""
    return person.may(ClaimAct.DECIDE) or (first.by_id == person.pk and person.may(ClaimAct.DISCUSS))


def _hold(note: DiscussionNote, *, by: User) -> tuple[DiscussionNote, DiscussionNote]:
    """Lock the claim of a note that is not removed; return its first version and its newest one."""
    require(by, ClaimAct.DISCUSS)
    first = DiscussionNote.objects.select_related("claim", "evidence", "decision").get(pk=note.first_id or note.pk)
    Claim.objects.hold(first.claim_id)
    newest = first.versions.order_by("-pk").first() or first
    if newest.is_removal:
        raise Refusal(_("This note was removed."), "removed")
    return first, newest


def _version(claim: Claim, by: User, text: str, about: About, first: DiscussionNote | None = None) -> DiscussionNote:
    """Add a version of a note, once everybody whom it mentions may read it."""
    people = _mentioned(text)
    _check_people(claim, people)
    note = DiscussionNote.objects.create(
        claim=claim,
        evidence=about.evidence,
        decision=about.decision,
        first=first,
        text=text,
        mentioned=[person.username for person in people],
        round=claim.round if _could_tell(claim, by) else None,
        by=by,
    )
    for person in people:
        if not DiscussionNote.objects.readable_by(person).filter(pk=note.pk).exists():
            problem = _(
                "%(person)s does not read notes that are written during this review: they could tell what others "
                "found. Mention them after the verdict, or after they have submitted their review."
            )
            raise Refusal(problem % {"person": person}, "blind", field="text")
    return note


def _could_tell(claim: Claim, by: User) -> bool:
    """Say whether what a person writes now could tell a finding that no verdict has followed."""
    if claim.status in {Status.IN_REVIEW, Status.DECIDED}:
        return claim.status == Status.IN_REVIEW
    return Review.objects.filter(claim=claim).visible_to(by).since_verdict().exists()


def _mentioned(text: str) -> list[User]:
    """Return the people whom a text mentions. A name after an at sign that no account has is a name like any other."""
    names = {found.casefold() for found in MENTION.findall(text)}
    found: list[User] = list(
        User.objects.annotate(folded=Lower("username")).filter(folded__in=names).order_by("username")
    )
    if len(found) > MOST_MENTIONED:
        raise Refusal(_("Mention at most %(most)d people.") % {"most": MOST_MENTIONED}, "too_many", field="text")
    return found


def _check_people(claim: Claim, people: Iterable[User]) -> None:
    """Refuse to mention somebody who has no open account, or may not see the claim."""
    with hidden_rows.everything():
        seeing = set(ClaimAccess.objects.among(User.objects.filter(pk__in=[each.pk for each in people]), claim))
    for person in people:
        if not person.is_active:
            problem = _("The account of %(person)s is closed, so nobody would read the mention.")
            raise Refusal(problem % {"person": person}, "no_account", field="text")
        if person not in seeing:
            problem = _("%(person)s may not see this claim. Name them under “Who sees this claim” first.")
            raise Refusal(problem % {"person": person}, "sees_no_claim", field="text")


def _written(text: str) -> str:
    if not text.strip():
        raise Refusal(_("The note is empty. Write something."), "empty", field="text")
    return text.strip()
