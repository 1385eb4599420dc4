"""Restrict a claim to named people: name and remove people, lift the restriction, and recover a claim nobody sees."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import AccessGrant, Claim, ClaimAccess, ClaimFile, ClaimLink, Report
from claims.models.claim_access import only_of_restricted
from claims.models.vocabulary import ClaimAct, ClaimVerb
from sources.models import Document, Search
from sources.models.vocabulary import Engine
from workbench.desk import audit, hidden_rows, seconding
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted, require
from workbench.desk.work_queue import WorkQuerySet


def may_name(claim: Claim, person: User) -> bool:
    """Say whether a person names who sees a claim: they logged it, or they are an editor; and they see it."""
    return person.may(ClaimAct.DECIDE) or (claim.logged_by_id == person.pk and person.may(ClaimAct.LOG_CLAIM))


@transaction.atomic
def name(claim: Claim, person: User, *, by: User) -> ClaimAccess:
    """Let a person see a claim; the first time this restricts it to them, to who names them and to who logged it.

    Somebody who sees it already is returned unchanged. Raises ``Refusal`` (codes ``no_account``, ``published``,
    ``linked``) and ``NotPermitted``.
    """
    held = _hold(claim, by=by)
    if not person.is_active:
        raise Refusal(_("This account is closed."), "no_account", field="person")
    is_new = not ClaimAccess.objects.is_restricted(held)
    if is_new:
        _check_new(held)
        for each in {held.logged_by, by}:
            _give(held, each, by=by)
    access = _give(held, person, by=by)
    if is_new:
        _stop_searches(held)
    return access


@transaction.atomic
def give_files(claim: Claim, documents: Iterable[Document], *, by: User | None) -> None:
    """Note that a person brought files for a claim: while it is restricted, only who sees it sees them.

    ``by`` is None for what came by a personal link.
    """
    for document in documents:
        _file, new = ClaimFile.objects.get_or_create(claim=claim, document=document, by=by)
        if new:
            audit.record(by, ClaimVerb.BROUGHT_FILE_FOR, claim, file=audit.name_of(document))


@transaction.atomic
def remove(claim: Claim, person: User, *, by: User) -> None:
    """Take a person off the list of those who see a claim. Raises ``Refusal`` (``last``) and ``NotPermitted``."""
    held = _hold(claim, by=by)
    access = ClaimAccess.objects.standing().filter(claim=held, person=person).first()
    if access is None:
        return
    if not ClaimAccess.objects.standing().filter(claim=held, person__is_active=True).exclude(person=person).exists():
        problem = _("Nobody else sees this claim. Name somebody else first, or lift the restriction.")
        raise Refusal(problem, "last")
    _end([access], by=by)
    audit.record(by, ClaimVerb.REMOVED_READER, held, person=audit.name_of(person))


@transaction.atomic
def lift(claim: Claim, *, by: User, reason: str) -> None:
    """Let everybody see a claim again, and everything that hangs on it, its log included.

    Raises ``Refusal`` (codes ``not_restricted``, ``empty``, ``too_long``, ``null_character``) and ``NotPermitted``.
    """
    held = _hold(claim, by=by)
    reason = seconding.checked_reason(reason, "reason")
    standing = list(ClaimAccess.objects.standing().filter(claim=held))
    if not standing:
        raise Refusal(_("Everybody sees this claim."), "not_restricted")
    _end(standing, by=by)
    audit.record(by, ClaimVerb.LIFTED_RESTRICTION, held, reason=reason)
    _outside(held).ask()


def lost(*, by: User) -> list[int]:
    """Return the numbers of the restricted claims that nobody sees any more: every person named has left."""
    require(by, ClaimAct.RECOVER)
    with hidden_rows.everything():
        return ClaimAccess.objects.lost()


def proposed(*, by: User) -> list[AccessGrant]:
    """Return who is proposed to see a claim that nobody sees, each with the number of the claim alone."""
    require(by, ClaimAct.RECOVER)
    with hidden_rows.everything():
        return list(AccessGrant.objects.waiting().for_page().select_related("person"))


@transaction.atomic
def propose_recovery(number: int, person: User, *, by: User, reason: str) -> AccessGrant:
    """Propose that somebody sees a restricted claim of which everybody named has left; no words of it are read.

    A second administrator agrees. Raises ``Refusal`` (codes ``not_lost``, ``no_account``, ``pending``, and those of a
    reason) and ``NotPermitted``.
    """
    require(by, ClaimAct.RECOVER)
    reason = seconding.checked_reason(reason, "reason")
    if not person.is_active:
        raise Refusal(_("This account is closed."), "no_account", field="person")
    with hidden_rows.everything():
        claim = _lost_claim(number)
        if AccessGrant.objects.waiting().filter(claim=claim).exists():
            raise Refusal(_("Somebody has already proposed this. Agree to it or decline it first."), "pending")
        row = AccessGrant(claim=claim, person=person, reason=reason)
        return seconding.propose(row, claim, by=by, person=audit.name_of(person), reason=reason)


@transaction.atomic
def agree(key: int, *, by: User) -> AccessGrant:
    """Agree, as a second administrator, that a person sees a claim that nobody sees.

    Raises ``Refusal`` (codes ``settled``, ``own_proposal``, ``same_hand``, ``own_access``, ``not_lost``,
    ``no_account``) and ``NotPermitted``.
    """
    require(by, ClaimAct.RECOVER)
    with hidden_rows.everything():
        held = seconding.hold(_grant(key), by=by, act=ClaimAct.RECOVER)
        if held.person_id == by.pk:
            raise Refusal(_("This is for you, so another administrator must agree to it."), "own_access")
        if not held.person.is_active:
            raise Refusal(_("This account is closed."), "no_account")
        claim = _lost_claim(held.claim_id)
        held = seconding.agree(held, claim, by=by, then_made=True, person=audit.name_of(held.person))
        held.made = ClaimAccess.objects.create(claim=claim, person=held.person, given_by=by)
        held.save()
        audit.record(by, ClaimVerb.NAMED_READER, claim, person=audit.name_of(held.person), grant=held.pk)
        return held


@transaction.atomic
def decline(key: int, *, by: User) -> AccessGrant:
    """Decline such a proposal, or take one’s own back. Raises ``Refusal`` (``settled``) and ``NotPermitted``."""
    require(by, ClaimAct.RECOVER)
    with hidden_rows.everything():
        held = seconding.hold(_grant(key), by=by, act=ClaimAct.RECOVER)
        return seconding.decline(held, held.claim, by=by, person=audit.name_of(held.person))


def _hold(claim: Claim, *, by: User) -> Claim:
    """Lock a claim whose readers this person may name."""
    held = Claim.objects.hold(claim.pk, alone=True)
    if not may_name(held, by):
        raise NotPermitted(_("Only who logged a claim, or an editor who sees it, names the people who see it."))
    return held


def _outside(claim: Claim) -> WorkQuerySet:
    """Return the searches of a claim that send its words to a provider."""
    rows: WorkQuerySet = Search.objects.filter(pk__in=claim.searches.values("pk")).exclude(engine=Engine.GATHERED)
    return rows


def _stop_searches(claim: Claim) -> None:
    """Send the words of a claim to providers no more, apart from what is searched for another claim too."""
    with hidden_rows.everything():
        for search in _outside(claim).filter(only_of_restricted(OuterRef("pk"))):
            search.rest()


def _check_new(claim: Claim) -> None:
    """Raise ``Refusal`` where a claim cannot be restricted any more."""
    if Report.objects.filter(decision__claim=claim).exists():
        raise Refusal(_("A report on this claim is published, so it cannot be restricted."), "published")
    other = ClaimLink.objects.standing_firm().filter(models.Q(claim=claim) | models.Q(other=claim))
    if other.exclude(asserted_by=None).exists():
        problem = _("This claim is linked to others, whose log names it. Log a new claim and restrict that one.")
        raise Refusal(problem, "linked")


def _give(claim: Claim, person: User, *, by: User) -> ClaimAccess:
    access, new = ClaimAccess.objects.get_or_create(
        claim=claim, person=person, ended_at=None, defaults={"given_by": by}
    )
    if new:
        audit.record(by, ClaimVerb.NAMED_READER, claim, person=audit.name_of(person))
    return access


def _end(accesses: Iterable[ClaimAccess], *, by: User) -> None:
    for access in accesses:
        access.ended_by, access.ended_at = by, timezone.now()
        access.save(update_fields=["ended_by", "ended_at"])


def _lost_claim(number: int) -> Claim:
    """Return a claim that nobody sees any more. Every other number, also of no claim, gets the same refusal."""
    claim: Claim | None = Claim.objects.select_for_update().filter(pk=number).first()
    if claim is None or number not in ClaimAccess.objects.lost():
        problem = _("This is no restricted claim whose readers have all left.")
        raise Refusal(problem, "not_lost", field="claim")
    return claim


def _grant(key: int) -> AccessGrant:
    row: AccessGrant | None = AccessGrant.objects.filter(pk=key).first()
    if row is None or not row.waits:
        raise Refusal(_("This proposal was answered already."), "settled")
    return row
