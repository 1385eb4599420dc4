"""The workspace of a claim: suggestions, one row for each document; the document at a passage, with the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.models import Claim, Evidence, Postponement
from claims.models.score_band import ScoreBand, band_of
from claims.models.vocabulary import AssertionStatus, Stance
from claims.pages import badges, claim_queries
from claims.pages.pages_of_file import OnPages
from claims.pages.weigh_filter import EVERYTHING, FilterChoice, WeighFilter
from claims.wording.context import window
from sources.language import sentences
from sources.language.sentences import Span
from sources.models import Document
from workbench.desk.models import User
from workbench.pages.badges import Badge

MOST_SHOWN = 100  # suggestions at once, copies counted once
MOST_READ = 400  # to find so many: fewer where texts have many copies; the others are shown once these are settled
MOST_FILTERED = 1_200  # suggestions that a filter looks through: a hundred texts with twelve copies each
PUT_OFF = "put_off"
MOST_CLAIMS = 6  # other claims of a document that a card names


@dataclass(frozen=True)
class Noted:
    """What a person did with a passage a moment ago, said beside the next one."""

    evidence: Evidence
    badge: Badge
    can_undo: bool


@dataclass(frozen=True)
class WeighButton:
    """One of the answers to what a passage does to the claim, and its key."""

    stance: str
    label: str
    key: str
    pressed: bool
    tone: str = ""


@dataclass
class PassageRow:
    """A suggested passage, with its copies in other documents and the suggestion to go to after it is weighed."""

    evidence: Evidence
    copies: list[Evidence] = field(default_factory=list)
    then: int = 0
    is_current: bool = False
    kept: str = ""  # the filter, at the end of addresses

    @property
    def is_put_off(self) -> bool:
        """Whether somebody put it off for later."""
        return bool(getattr(self.evidence, "is_put_off", False))

    @property
    def url(self) -> str:
        """Return where the page opens at this passage."""
        return f"?passage={self.evidence.pk}{self.kept}#evidence-{self.evidence.pk}"

    @property
    def shown(self) -> ShownPassage:
        """What its row shows."""
        passage = self.evidence.passage
        return ShownPassage(self.evidence.pk, self.url, passage.exact, passage.language, self.is_current)


@dataclass(frozen=True)
class ShownPassage:
    """What a row shows of a passage: plain values, for ``kept_row``."""

    key: int
    url: str
    words: str
    language: str
    is_current: bool


@dataclass(frozen=True)
class ShownDocument:
    """What a row shows of a document: plain values, for ``kept_row``."""

    outlet: str
    title: str
    passages: tuple[ShownPassage, ...]
    copied_by: tuple[str, ...]
    is_open: bool


@dataclass
class DocumentRow:
    """A document with the passages of it that wait, the best first."""

    document: Document
    passages: list[PassageRow] = field(default_factory=list)

    @property
    def first(self) -> PassageRow:
        """The best passage, which the row itself opens."""
        return self.passages[0]

    @property
    def is_open(self) -> bool:
        """Whether the page is at a passage of this document."""
        return any(row.is_current for row in self.passages)

    @property
    def shown(self) -> ShownDocument:
        """What its row shows: of a hundred rows, the next page shows two in another way."""
        document, reading = self.document, self.first.evidence.passage.reading
        return ShownDocument(
            outlet=_place_of(document),
            title=reading.title or document.title,
            passages=tuple(row.shown for row in self.passages),
            copied_by=tuple(self.copied_by),
            is_open=self.is_open,
        )

    @property
    def copied_by(self) -> list[str]:
        """Who published the same words: outlets or sites, each once."""
        copies = [copy.passage.reading.capture.document for row in self.passages for copy in row.copies]
        return list(dict.fromkeys(map(_place_of, copies)))


def _place_of(document: Document) -> str:
    """Return who published a document, or on which site, or else what it is: its title stands beside it."""
    return str(document.source or document.host or capfirst(document.kind_without_address))


@dataclass(frozen=True)
class RowGroup:
    """The documents of one band, or those whose suggestions are put off; weak ones and those are folded."""

    key: str
    label: str
    documents: list[DocumentRow]

    @property
    def is_folded(self) -> bool:
        """Whether the group opens with a click, unless the page is at one of its passages."""
        return self.key in {ScoreBand.WEAK, PUT_OFF}

    @property
    def is_open(self) -> bool:
        """Whether the page is at a passage of this group."""
        return any(row.is_open for row in self.documents)


@dataclass(frozen=True)
class Workspace:
    """What waits to be weighed: groups of documents, and the numbers of documents and passages."""

    groups: list[RowGroup]
    passages: int
    current: PassageRow | None
    is_cut: bool  # more may wait than were looked at
    kept: WeighFilter = EVERYTHING
    waiting: int = 0  # passages without the filter, of those that were looked at
    matching: int = 0  # passages that the filter takes, of those that were looked at
    languages: Sequence[FilterChoice] = ()
    sources: Sequence[FilterChoice] = ()

    @property
    def documents(self) -> int:
        """How many documents have something to weigh."""
        return sum(len(group.documents) for group in self.groups)


@dataclass(frozen=True)
class Card(OnPages):
    """A document at one passage, with the four answers."""

    evidence: Evidence
    row: PassageRow | None  # of a suggestion that waits
    before: str
    after: str
    chosen: Span
    put_off: Postponement | None
    claims: list[Claim]
    sentences: Sequence[tuple[Span, str]]

    @property
    def band(self) -> ScoreBand:
        """How strong the suggestion is."""
        return band_of(self.evidence.score)

    @property
    def words_before(self) -> str:
        """The words of the passage before those that count."""
        return self.evidence.passage.exact[: self.chosen.start]

    @property
    def words(self) -> str:
        """The words that count."""
        return self.evidence.passage.exact[self.chosen.start : self.chosen.end]

    @property
    def words_after(self) -> str:
        """The words of the passage after those that count."""
        return self.evidence.passage.exact[self.chosen.end :]

    @property
    def is_narrowed(self) -> bool:
        """Whether only some words of the passage count."""
        return self.words != self.evidence.passage.exact

    @property
    def buttons(self) -> list[WeighButton]:
        """The four answers, with the one pressed that a person gave."""
        return weigh_buttons(self.evidence)


def of(
    claim: Claim, wanted: int | None, *, kept: WeighFilter | None = None, some_wait: bool | None = None
) -> Workspace:
    """Return what waits to be weighed; the page is at the passage that is wanted, or else at the best one.

    ``kept`` is the filter of the person. ``some_wait`` says whether there may be suggestions, where the page knows it.
    """
    kept = kept or EVERYTHING
    most = MOST_FILTERED if kept else MOST_READ
    asked = claim_queries.waiting.first(claim.pk) is not None if some_wait is None else some_wait
    everything = claim_queries.suggestions(claim.pk, most=most) if asked else []
    taken = [row for row in everything if kept.takes(row)]
    groups = _groups(_first_texts(taken))
    ordered = [row for group in groups for document in group.documents for row in document.passages]
    _lead_on(ordered, kept)
    known = {copy.pk: row for row in ordered for copy in row.copies} | {row.evidence.pk: row for row in ordered}
    current = known.get(wanted or 0) or (ordered[0] if ordered and not wanted else None)
    if current is not None:
        current.is_current = True
    is_cut = len(everything) == most
    offered = claim_queries.kinds_waiting(claim.pk, most=MOST_FILTERED) if is_cut and not kept else everything
    return Workspace(
        groups,
        len(ordered),
        current,
        is_cut=is_cut,
        kept=kept,
        waiting=len({row.passage.folded for row in everything}),
        matching=len({row.passage.folded for row in taken}),
        languages=kept.languages(offered),
        sources=kept.sources(offered),
    )


def _first_texts(rows: Iterable[Evidence]) -> list[Evidence]:
    """Return the suggestions with the first words, so many of them, with all their copies."""
    shown: dict[str, None] = {}
    found = []
    for row in rows:
        if len(shown) < MOST_SHOWN or row.passage.folded in shown:
            shown[row.passage.folded] = None
            found.append(row)
    return found


def _lead_on(ordered: Sequence[PassageRow], kept: WeighFilter) -> None:
    """Tell each passage which one to go to after it, with the filter."""
    for row in ordered:
        row.kept = kept.tail
    for row, after in zip(ordered, [*ordered[1:], *ordered[-2:-1]], strict=False):
        row.then = after.evidence.pk


def card(claim: Claim, workspace: Workspace, wanted: int | None, chosen: Span | None) -> Card | None:
    """Return the document at the passage that is wanted, weighed or not, or else at the best suggestion."""
    current = workspace.current
    evidence = _with_text(current.evidence) if current else claim_queries.piece_of_evidence.first(claim.pk, wanted or 0)
    if evidence is None:
        return None
    passage = evidence.passage
    before, after = window(passage.reading.text, passage.start, passage.end)
    return Card(
        evidence=evidence,
        row=current,
        before=before,
        after=after,
        chosen=_chosen(evidence, chosen),
        put_off=claim_queries.put_off.first(evidence.pk) if current and current.is_put_off else None,
        claims=claim_queries.claims_of_document(claim.pk, passage.reading.capture.document_id, most=MOST_CLAIMS),
        sentences=_sentences(evidence),
    )


def _with_text(evidence: Evidence) -> Evidence:
    """Return a suggestion of the list with the text that it is from, which the list leaves out."""
    reading = evidence.passage.reading
    [(reading.text,)] = claim_queries.text_of(reading.pk)
    return evidence


def noted(claim: Claim, pk: int | None, person: User) -> Noted | None:
    """Return the evidence of this number, if it is the claim's, with what a person just did with it."""
    row = claim_queries.piece_of_evidence.first(claim.pk, pk) if pk else None
    if row is None:
        return None
    if not row.is_suggested:
        return Noted(row, badges.of_evidence(row), can_undo=bool(row.extractor) and row.settled_by_id == person.pk)
    off = claim_queries.put_off.first(row.pk)
    return Noted(row, Badge(_("Put off") if off else _("Waits again")), can_undo=off is not None)


