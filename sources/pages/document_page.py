"""What the page of a document shows: text, facts, attempts, captures, edits, proof; constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sources.capturing import rendering as rendering_of
from sources.models import Document, Passage, Reading
from sources.models.vocabulary import Outcome, SourceAct
from sources.pages import document_queries, media_section
from sources.pages.brought import brought, brought_notices
from sources.pages.capture_proof import proof, shown_capture
from sources.pages.date_display import ShownDate, at, publication
from sources.pages.document_addresses import duplicate, other_addresses
from sources.pages.document_state import shown_attempt
from sources.pages.edits import changes_of, shown_change
from sources.pages.file_pages import page_notices, recognition, shown_page
from sources.pages.notices import Notice, browser_capture, coverage_notices, doubt_notices
from sources.pages.own_fetch import comparisons
from sources.pages.page_places import place
from sources.pages.paragraphs import paragraphs
from sources.pages.removed_text import removed_text
from sources.pages.text_parts import ShownParagraph, in_part, with_kinds
from sources.pages.wall_evidence import wall_evidence
from workbench.desk.language_names import language_label
from workbench.pages.http import Request, number
from workbench.pages.paging import page_of

PER_PAGE = 20  # attempts, captures and extracted texts
CHANGES_PER_PAGE = 10  # each is shown with its edits


@dataclass(frozen=True)
class ShownDoubt:
    """Another title or byline that the page gives, with where it stands."""

    label: str
    value: str
    method: str


@dataclass(frozen=True)
class DocumentFacts:
    """Who published a document, where and when, as far as it is known."""

    source_name: str  # according to the page or to its feed, where the desk knows no source
    published: ShownDate
    language: str
    language_score: float | None
    found: str  # by what or whom
    canonical_url: str  # where the page gives another address for itself
    extracted: str  # by which reader and when, where there is one extracted text
    charset: str = ""  # in which the page was read
    declared_charset: str = ""  # by the page, where it declares another
    named_by_feed: str = ""  # as the publisher, for an article of another outlet
    doubts: tuple[ShownDoubt, ...] = ()


@dataclass(frozen=True)
class OtherReading:
    """An extracted text in the list of all of a document; ``note`` says by what, and what was wrong with it."""

    reading: Reading
    note: str

    @property
    def at(self) -> datetime | None:
        """When the text was captured; a person's note, when it was written."""
        return self.reading.read_at if self.reading.is_note else self.reading.capture.taken_at


def context(request: Request, document: Document) -> dict[str, Any]:
    """Return what the page of a document shows."""
    passage = _passage_asked_for(request, document)
    reading = _reading_asked_for(request, document, passage)
    words = None if reading and reading.is_note else reading  # of the document itself, and not of a person on it
    captures = document_queries.captures.bound(document.pk, *document_queries.duplicates(document.pk))
    readings, changes = document_queries.readings.bound(document.pk), changes_of.bound(document.pk)
    shown_readings = page_of(request, readings, "readings", PER_PAGE, show=_other_reading)
    removed = removed_text(document, reading)
    return {
        "document": document,
        "passage": passage,
        "reading": reading,
        "title": (words.title if words else "") or str(document),
        "title_language": words.language if words and words.title else document.language,
        "byline": words.byline if words else "",
        **_text(request, document, reading, passage),
        "facts": _facts(document, words, shown_readings.count.number),
        "readings": shown_readings,
        "removed": removed,
        "notices": _notices(document, words, was_read=shown_readings.count.number > 0, was_removed=removed is not None),
        "browser": browser_capture(
            *(document, document_queries.renderings.first(document.pk)),
            browser=rendering_of.is_possible(),
            may_gather=request.user.may(SourceAct.GATHER),
        ),
        "attempts": page_of(
            request, document_queries.attempts.bound(document.pk), "attempts", PER_PAGE, show=shown_attempt
        ),
        "captures": page_of(request, captures, "captures", PER_PAGE, show=shown_capture),
        "changes": page_of(request, changes, "changes", CHANGES_PER_PAGE, show=shown_change),
        "watched": _watched(document),
        "addresses": other_addresses(document),
        "copies": comparisons(document),
        "duplicate": duplicate(document),
        "proof": proof(document),
        "walls": wall_evidence(request, document),
        **brought(request, document, words or document_queries.newest_read.first(document.pk)),
        **media_section.of(request, document, passage.pk if passage else None),
    }


