"""The queries of the list of documents, and of the page of one by its key; each is turned into SQL once."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sources.models import (
    Bringing,
    Capture,
    Document,
    DocumentAddress,
    ExternalArchive,
    FetchAttempt,
    PageRuling,
    Passage,
    Reading,
    Rendering,
    SearchHit,
)
from sources.models.document import NOTE
from sources.models.vocabulary import AddressKind, Engine
from sources.reading.newest import texts
from sources.reading.recordings import readings_of
from workbench.desk.compiled_queries import CompiledQuery

Rows = QuerySet[Any]
RELATED = ("source", "feed", "asked_by", "leads_to", "same_as", "date_setting__set_by")


@CompiledQuery
def listed() -> Rows:
    """All articles, each once, with the source of each."""
    rows: Rows = Document.objects.articles().select_related("source")
    return rows


@CompiledQuery
def with_related(document: int) -> Rows:
    """The document, with everything that its page names."""
    return Document.objects.filter(pk=document).select_related(*RELATED).order_by()


@CompiledQuery
def duplicates(document: int) -> Rows:
    """The keys of the documents that count as this one."""
    return Document.objects.filter(same_as=document).order_by("-found_at", "-pk").values_list("pk", flat=True)


@CompiledQuery
def captures(*documents: int) -> Rows:
    """The captures of these documents: by their keys, as over two tables the database would read all captures."""
    return Capture.objects.filter(document__in=documents).select_related("revisits", "link", "attempt", "document")


@CompiledQuery
def readings(document: int) -> Rows:
    """Its readings, without their texts."""
    return Reading.objects.filter(capture__document=document).defer("text").select_related("capture")


@CompiledQuery
def unread(document: int) -> Rows:
    """Its readings that no worker has read yet."""
    rows: Rows = readings.rows(document)
    return rows.filter(read_at=None)


@CompiledQuery
def reading(document: int, key: int) -> Rows:
    """One of its readings that was read."""
    return _read(document).filter(pk=key)


@CompiledQuery
def newest_text(document: int) -> Rows:
    """Its readings with a text, the newest first."""
    return texts(document).select_related("capture")


@CompiledQuery
def newest_by_reader(document: int) -> Rows:
    """Its readings by programs, without the notes of people; the newest first."""
    rows: Rows = readings.rows(document)
    return rows.exclude(reader__startswith=NOTE)


@CompiledQuery
def newest_read(document: int) -> Rows:
    """Its readings by programs that were read; the newest first."""
    rows: Rows = newest_by_reader.rows(document)
    return rows.filter(read_at__isnull=False)


@CompiledQuery
def spans(reading: int) -> Rows:
    """Where each passage of a reading begins and ends."""
    return Passage.objects.filter(reading=reading).values_list("pk", "start", "end")


@CompiledQuery
def renderings(document: int) -> Rows:
    """Its captures by a browser that were asked for."""
    return Rendering.objects.filter(document=document)


@CompiledQuery
def attempts(document: int) -> Rows:
    """The visits of its page."""
    return FetchAttempt.objects.filter(document=document).select_related("document")


@CompiledQuery
def bringings(document: int) -> Rows:
    """How it was brought."""
    return Bringing.objects.filter(capture__document=document).select_related("by", "instead_of", "upload")


@CompiledQuery
def first_bringing(document: int) -> Rows:
    """How it was brought the first time."""
    return Bringing.objects.filter(capture__document=document).select_related("by").order_by("pk")


@CompiledQuery
def replacements(document: int) -> Rows:
    """Files that were brought in its place."""
    return Bringing.objects.filter(instead_of=document).select_related("by", "capture__document")


@CompiledQuery
def rulings(document: int, host: str, layout: str) -> Rows:
    """What people decided about it, or about all pages of its layout on its site."""
    rows = PageRuling.objects.filter(document=document) | PageRuling.objects.of_site(host, layout)
    return rows.select_related("decided_by", "undone_by", "document")


@CompiledQuery
def recordings(document: int) -> Rows:
    """Its readings as a picture or a recording, the newest first."""
    return readings_of(document).select_related("capture__attempt", "capture__picture", "capture__document")


@CompiledQuery
def stated_at(url: str) -> Rows:
    """The addresses that people stated for what they brought, where they are this one."""
    stated = DocumentAddress.objects.filter(url=url, kind=AddressKind.STATED)
    return stated.select_related("document").order_by("pk")


@CompiledQuery
def hits(document: int) -> Rows:
    """The searches of others that found it, the oldest first."""
    rows = SearchHit.objects.filter(document=document).select_related("search")
    return rows.exclude(search__engine=Engine.GATHERED).order_by("pk")


@CompiledQuery
def addresses(document: int) -> Rows:
    """Its addresses."""
    return DocumentAddress.objects.filter(document=document)


@CompiledQuery
def external_copies(document: int) -> Rows:
    """Its copies in public archives."""
    return ExternalArchive.objects.filter(document=document)


def _read(document: int) -> Rows:
    return Reading.objects.filter(capture__document=document, read_at__isnull=False).select_related("capture")