def counted(outline: Iterable[tuple[str, str, int, str]]) -> list[tuple[str, str, int]]:
    """Return how many documents support, refute and discuss the claim, as stance, label and number.

    Several passages of an article are one; documents with the same words are one. ``outline`` is all evidence in short
    (``claim_queries.outline``).
    """
    heads: dict[str, int] = {}
    found: dict[str, set[int]] = {stance.value: set() for stance in Stance}
    for standing, stance, article, folded in outline:
        if standing == AssertionStatus.CONFIRMED:
            found[stance].add(heads.setdefault(folded, article))
    labels = {
        Stance.SUPPORTS: pgettext("documents on a claim", "for"),
        Stance.REFUTES: pgettext("documents on a claim", "against"),
        Stance.DISCUSSES: pgettext("documents on a claim", "about it"),
    }
    return [(stance.value, label, len(found[stance])) for stance, label in labels.items()]


def weigh_buttons(evidence: Evidence) -> list[WeighButton]:
    """Return the four answers to what a passage does to the claim."""
    given = Stance.UNRELATED if evidence.standing == AssertionStatus.REJECTED else evidence.stance
    return [
        WeighButton(stance.value, str(stance.label), key, stance == given, tone)
        for stance, key, tone in [
            (Stance.SUPPORTS, "s", ""),
            (Stance.REFUTES, "r", ""),
            (Stance.DISCUSSES, "d", ""),
            (Stance.UNRELATED, "x", "danger"),
        ]
    ]


