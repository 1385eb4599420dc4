"""Log several claims of one text together: a person marks a sentence for each; suggest the chain of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from claims.intake import duplicates, recording
from claims.intake.recording import Link, Proposition, Sighting
from claims.models import Appearance, Claim, ClaimAccess, Evidence
from claims.models.claim import DOCUMENT
from claims.models.vocabulary import ClaimAct, Directness, Modality, Status
from claims.wording import quotes
from claims.wording.attributed import Attributed
from claims.wording.verb_words import verb_words
from sources.language.sentences import Span
from sources.models import Document, Reading, Source
from sources.models.vocabulary import SourceKind
from sources.reading import describing
from sources.registry import registering
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

NO_CLAIM = 0  # the key of none: those that are marked are logged later
MOST_AT_ONCE = 30  # claims that one form logs
# What a source of a kind usually does with what it passes on; a person sees the sentence, and changes it.
USUAL = {
    SourceKind.OUTLET: Modality.REPORTS,
    SourceKind.AGENCY: Modality.REPORTS,
    SourceKind.OFFICIAL: Modality.ASSERTS,
    SourceKind.UNNAMED: Modality.UNATTRIBUTED_PASSIVE,
}


@dataclass(frozen=True)
class Marked:
    """A claim that a person marked in a text: what they say it claims, the words marked, and who says it.

    ``seen`` are the keys of claims like it that the person has been shown.
    """

    proposition: Proposition
    quote: str
    chain: Sequence[Link] = ()
    form_key: UUID | None = None
    seen: Collection[int] = field(default_factory=tuple)


def usual(kind: str) -> Modality:
    """Return how a source of a kind usually says what it passes on."""
    return USUAL.get(SourceKind(kind), Modality.CLAIMS)


@transaction.atomic
def log_marked(document: Document, marked: Sequence[Marked], *, by: User) -> list[Claim]:
    """Log the claims that a person marked in a document: all of them, or none.

    Each gets the document as its first known appearance, with the words marked as the quote. Raises ``NotPermitted``,
    and ``Refusal`` with the field ``claim-N`` (N from 0): codes ``nothing_marked``, ``too_many``, ``logged_before``
    and those of ``recording.log_claim``; without a field those of ``check_open``.
    """
    require(by, ClaimAct.LOG_CLAIM)
    check_open(document, by=by)
    if not marked:
        raise Refusal(_("Mark at least one sentence of the text."), "nothing_marked")
    if len(marked) > MOST_AT_ONCE:
        problem = _("Log at most %(most)d claims at once.") % {"most": MOST_AT_ONCE}
        raise Refusal(problem, "too_many")
    for place, each in enumerate(marked):
        _check(each, place)
    return [_log(document, each, place, by=by) for place, each in enumerate(marked)]


def check_open(document: Document, *, by: User) -> None:
    """Raise ``Refusal`` (code ``restricted``) for a text that was brought for a restricted claim.

    Everybody sees the claims that are marked in a text, and so the text would be open to everybody.
    """
    if document.pk in ClaimAccess.objects.kept(NO_CLAIM, by=by):
        problem = _("This text was brought for a restricted claim. Claims marked in it would show it to everybody.")
        raise Refusal(problem, "restricted")


def describe(
    document: Document,
    *,
    by: User,
    publisher: str = "",
    kind: str = "",
    title: str = "",
    url: str = "",
    day: date | None = None,
    check: Callable[[Document], None] | None = None,
) -> Document:
    """Say who published a text that a person brought, and what it is; a source that is new to the desk is added.

    ``check`` is that of ``describing.describe``. Raises ``NotPermitted`` and ``Refusal``: codes ``no_kind``, ``cited``
    and those of ``describing.describe``.
    """
    with transaction.atomic():
        _check_not_cited(document, by=by)
        source = _source(publisher.strip(), kind, by=by)
        return describing.describe(document, by=by, source=source, title=title, url=url, day=day, check=check)


def suggested_chain(document: Document, reading: Reading, span: Span) -> list[Link] | None:
    """Return who says the words marked in a text, outermost first; None where the words do not show it for certain.

    The publisher comes first, where the desk knows it, with what a source of its kind usually does.
    """
    passage = reading.passages.filter(start__lte=span.start, end__gt=span.start).first()
    start = passage.start if passage else span.start
    text = passage.exact if passage and passage.end >= span.end else reading.text[span.start : span.end]
    said = _said(text, reading.language, Span(span.start - start, span.end - start))
    publisher = document.publisher
    links = [] if publisher is None else [_of_publisher(publisher, passes_on=bool(said))]
    if said is None:
        return None
    for each in said:
        named = each.speaker if each.modality != Modality.UNATTRIBUTED_PASSIVE else None
        name = text[named.start : named.end] if named else ""
        verb = verb_words(text, each, reading.language)
        links.append(Link(name, _kind_of(name), Modality(each.modality), Directness(each.directness), verb))
    return links


def _said(text: str, language: str, part: Span) -> list[Attributed] | None:
    """Return who says a part of a text; of a sentence that is marked with its speaker, who says what it reports."""
    said = quotes.chain(text, language, part)
    if said:
        return said
    whole = quotes.attribution(text[part.start : part.end], language)
    return said if whole is None else quotes.chain(text, language, whole.moved(part.start).content)


def last_chain(document: Document, *, by: User) -> list[Link]:
    """Return the chain that this person last wrote for a text of the same publisher; empty where there is none."""
    publisher = document.publisher
    if publisher is None:
        return []
    rows = Appearance.objects.confirmed().filter(attributions__source=publisher, attributions__position=0)
    last = rows.filter(asserted_by=by).order_by("-pk").first()
    if last is None:
        return []
    links = last.attributions.confirmed().select_related("source").order_by("position")
    return [
        Link(
            str(row.source or row.named_as),
            SourceKind(row.source.kind) if row.source else SourceKind.UNNAMED,
            Modality(row.modality),
            Directness(row.directness),
            row.verb,
        )
        for row in links
    ]


def _of_publisher(publisher: Source, *, passes_on: bool) -> Link:
    if passes_on:
        return Link(str(publisher), SourceKind(publisher.kind), usual(publisher.kind), Directness.INDIRECT)
    return Link(str(publisher), SourceKind(publisher.kind), Modality.ASSERTS, Directness.OWN_WORDS)


def _kind_of(name: str) -> SourceKind:
    """Return the kind of a source that words name; of one that is new to the desk, a described group if it has no name.

    “Iranian media” and “des sources locales” describe a group; a name begins with a capital letter all through.
    """
    if not name:
        return SourceKind.UNNAMED
    known = Source.objects.called(name).first()
    if known is not None:
        return SourceKind(known.kind)
    words = [word for word in name.split() if word[:1].isalpha()]
    is_name = bool(words) and all(word[:1].isupper() or len(word) < 4 for word in words)
    return SourceKind.ORGANISATION if is_name else SourceKind.GROUP


def _source(name: str, kind: str, *, by: User) -> int | None:
    if not name:
        return None
    known: Source | None = Source.objects.called(name).first()
    if known is None and not kind:
        raise Refusal(_("This source is new to the desk. Choose its kind."), "no_kind", field="kind")
    return (known or registering.known_or_new(name, SourceKind(kind), by=by)).pk


def _check(marked: Marked, place: int) -> None:
    asked = marked.proposition
    try:
        duplicates.check(asked.text, asked.language, seen=marked.seen, form_key=marked.form_key)
    except Refusal as refusal:
        raise Refusal(str(refusal), refusal.code, field=f"claim-{place}") from refusal


def _check_not_cited(document: Document, *, by: User) -> None:
    """Raise ``Refusal`` where claims that were sent to review cite a text: a reviewer reads who published it."""
    sent = Claim.objects.exclude(status=Status.OPEN).filter(pk=OuterRef("claim"))
    cited = Evidence.objects.filter(Exists(sent), **{DOCUMENT: document}).confirmed()
    if cited.exists() and not by.may(ClaimAct.DECIDE):
        problem = _("A claim in review or with a verdict cites this text. Ask an editor to change who published it.")
        raise Refusal(problem, "cited")


def _log(document: Document, marked: Marked, place: int, *, by: User) -> Claim:
    url = document.url if document.is_web else ""
    sighting = Sighting(quote=marked.quote, url=url, document=document, chain=tuple(marked.chain))
    try:
        return recording.log_claim(marked.proposition, sighting, by=by, form_key=marked.form_key)
    except Refusal as refusal:
        raise Refusal(str(refusal), refusal.code, field=f"claim-{place}") from refusal
