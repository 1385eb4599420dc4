"""Which entries of the log about claims people are told of, and who.

Nobody learns here what a reviewer found. Reviewers learn that a claim waits for them, and later that it has a verdict.
Only editors who may decide the claim, and have not reviewed it, learn that it has enough reviews.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from claims.models import Claim, ClaimAccess, DiscussionNote, PersonalLink, Report
from claims.models.outside_vocabulary import LinkKind
from claims.models.vocabulary import FEWEST_REVIEWS, ClaimAct, ClaimEvent, ClaimVerb, Status
from claims.review import staff
from workbench.desk.declarations import Telling
from workbench.desk.four_eyes import able_to_second, present
from workbench.desk.models import LogEntry, User
from workbench.desk.tellings import proposers_by
from workbench.desk.vocabulary import DeskEvent, DeskVerb


def _claim_of(entry: LogEntry) -> Claim | None:
    """Return the claim in whose chain an entry stands."""
    kind, _space, key = entry.chain.partition(" ")
    return Claim.objects.filter(pk=key).first() if kind == Claim._meta.model_name and key.isdecimal() else None


def _facts(entry: LogEntry) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(entry.facts)
    return found


def _reviewers(claim: Claim) -> set[int]:
    """Return who has reviewed the claim in its present round."""
    return set(claim.reviews.filter(round=claim.round).values_list("reviewer", flat=True))


def _to_review(entry: LogEntry) -> Iterable[int]:
    claim = _claim_of(entry)
    if claim is None or claim.status != Status.IN_REVIEW or _facts(entry).get("after") != Status.IN_REVIEW:
        return []
    return present(staff.reviewers_left(claim, _reviewers(claim)))


def _to_decide(entry: LogEntry) -> Iterable[int]:
    claim = _claim_of(entry)
    if claim is None or claim.status != Status.IN_REVIEW or len(reviewers := _reviewers(claim)) < FEWEST_REVIEWS:
        return []
    return present(staff.deciders(claim, reviewers))


def _sent_back(entry: LogEntry) -> Iterable[int]:
    claim = _claim_of(entry)
    facts = _facts(entry)
    went_back = (facts.get("before"), facts.get("after")) == (Status.IN_REVIEW, Status.OPEN)
    return [claim.logged_by_id] if claim and went_back and claim.logged_by_id else []


def _workers(entry: LogEntry) -> Iterable[int]:
    """Return who logged the claim, and who reviewed it in any round: after a verdict nothing is blind any more."""
    claim = _claim_of(entry)
    if claim is None:
        return []
    return {key for key in (claim.logged_by_id, *claim.reviews.values_list("reviewer", flat=True)) if key}


def _named(entry: LogEntry, fact: str) -> Iterable[int]:
    """Return the person whom a fact of an entry names, such as ``user 3``."""
    kind, _space, key = str(_facts(entry).get(fact) or "").partition(" ")
    claim = _claim_of(entry)
    if claim is None or kind != User._meta.model_name or not key.isdecimal():
        return []
    return present(ClaimAccess.objects.among(User.objects.filter(pk=key, is_active=True), claim))


def _owner(entry: LogEntry) -> Iterable[int]:
    return _named(entry, "owner")


def _invited(entry: LogEntry) -> Iterable[int]:
    return _named(entry, "person")


def _about_report(entry: LogEntry) -> Iterable[int]:
    """Return who worked on the claim of a report, and who gave its verdict."""
    kind, _space, key = entry.subject.partition(" ")
    report = Report.objects.filter(pk=key).select_related("decision").first() if kind == "report" else None
    deciders = {report.decision.decided_by_id} if report else set()
    return {*_workers(entry), *deciders}


def _seconds(entry: LogEntry) -> Iterable[int]:
    """Return who may agree to what is proposed about a report or a verdict."""
    if _claim_of(entry) is None or entry.actor is None:
        return []
    return present(able_to_second(ClaimAct.SECOND, by=entry.actor))


def _editors_of(entry: LogEntry) -> Iterable[int]:
    """Return who proposed the copy-edit that somebody answered."""
    return proposers_by(entry, ClaimVerb.PROPOSED_EDIT, "edit")


def _mentioned(entry: LogEntry) -> Iterable[int]:
    """Return whom a version of a note mentions, and the one before it did not, where they may read it by now."""
    note = DiscussionNote.objects.filter(pk=_facts(entry)["version"]).first()
    if note is None:
        return []
    before = DiscussionNote.objects.filter(Q(pk=note.first_id) | Q(first=note.first_id), pk__lt=note.pk)
    known = before.order_by("-pk").values_list("mentioned", flat=True).first() or [] if note.first_id else []
    people = User.objects.filter(username__in=set(note.mentioned) - set(known))
    readable = DiscussionNote.objects.filter(pk=note.pk)
    return [person.pk for person in people if readable.readable_by(person).exists()]


def _asker(entry: LogEntry) -> Iterable[int]:
    """Return who asked for advice by a link; answers to requests for comment are told to all who worked on it."""
    link = PersonalLink.objects.filter(pk=_facts(entry)["personal_link"], kind=LinkKind.ADVICE).first()
    return [link.asked_by_id] if link else []


def _commented(entry: LogEntry) -> Iterable[int]:
    """Return who is told of a comment that came by a link: who asked, and who worked on the claim."""
    link = PersonalLink.objects.filter(pk=_facts(entry)["personal_link"], kind=LinkKind.COMMENT).first()
    return {link.asked_by_id, *_workers(entry)} if link else []


TELLINGS = [
    Telling(ClaimVerb.MOVED, ClaimEvent.TO_REVIEW, _to_review),
    Telling(ClaimVerb.MOVED, ClaimEvent.SENT_BACK, _sent_back),
    Telling(ClaimVerb.REVIEWED, ClaimEvent.TO_DECIDE, _to_decide),
    Telling(ClaimVerb.DECIDED, ClaimEvent.DECIDED, _workers),
    Telling(ClaimVerb.PUBLISHED_REPORT, ClaimEvent.PUBLISHED, _about_report),
    Telling(ClaimVerb.CORRECTED_REPORT, ClaimEvent.CORRECTED, _about_report),
    Telling(ClaimVerb.RECORDED_COMMENT, ClaimEvent.COMMENT, _workers),
    Telling(ClaimVerb.ANSWERED_BY_LINK, ClaimEvent.COMMENT, _commented),
    Telling(ClaimVerb.ANSWERED_BY_LINK, ClaimEvent.ADVICE, _asker),
    Telling(ClaimVerb.WROTE_NOTE, ClaimEvent.MENTIONED, _mentioned),
    Telling(ClaimVerb.CHANGED_NOTE, ClaimEvent.MENTIONED, _mentioned),
    Telling(ClaimVerb.PLANNED, ClaimEvent.OWNER, _owner),
    Telling(ClaimVerb.INVITED_REVIEWER, ClaimEvent.INVITED, _invited),
    Telling(DeskVerb.PROPOSED, DeskEvent.TO_SECOND, _seconds),
    Telling(ClaimVerb.PROPOSED_EDIT, DeskEvent.TO_SECOND, _seconds),
    Telling(ClaimVerb.AGREED_TO_EDIT, DeskEvent.ANSWERED, _editors_of),
    Telling(ClaimVerb.DECLINED_EDIT, DeskEvent.ANSWERED, _editors_of),
]
