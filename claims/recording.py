"""Log a claim: its words, where it appeared, and to whom it is attributed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Appearance, Attribution, Claim, Wording
from claims.models.assertion import stated
from claims.models.claim import LONGEST_CLAIM
from claims.vocabulary import AppearanceRole, ClaimType, Directness, Modality, WordingKind
from sources import fetching, preserving
from sources.models import Document, Passage, Source
from sources.vocabulary import DatePrecision, SourceKind
from workbench import audit
from workbench.models import User
from workbench.roles import Act, require

LONGEST_CHAIN = 8


class NotLogged(Exception):
    """The claim cannot be logged as it is. The message is fit to show to a person."""


@dataclass(frozen=True)
class Link:
    """One link of an attribution chain as a person writes it. ``named_as`` is empty where nobody is named."""

    named_as: str
    kind: SourceKind
    modality: Modality
    directness: Directness
    verb: str = ""


@dataclass(frozen=True)
class Sighting:
    """Where a claim was seen: an address, a pasted text, or only words; with the chain found there, outermost first."""

    quote: str = ""
    url: str = ""
    pasted: str = ""
    appeared_at: datetime | None = None
    role: AppearanceRole = AppearanceRole.REPEATS
    chain: Sequence[Link] = field(default_factory=tuple)


@dataclass(frozen=True)
class Proposition:
    """A checkable statement in the words it was made in, before it is logged."""

    text: str
    language: str
    type: ClaimType = ClaimType.EVENT
    short_text: str = ""
    claimed_at: datetime | None = None
    place: str = ""
    note: str = ""


@transaction.atomic
def log_claim(proposition: Proposition, sighting: Sighting, *, by: User, form_key: UUID | None = None) -> Claim:
    """Log a claim with its first sighting; a form that is sent twice gives the same claim.

    Raises ``NotPermitted``, ``NotLogged``, and ``sources.fetching.NotAsked`` for an address we do not open.
    """
    require(by, Act.LOG_CLAIM)
    text = _checked(proposition.text)
    before: Claim | None = Claim.objects.filter(form_key=form_key).first() if form_key else None
    if before is not None:
        return before
    claim = Claim.objects.create(
        text=text,
        short_text=proposition.short_text.strip(),
        language=proposition.language,
        type=proposition.type,
        claimed_at=proposition.claimed_at,
        claimed_precision=DatePrecision.DAY if proposition.claimed_at else "",
        place=proposition.place.strip(),
        note=proposition.note.strip(),
        logged_by=by,
        form_key=form_key,
    )
    audit.record(by, "logged", claim, text=text, language=claim.language)
    add_appearance(claim, sighting, by=by, first_known=True)
    return claim


@transaction.atomic
def add_appearance(claim: Claim, sighting: Sighting, *, by: User, first_known: bool = False) -> Appearance:
    """Add a place where a claim was seen, with its attribution chain; ask for the page, or keep the pasted text."""
    require(by, Act.LOG_CLAIM)
    if len(sighting.chain) > LONGEST_CHAIN:
        raise NotLogged(_("An attribution chain has at most %(most)d links.") % {"most": LONGEST_CHAIN})
    document, passage = _document_of(sighting, claim.language, by=by)
    appearance = Appearance.objects.create(
        claim=claim,
        document=document,
        passage=passage,
        url=sighting.url,
        quote=sighting.quote.strip(),
        role=sighting.role,
        appeared_at=sighting.appeared_at,
        first_known=first_known,
        **stated(by),
    )
    for position, link in enumerate(sighting.chain):
        _attribute(appearance, position, link, by=by)
    audit.record(by, "added an appearance", claim, url=sighting.url, quote=sighting.quote, links=len(sighting.chain))
    return appearance


@transaction.atomic
def add_wording(claim: Claim, *, by: User, text: str, language: str, kind: WordingKind) -> Wording:
    """Add other words in which the claim was made, and look through the coverage again with them."""
    require(by, Act.LOG_CLAIM)
    wording = Wording.objects.create(claim=claim, text=_checked(text), language=language, kind=kind, **stated(by))
    Claim.objects.filter(pk=claim.pk).update(matched_through=0)
    claim.ask()
    audit.record(by, "added a wording", claim, text=wording.text, language=language, kind=kind)
    return wording


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise NotLogged(_("Write the claim: the one statement to be checked."))
    if len(text) > LONGEST_CLAIM:
        raise NotLogged(
            _("A claim is one statement of at most %(most)d characters; this text has %(length)d.")
            % {"most": LONGEST_CLAIM, "length": len(text)}
        )
    if "\0" in text:
        raise NotLogged(_("The text holds a null character, which cannot be stored. Remove it and send again."))
    return text


def _document_of(sighting: Sighting, language: str, *, by: User) -> tuple[Document | None, Passage | None]:
    """Return the document a sighting is in, and the passage of its quote where that is known already."""
    if sighting.pasted.strip():
        reading = preserving.keep_pasted(sighting.pasted, by=by, url=sighting.url, language=language)
        return reading.capture.document, preserving.passage_of(reading, sighting.quote)
    if sighting.url:
        return fetching.ask(sighting.url, by=by), None
    return None, None


def _attribute(appearance: Appearance, position: int, link: Link, *, by: User) -> Attribution:
    return Attribution.objects.create(
        appearance=appearance,
        position=position,
        source=_source(link, by=by),
        named_as=link.named_as.strip(),
        verb=link.verb.strip(),
        modality=link.modality,
        directness=link.directness,
        **stated(by),
    )


def _source(link: Link, *, by: User) -> Source | None:
    """Return the source a link names, made known now if it is new; None where nobody is named."""
    name = link.named_as.strip()
    if not name or link.modality == Modality.UNATTRIBUTED_PASSIVE:
        return None
    known: Any = Source.objects.called(name).first()
    return known or Source.objects.create(name=name, kind=link.kind, added_by=by)
