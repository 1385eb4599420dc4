"""Log a claim: its words, where it appeared, and to whom it is attributed there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Appearance, Attribution, Claim, ClaimLink, Wording
from claims.models.assertion import stated
from claims.models.claim import LONGEST_CLAIM
from claims.models.vocabulary import (
    REVERSED,
    AppearanceRole,
    ClaimAct,
    ClaimType,
    ClaimVerb,
    Directness,
    Modality,
    WordingKind,
)
from sources.capturing import fetching, preserving
from sources.language.folding import fold
from sources.models import Document, Passage, Source
from sources.models.vocabulary import DatePrecision, SourceKind
from sources.watching import watching
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require

LONGEST_CHAIN = 8
AROUND_A_QUOTE = " \"'."  # as folded: what people put around words when they quote them
LEFT_OUT = re.compile(r"\[\.{3}\]|\(\.{3}\)|\.{3}")  # as folded: where they say that a quote leaves something out
NAMES_NOBODY = gettext_lazy(
    "“Passive, nobody named” cannot have a name. Remove the name, or choose another way of saying it."
)


class NotLogged(Exception):
    """The claim cannot be logged as it is. The message is fit to show to a person."""


class FormUsed(NotLogged):
    """Another claim was logged with this form, as when a browser went back to it: it takes another key."""


class NotQuoted(NotLogged):
    """What is given as a quote does not stand in the text that was pasted with it."""


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
        words = (self.quote.strip(), self.url.strip(), self.pasted.strip())
        return not (any(words) or self.appeared_at or self.chain)


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

    Raises ``NotPermitted``, ``NotLogged``, ``FormUsed`` where the form was sent with another claim before, and
    ``sources.capturing.fetching.NotAsked`` for an address we do not open.
    """
    require(by, ClaimAct.LOG_CLAIM)
    columns = {**_columns(proposition), "logged_by": by}
    if form_key is None:
        claim, new = Claim.objects.create(**columns), True
    else:  # also where both forms come at the same time
        claim, new = Claim.objects.get_or_create(form_key=form_key, defaults=columns)
    if not new:
        if any(getattr(claim, name) != columns[name] for name in ("text", "language", "logged_by")):
            raise FormUsed(
                _(
                    "You already used this form to log another claim, and that claim is saved. Send the form again to "
                    "log this one too."
                )
            )
        return claim
    audit.record(by, ClaimVerb.LOGGED, claim, text=claim.text, language=claim.language)
    if not sighting.is_blank:
        add_appearance(claim, sighting, by=by, first_known=True)
    return claim


@transaction.atomic
def add_appearance(claim: Claim, sighting: Sighting, *, by: User, first_known: bool = False) -> Appearance:
    """Add a place where a claim was seen, with its attribution chain; ask for the page, or keep the pasted text.

    A sighting that is there already, in all that was written, is returned as it stands: a form may be sent twice.
    One that differs in anything is another sighting, even in the same passage. Raises ``NotLogged``, and
    ``NotQuoted`` where a pasted text lacks the quote, but for case, marks and spacing.
    """
    require(by, ClaimAct.LOG_CLAIM)
    _check_sighting(sighting)
    _hold(claim)
    document, passage = _document_of(sighting, claim.language, by=by)
    columns = {
        "document": document,
        "url": sighting.url,
        "quote": sighting.quote.strip(),
        "role": sighting.role,
        "appeared_at": sighting.appeared_at,
    }
    for known in claim.appearances.confirmed().filter(**columns):
        if _chain_of(known) == [_words(link) for link in sighting.chain]:
            return known
    appearance: Appearance = Appearance.objects.create(
        claim=claim, passage=passage, first_known=first_known, **columns, **stated(by)
    )
    for position, link in enumerate(sighting.chain):
        _attribute(appearance, position, link, by=by)
    if appearance.quote:
        _compare_again(claim)
    audit.record(
        by, ClaimVerb.ADDED_APPEARANCE, claim, url=sighting.url, quote=sighting.quote, links=len(sighting.chain)
    )
    if document is not None:
        watching.watch(document, by=by, passage=passage)
    return appearance