def _notices(document: Document, reading: Reading | None, *, was_read: bool, was_removed: bool) -> list[Notice]:
    if document.is_brought:
        return [
            *brought_notices(reading, document_queries.newest_by_reader.first(document.pk)),
            *doubt_notices(document, reading),
        ]
    return [
        *coverage_notices(
            *(document, reading, document_queries.attempts.first(document.pk)),
            was_read=was_read,
            was_removed=was_removed,
            unread=document_queries.unread.first(document.pk),
        ),
        *doubt_notices(document, reading),
        *page_notices(document, reading),
        *in_part(reading),
    ]


def _passage_asked_for(request: Request, document: Document) -> Passage | None:
    key = number(request.GET.get("passage", ""))
    of_document: QuerySet[Passage] = Passage.objects.filter(reading__capture__document=document)
    return None if key is None else of_document.filter(pk=key).first()


def _reading_asked_for(request: Request, document: Document, passage: Passage | None) -> Reading | None:
    """Return the reading that holds the passage, or the one asked for, or else the newest with a text."""
    key = passage.reading_id if passage else number(request.GET.get("reading", ""))
    asked_for: Reading | None = None if key is None else document_queries.reading.first(document.pk, key)
    return asked_for or document_queries.newest_text.first(document.pk)


def _text(request: Request, document: Document, reading: Reading | None, passage: Passage | None) -> dict[str, Any]:
    """Return the text: a page of a file with pages, or else all paragraphs."""
    page = shown_page(request, document, reading, passage)
    return {
        "file_page": page,
        "recognition": recognition(document) if page and reading is None else None,
        "paragraphs": _paragraphs(reading, passage) if reading and not page else [],
    }


def _paragraphs(reading: Reading, passage: Passage | None) -> list[ShownParagraph]:
    spans = document_queries.spans(reading.pk)
    cut = paragraphs(reading.text, spans, (passage.start, passage.end) if passage else (0, 0))
    return with_kinds(reading, cut)


def _facts(document: Document, reading: Reading | None, number_of_readings: int) -> DocumentFacts:
    language = (reading.language if reading else "") or document.language
    facts = DocumentFacts(
        source_name="",
        published=publication(document, reading),
        language=language_label(language) if language else "–",
        language_score=None,
        found=_found(document),
        canonical_url="",
        extracted="",
        named_by_feed=document.named_publisher or document.named_publisher_url,
    )
    return facts if reading is None else _with_reading(facts, document, reading, number_of_readings)


def _with_reading(facts: DocumentFacts, document: Document, reading: Reading, number_of_readings: int) -> DocumentFacts:
    extracted = ""
    if number_of_readings == 1 and reading.read_at:
        text = _("Text extracted by %(reader)s, %(when)s")
        extracted = text % {"reader": reading.reader, "when": at(reading.read_at)}
    return replace(
        facts,
        source_name=reading.site_name,
        language_score=reading.language_score,
        canonical_url=reading.canonical_url if reading.canonical_url != document.url else "",
        extracted=extracted,
        charset=reading.charset,
        declared_charset=reading.declared_charset if reading.declared_charset != reading.charset else "",
        doubts=_doubts(reading),
    )


def _doubts(reading: Reading) -> tuple[ShownDoubt, ...]:
    labels = {"title": _("Another title on the page"), "byline": _("Another author on the page")}
    found = [doubt for doubt in reading.doubts if doubt["field"] in labels]
    return tuple(ShownDoubt(labels[doubt["field"]], doubt["value"], place(doubt["method"])) for doubt in found)


def _found(document: Document) -> str:
    if document.feed:
        return _("in a feed – %(feed)s") % {"feed": document.feed.title or document.feed.url}
    if document.is_brought:  # by whom, as far as the reader may know
        first = document_queries.first_bringing.first(document.pk)
        return _("brought by %(person)s") % {"person": first.who} if first else ""
    if document.asked_by:
        return _("added by %(person)s") % {"person": document.asked_by}
    hit = document_queries.hits.first(document.pk)
    if hit is None:
        return ""
    where = {"engine": hit.search.get_engine_display(), "words": hit.search.words}
    return _("by a search – %(engine)s: %(words)s") % where


def _other_reading(reading: Reading) -> OtherReading:
    failed = reading.outcome and reading.outcome != Outcome.OK
    note = reading.get_outcome_display() if failed else _("read in part") if reading.is_in_part else ""
    return OtherReading(reading, f"{reading.reader} · {note}" if note else reading.reader)


def _watched(document: Document) -> list[str]:
    """Return since when and why a document is watched, and when it is visited next."""
    first = document.watches.order_by("asked_at").first() if document.watched_since else None
    if first is None:  # what only a claim cites that the reader must not know of is watched too
        return []
    since = _("Watched since %(when)s because a claim refers to this page.") % {"when": at(first.asked_at)}
    return [since, _("Next visit: %(when)s") % {"when": at(document.due_at)}] if document.due_at else [since]
