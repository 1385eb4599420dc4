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
from sources import fetching, preserving, watching
from sources.models import Document, Passage, Source
from sources.text.folding import fold
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

    @property
    def is_blank(self) -> bool:
        """Whether nothing is known of where the claim was seen."""
        return not (self.quote or self.url or self.pasted or self.appeared_at or self.chain)


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
    columns = {**_columns(proposition), "logged_by": by}
    if form_key is None:
        claim, new = Claim.objects.create(**columns), True
    else:  # also where both forms come at the same time
        claim, new = Claim.objects.get_or_create(form_key=form_key, defaults=columns)
    if not new:
        return claim
    audit.record(by, "logged", claim, text=claim.text, language=claim.language)
    if not sighting.is_blank:
        add_appearance(claim, sighting, by=by, first_known=True)
    return claim


@transaction.atomic
def add_appearance(claim: Claim, sighting: Sighting, *, by: User, first_known: bool = False) -> Appearance:
    """Add a place where a claim was seen, with its attribution chain; ask for the page, or keep the pasted text.

    A sighting that is there already is returned as it stands: a form may be sent twice.
    """
    require(by, Act.LOG_CLAIM)
    if len(sighting.chain) > LONGEST_CHAIN:
        raise NotLogged(_("An attribution chain has at most %(most)d links.") % {"most": LONGEST_CHAIN})
    Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    document, passage = _document_of(sighting, claim.language, by=by)
    columns = {"document": document, "passage": passage, "url": sighting.url, "quote": sighting.quote.strip()}
    known: Appearance | None = claim.appearances.filter(passage=passage).first() if passage else None
    known = known or claim.appearances.filter(**columns, role=sighting.role).first()
    if known is not None:
        return known
    appearance: Appearance = Appearance.objects.create(
        claim=claim,
        **columns,
        role=sighting.role,
        appeared_at=sighting.appeared_at,
        first_known=first_known,
        **stated(by),
    )
    for position, link in enumerate(sighting.chain):
        _attribute(appearance, position, link, by=by)
    audit.record(by, "added an appearance", claim, url=sighting.url, quote=sighting.quote, links=len(sighting.chain))
    if document is not None:
        watching.watch(document, by=by, passage=passage)
    return appearance


@transaction.atomic
def add_wording(claim: Claim, *, by: User, text: str, language: str, kind: WordingKind) -> Wording:
    """Add other words in which the claim was made, and look through the coverage again with them.

    A wording that is there already is returned as it stands.
    """
    require(by, Act.LOG_CLAIM)
    Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    text = _checked(text)
    known: Wording | None = claim.wordings.confirmed().filter(text=text, language=language).first()
    if known is not None:
        return known
    wording: Wording = Wording.objects.create(claim=claim, text=text, language=language, kind=kind, **stated(by))
    Claim.objects.filter(pk=claim.pk).update(matched_through=0)
    claim.ask()
    audit.record(by, "added a wording", claim, text=wording.text, language=language, kind=kind)
    return wording


def _columns(proposition: Proposition) -> dict[str, Any]:
    return {
        "text": _checked(proposition.text),
        "short_text": proposition.short_text.strip(),
        "language": proposition.language,
        "type": proposition.type,
        "claimed_at": proposition.claimed_at,
        "claimed_precision": DatePrecision.DAY if proposition.claimed_at else "",
        "place": proposition.place.strip(),
        "note": proposition.note.strip(),
    }


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
    known: Source | None = Source.objects.called(name).first()
    if known is None:
        # Two people may name it for the first time at once: the columns that are unique find it then.
        known, _new = Source.objects.get_or_create(
            folded=fold(name)[:200], kind=link.kind, defaults={"name": name, "added_by": by}
        )
    return known