@transaction.atomic
def add_wording(claim: Claim, *, by: User, text: str, language: str, kind: WordingKind) -> Wording:
    """Add other words in which the claim was made, and look through the coverage again with them.

    A wording that is there already is returned as it stands. Raises ``NotLogged``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    _hold(claim)
    text = _checked(text)
    known: Wording | None = claim.wordings.confirmed().filter(text=text, language=language).first()
    if known is not None:
        return known
    wording: Wording = Wording.objects.create(claim=claim, text=text, language=language, kind=kind, **stated(by))
    _compare_again(claim)
    audit.record(by, ClaimVerb.ADDED_WORDING, claim, text=wording.text, language=language, kind=kind)
    return wording


@transaction.atomic
def link_claims(claim: Claim, *, by: User, other: Claim, relation: str) -> ClaimLink:
    """Say how a claim relates to another, read from the first to the second; a link that is there stays as it stands.

    That the other relates to it so, read from there, is the same link. Raises ``NotLogged``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    if claim.pk == other.pk:
        raise NotLogged(_("You cannot link a claim to itself."))
    for each in sorted([claim, other], key=lambda row: row.pk):  # two people may link them at once, one from each side
        Claim.objects.select_for_update(no_key=True).get(pk=each.pk)
    _hold(claim)
    turned = ClaimLink.objects.standing_firm().filter(claim=other, other=claim, relation=REVERSED.get(relation, ""))
    link: ClaimLink | None = turned.first()
    if link is not None:
        return link
    link, new = ClaimLink.objects.get_or_create(claim=claim, other=other, relation=relation, defaults=stated(by))
    if new:
        audit.record(by, ClaimVerb.LINKED_CLAIMS, claim, other=audit.name_of(other), relation=relation)
    return link


def _hold(claim: Claim) -> None:
    """Hold a claim until the transaction ends, if something can be added to it now."""
    if Claim.objects.select_for_update(no_key=True).get(pk=claim.pk).is_closed:
        raise NotLogged(_("This claim is closed. Reopen it to add information."))


def _compare_again(claim: Claim) -> None:
    """Have all that was gathered compared once more, now that the claim is known in other words."""
    Claim.objects.filter(pk=claim.pk).update(matched_through=0)
    claim.ask()


def _check_sighting(sighting: Sighting) -> None:
    """Raise ``NotLogged`` with the first rule that stands against keeping a sighting."""
    if sighting.is_blank:
        raise NotLogged(
            _("Say where the claim appeared: enter an address, the text itself, a quote, a date or who said it.")
        )
    if len(sighting.chain) > LONGEST_CHAIN:
        raise NotLogged(_("An attribution chain can have at most %(most)d links.") % {"most": LONGEST_CHAIN})
    if any(link.modality == Modality.UNATTRIBUTED_PASSIVE and link.named_as.strip() for link in sighting.chain):
        raise NotLogged(str(NAMES_NOBODY))
    if sighting.pasted.strip() and not _says(sighting.pasted, sighting.quote):
        raise NotQuoted(
            _("This quote is not in the pasted text. Quote the text word for word, or leave the quote empty.")
        )


def _says(text: str, quote: str) -> bool:
    """Return whether a text has the words of a quote, in their order and apart only where the quote leaves some out."""
    folded, at = fold(text), 0
    for part in LEFT_OUT.split(fold(quote)):
        words = part.strip(AROUND_A_QUOTE)
        if (found := folded.find(words, at)) < 0:
            return False
        at = found + len(words)
    return True


def _words(link: Link) -> tuple[str, str, str, str]:
    return link.named_as.strip(), link.verb.strip(), str(link.modality), str(link.directness)


def _chain_of(appearance: Appearance) -> list[tuple[str, str, str, str]]:
    """Return the chain as people wrote it under an appearance; not what a machine read there."""
    links = appearance.attributions.confirmed().exclude(asserted_by=None).order_by("position")
    return list(links.values_list("named_as", "verb", "modality", "directness"))


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
        raise NotLogged(_("Write the claim: one statement to be checked."))
    if len(text) > LONGEST_CLAIM:
        raise NotLogged(
            _("A claim is one statement of at most %(most)d characters. This text has %(length)d.")
            % {"most": LONGEST_CLAIM, "length": len(text)}
        )
    if "\0" in text:
        raise NotLogged(
            _("The text contains a null character, which we cannot store. Remove it and send the form again.")
        )
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
    if not name:
        return None
    known: Source | None = Source.objects.called(name).first()
    if known is None:
        # Two people may name it for the first time at once: the columns that are unique find it then.
        known, _new = Source.objects.get_or_create(
            folded=fold(name)[:200], kind=link.kind, defaults={"name": name, "added_by": by}
        )
    return known
