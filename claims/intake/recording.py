"""Log a claim; add appearances with their attribution chains, other wordings, and links to other claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import giving_files
from claims.models import Appearance, Attribution, Claim, ClaimAccess, ClaimLink, Wording
from claims.models.assertion import stated
from claims.models.attribution import DELETED_EARLY
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
from sources.capturing import bringing, fetching
from sources.capturing.bringing import StatedOrigin
from sources.language.folding import fold
from sources.models import Document, Passage, Source
from sources.models.vocabulary import DatePrecision, SourceKind
from sources.reading import passages, pasting
from sources.reading.newest import newest_text
from sources.registry import registering
from sources.watching import watching
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal, checked_text
from workbench.desk.roles import require

LONGEST_CHAIN = 8
AT_ONCE = 20  # claims of a script that may wait for workers at the same time
BETWEEN_CLAIMS = timedelta(seconds=2)  # then one after the other: comparing one takes half of this, on one core
AROUND_A_QUOTE = " \"'."  # as folded: what people write around a quote
LEFT_OUT = re.compile(r"\[\.{3}\]|\(\.{3}\)|\.{3}")  # as folded: marks of an omission in a quote
NAMES_NOBODY = gettext_lazy(
    "“Passive, nobody named” cannot have a name. Remove the name, or choose another way of saying it."
)


@dataclass(frozen=True)
class Link:
    """One link of an attribution chain as a person enters it. ``named_as`` is empty where nobody is named."""

    named_as: str
    kind: SourceKind
    modality: Modality
    directness: Directness
    verb: str = ""


@dataclass(frozen=True)
class Sighting:
    """An appearance as a person enters it: an address, a text, a file or a quote, with its chain, outermost first.

    ``brought`` are documents that the person brought as files; each but the first is an appearance of its own.
    ``document`` is one that the desk has, in which the person marked the quote.
    """

    quote: str = ""
    url: str = ""
    pasted: str = ""
    account: str = ""
    brought: Sequence[Document] = ()
    document: Document | None = None
    appeared_at: datetime | None = None
    deleted_since: date | None = None
    role: AppearanceRole = AppearanceRole.REPEATS
    chain: Sequence[Link] = field(default_factory=tuple)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered about where the claim appeared."""
        words = (self.quote.strip(), self.url.strip(), self.pasted.strip(), self.account.strip())
        return not (any(words) or self.appeared_at or self.chain or self.brought or self.document)

    @property
    def others(self) -> list[Sighting]:
        """What else was brought with an appearance, each as one of its own: nobody wrote a quote or a chain for it."""
        bare = replace(self, quote="", chain=(), pasted="", brought=())
        found = [replace(bare, brought=(document,)) for document in self.brought[1:]]
        return [*found, replace(bare, pasted=self.pasted)] if self.brought and self.pasted.strip() else found


@dataclass(frozen=True)
class Proposition:
    """A claim as a person enters it, before it is logged."""

    text: str
    language: str
    type: ClaimType = ClaimType.EVENT
    short_text: str = ""
    claimed_at: datetime | None = None
    place: str = ""
    note: str = ""


