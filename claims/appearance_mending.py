"""Correct an appearance that one added: the corrected one takes its place, and the old one stays as it was."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from claims.evidence import weighing
from claims.intake import recording
from claims.intake.recording import Sighting
from claims.models import Appearance
from claims.models.vocabulary import AppearanceRole, AssertionStatus, ClaimVerb, Move
from claims.review import rules
from sources.reading.newest import newest_text
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal


@transaction.atomic
def correct(appearance: Appearance, sighting: Sighting, *, by: User, reason: str) -> Appearance:
    """Correct quote, chain, date, role or address of an appearance, as long as nobody else has worked on its claim.

    The document stays, unless we fetched it and the address is another one. Raises ``NotPermitted`` and ``Refusal``:
    codes ``empty``, ``not_yours``, ``unchanged``, ``not_quoted``, those of ``rules`` for correcting a claim, and those
    of ``recording.add_appearance``.
    """
    claim = rules.hold(appearance.claim, Move.CORRECT_CLAIM, by=by)
    held: Appearance = Appearance.objects.select_for_update().get(pk=appearance.pk)
    _check(held, sighting, reason, by=by)
    if _keeps_document(held, sighting):
        sighting = replace(sighting, document=held.document)
    first_known = held.first_known
    weighing.settle(held, by=by, standing=AssertionStatus.REJECTED, claim=claim)
    corrected = recording.add_appearance(claim, sighting, by=by, first_known=first_known, replaces=held)
    facts = {"appearance": audit.name_of(corrected), "replaces": audit.name_of(held), "reason": reason.strip()}
    audit.record(by, ClaimVerb.CORRECTED_APPEARANCE, claim, **facts)
    return corrected


def sighting_of(appearance: Appearance) -> Sighting:
    """Return an appearance as a person enters it, without its chain."""
    return Sighting(
        quote=appearance.quote,
        url=appearance.url,
        account=appearance.account,
        appeared_at=appearance.appeared_at,
        deleted_since=appearance.deleted_since,
        role=AppearanceRole(appearance.role),
    )


def _keeps_document(held: Appearance, sighting: Sighting) -> bool:
    """Say whether the appearance stays in its document: what a person brought or pasted is the same at any address."""
    return sighting.url == held.url or (held.document is not None and not held.document.is_web)


def _check(held: Appearance, sighting: Sighting, reason: str, *, by: User) -> None:
    if held.asserted_by_id != by.pk or held.standing != AssertionStatus.CONFIRMED:
        raise Refusal(_("Only the person who added this appearance can correct it."), "not_yours")
    if not reason.strip():
        raise Refusal(_("Give a reason. The log records it."), "empty", field="reason")
    same = replace(sighting, chain=()) == sighting_of(held)
    if same and recording.chain_of(held) == recording.words_of(sighting.chain):
        raise Refusal(_("You have changed nothing yet."), "unchanged")
    text = newest_text(held.document) if held.document and _keeps_document(held, sighting) else None
    if text and sighting.quote.strip() and not recording.says(text.text, sighting.quote):
        problem = _("This quote is not in the text of the document. Quote the text word for word.")
        raise Refusal(problem, "not_quoted", field="quote")