def _groups(rows: Iterable[Evidence]) -> list[RowGroup]:
    """Return the documents of suggestions, which come the best first, in groups."""
    leads: dict[str, PassageRow] = {}
    articles: dict[int, DocumentRow] = {}
    later: dict[int, DocumentRow] = {}
    for evidence in rows:
        document = evidence.passage.reading.capture.document
        article = document.same_as_id or document.pk
        lead = leads.get(evidence.passage.folded)
        if lead is not None:
            lead.copies.append(evidence)
            continue
        row = leads[evidence.passage.folded] = PassageRow(evidence)
        into = later if row.is_put_off else articles
        into.setdefault(article, DocumentRow(document)).passages.append(row)
    bands = [(band.value, str(band.label), _in_band(articles.values(), band)) for band in ScoreBand]
    groups = [*bands, (PUT_OFF, _("Put off"), list(later.values()))]
    return [RowGroup(key, label, documents) for key, label, documents in groups if documents]


def _in_band(documents: Iterable[DocumentRow], band: ScoreBand) -> list[DocumentRow]:
    return [row for row in documents if band_of(row.first.evidence.score) == band]


def _chosen(evidence: Evidence, chosen: Span | None) -> Span:
    """Return the words that count, as places in the passage: those of the address, or those chosen before."""
    length = len(evidence.passage.exact)
    if chosen is not None and 0 <= chosen.start < chosen.end <= length:
        return chosen
    start, end = evidence.span
    return Span(start - evidence.passage.start, end - evidence.passage.start)


def _sentences(evidence: Evidence) -> Sequence[tuple[Span, str]]:
    """Return the sentences of a passage that has several, to choose one of them without a pointer."""
    passage = evidence.passage
    found = sentences.split(passage.exact, passage.language)
    return [(span, passage.exact[span.start : span.end]) for span in found] if len(found) > 1 else []