@transaction.atomic
def log_claim(
    proposition: Proposition, sighting: Sighting, *, by: User, form_key: UUID | None = None, restricted: bool = False
) -> Claim:
    """Log a claim with its first appearance; a form that is sent twice gives the same claim.

    A claim from a form is followed at once. Many claims that a script logs, without ``form_key``, stand in line: people
    who log one in the meantime need not wait for a thousand others.
    A ``restricted`` claim is seen by who logs it, until they name others (``restricting``).
    Raises ``NotPermitted`` and ``Refusal``: codes ``empty``, ``too_long``, ``null_character``; ``form_used`` where the
    same form has logged another claim, as when a browser goes back to it; those of ``add_appearance``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    columns = {**_columns(proposition), "logged_by": by}
    if form_key is None:
        claim, new = Claim.objects.create(**columns, due_at=_place_in_line()), True
    else:  # also if the form arrives twice at the same moment
        claim, new = Claim.objects.get_or_create(form_key=form_key, defaults=columns)
    if not new:
        if any(getattr(claim, name) != columns[name] for name in ("text", "language", "logged_by")):
            problem = _("You already logged another claim with this form. Send the form again to log this one too.")
            raise Refusal(problem, "form_used", field="text")
        return claim
    audit.record(by, ClaimVerb.LOGGED, claim, text=claim.text, language=claim.language)
    if restricted:
        ClaimAccess.objects.create(claim=claim, person=by, given_by=by)
        audit.record(by, ClaimVerb.NAMED_READER, claim, person=audit.name_of(by))
    if not sighting.is_blank:
        add_appearance(claim, sighting, by=by, first_known=True)
    return claim


@transaction.atomic
def add_appearance(
    claim: Claim, sighting: Sighting, *, by: User, first_known: bool = False, replaces: Appearance | None = None
) -> Appearance:
    """Add an appearance with its attribution chain; have its page fetched, or store the pasted text.

    An appearance with exactly the same entries is returned unchanged: people send forms twice. One that differs in
    anything is another appearance, even in the same passage. ``replaces`` is the one that this corrects. Raises
    ``NotPermitted`` and ``Refusal``: codes ``closed``, ``blank``, ``chain_too_long``, ``names_nobody``,
    ``deleted_early``; ``not_quoted`` where the pasted text lacks the quote, apart from case, marks and spacing; those
    of ``fetching.ask`` for an address we do not open.
    """
    require(by, ClaimAct.LOG_CLAIM)
    _check_sighting(sighting)
    Claim.objects.hold_open(claim.pk)
    document, passage = _document_of(sighting, claim, by=by)
    giving_files.give_files(claim, sighting.brought[:1], by=by)
    if sighting.document is not None:  # it may still be on the form on which the person brought it
        giving_files.give_private(claim, sighting.document, by=by)
    columns = {"document": document, **_seen(sighting)}
    for known in claim.appearances.confirmed().filter(**columns):
        if chain_of(known) == words_of(sighting.chain):
            return known
    appearance: Appearance = Appearance.objects.create(
        claim=claim, passage=passage, first_known=first_known, replaces=replaces, **columns, **stated(by)
    )
    for position, link in enumerate(sighting.chain):
        _attribute(appearance, position, link, by=by)
    if appearance.quote and not first_known:  # a new claim waits for its first comparison
        _compare_again(claim)
    audit.record(
        by, ClaimVerb.ADDED_APPEARANCE, claim, url=sighting.url, quote=sighting.quote, links=len(sighting.chain)
    )
    if document is not None:
        watching.watch(document, by=by, passage=passage, **ClaimAccess.objects.citing(claim))
    for other in sighting.others:
        add_appearance(claim, other, by=by)
    return appearance


@transaction.atomic
def add_wording(claim: Claim, *, by: User, text: str, language: str, kind: WordingKind) -> Wording:
    """Add another wording of a claim, and compare all coverage with it.

    A wording that exists is returned unchanged. Raises ``Refusal`` (codes ``closed``, ``empty``, ``too_long``,
    ``null_character``) and ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    Claim.objects.hold_open(claim.pk)
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
    """Link a claim to another one, with how the first relates to the second; a link that exists is returned unchanged.

    The reverse relation from the other side counts as the same link. Raises ``Refusal`` (codes ``own_link``,
    ``closed``, ``restricted``) and ``NotPermitted``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    if claim.pk == other.pk:
        raise Refusal(_("You cannot link a claim to itself."), "own_link", field="other")
    if not ClaimAccess.objects.have_same_readers(claim, other):
        problem = _("Not everybody who sees this claim sees the other one. So they cannot be linked.")
        raise Refusal(problem, "restricted", field="other")
    for pk in sorted([claim.pk, other.pk]):  # in one order: two people may link them at once, one from each side
        Claim.objects.hold(pk)
    Claim.objects.hold_open(claim.pk)
    turned = ClaimLink.objects.standing_firm().filter(claim=other, other=claim, relation=REVERSED.get(relation, ""))
    link: ClaimLink | None = turned.first()
    if link is not None:
        return link
    link, new = ClaimLink.objects.get_or_create(claim=claim, other=other, relation=relation, defaults=stated(by))
    if new:
        audit.record(by, ClaimVerb.LINKED_CLAIMS, claim, other=audit.name_of(other), relation=relation)
    return link


def _place_in_line() -> datetime:
    """Return when a claim that a script logs is to be followed: now, or after those that it has just logged."""
    newest = Claim.objects.order_by("-pk").values_list("form_key", "fence", "due_at")[: 2 * AT_ONCE]
    now = timezone.now()
    waiting = [due_at for form_key, fence, due_at in newest if form_key is None and not fence and due_at]
    return now if len(waiting) < AT_ONCE else max(now, *waiting) + BETWEEN_CLAIMS


def _compare_again(claim: Claim) -> None:
    """Compare all gathered coverage again, now that the claim has other words."""
    claim.ask()  # its step sees that the wordings are not those that were compared


def _check_sighting(sighting: Sighting) -> None:
    """Raise ``Refusal`` with the first rule that an appearance breaks."""
    if sighting.is_blank:
        problem = _("Say where the claim appeared: enter an address, the text itself, a quote, a date or who said it.")
        raise Refusal(problem, "blank")
    if len(sighting.chain) > LONGEST_CHAIN:
        problem = _("An attribution chain can have at most %(most)d links.") % {"most": LONGEST_CHAIN}
        raise Refusal(problem, "chain_too_long")
    if any(link.modality == Modality.UNATTRIBUTED_PASSIVE and link.named_as.strip() for link in sighting.chain):
        raise Refusal(NAMES_NOBODY, "names_nobody")
    if Appearance.is_deleted_early(sighting.deleted_since, sighting.appeared_at):
        raise Refusal(str(DELETED_EARLY), "deleted_early", field="deleted_since")
    if sighting.pasted.strip() and not sighting.brought and not says(sighting.pasted, sighting.quote):
        problem = _("This quote is not in the pasted text. Quote the text word for word, or leave the quote empty.")
        raise Refusal(problem, "not_quoted", field="quote")


def says(text: str, quote: str) -> bool:
    """Return whether a text has the words of a quote, in order and without gaps except where the quote marks one."""
    folded, at = fold(text), 0
    for part in LEFT_OUT.split(fold(quote)):
        words = part.strip(AROUND_A_QUOTE)
        if (found := folded.find(words, at)) < 0:
            return False
        at = found + len(words)
    return True


def words_of(chain: Sequence[Link]) -> list[tuple[str, str, str, str]]:
    """Return what a chain says, as ``chain_of`` does of one that is kept."""
    return [(link.named_as.strip(), link.verb.strip(), str(link.modality), str(link.directness)) for link in chain]


def chain_of(appearance: Appearance) -> list[tuple[str, str, str, str]]:
    """Return the attribution chain that people entered for an appearance, without what a machine suggested."""
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


def _seen(sighting: Sighting) -> dict[str, Any]:
    """Return the columns of an appearance; a form that comes again does not undo that its post was deleted since."""
    columns = {
        "url": sighting.url,
        "quote": sighting.quote.strip(),
        "role": sighting.role,
        "account": sighting.account.strip(),
        "appeared_at": sighting.appeared_at,
    }
    return {**columns, "deleted_since": sighting.deleted_since} if sighting.deleted_since else columns


def _checked(text: str) -> str:
    return checked_text(
        text,
        field="text",
        most=LONGEST_CLAIM,
        empty=_("Write the claim: one statement to be checked."),
        too_long=_("A claim is one statement of at most %(most)d characters. This text has %(length)d."),
    )


def _document_of(sighting: Sighting, claim: Claim, *, by: User) -> tuple[Document | None, Passage | None]:
    """Return the document of an appearance, and the passage of its quote if that is known already.

    A file that a person brought shows what they say stands at the address; we fetch and watch that address too. We do
    not where they say that the post is deleted: failing to fetch it would trouble everybody with what is known.
    """
    if sighting.document is not None:
        read = newest_text(sighting.document)
        return sighting.document, passages.passage_of(read, sighting.quote) if read else None
    fetched, citing = sighting.url if not sighting.deleted_since else "", ClaimAccess.objects.citing(claim)
    if sighting.brought:
        own = fetching.ask(fetched, by=by, chain=citing["chain"]) if fetched else None
        if own is not None:
            watching.watch(own, by=by, passage=None, **citing)
        bringing.tell(sighting.brought[0], by=by, said=StatedOrigin(url=sighting.url), instead_of=own)
        return sighting.brought[0], None
    if sighting.pasted.strip():
        reading = pasting.keep_pasted(sighting.pasted, by=by, url=sighting.url, language=claim.language)
        return reading.capture.document, passages.passage_of(reading, sighting.quote)
    if fetched:
        return fetching.ask(fetched, by=by, chain=citing["chain"]), None
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
    """Return the source a link names, added now if it is new; None where nobody is named."""
    name = link.named_as.strip()
    if not name:
        return None
    return registering.known_or_new(name, link.kind, by=by)
