"""The queries of the page of a source and of the lists of sources and feeds, each turned into SQL once."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sources.models import Discovery, Document, Feed, Source, Standing
from workbench.desk.compiled_queries import CompiledQuery

Rows = QuerySet[Any]


@CompiledQuery
def listed() -> Rows:
    """All sources with what a list shows of each."""
    rows: Rows = Source.objects.for_list()
    return rows


@CompiledQuery
def with_owner(source: int) -> Rows:
    """The source, with who owns it."""
    return Source.objects.filter(pk=source).select_related("owner").order_by()


@CompiledQuery
def feeds(source: int) -> Rows:
    """Its feeds, with who stopped each."""
    return Feed.objects.filter(source=source).select_related("stopped_by")


@CompiledQuery
def looks(source: int) -> Rows:
    """The searches for feeds on its home pages."""
    return Discovery.objects.filter(source=source)


@CompiledQuery
def documents(source: int) -> Rows:
    """Its articles, each once."""
    rows: Rows = Document.objects.articles().filter(source=source)
    return rows


@CompiledQuery
def ratings(source: int) -> Rows:
    """The ratings of its reliability, with who stated each."""
    return Standing.objects.filter(source=source).select_related("stated_by")


@CompiledQuery
def every_feed() -> Rows:
    """All feeds with what a list shows of each, those with a problem first."""
    rows: Rows = Feed.objects.for_list()
    return rows
