"""What the lists of documents and of sources show of each row: plain values, for ``kept_row``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sources.models import Document, Publication, publication_of
from sources.pages.document_state import document_badge
from sources.pages.feed_state import feed_badge
from workbench.pages.badges import Badge
from workbench.pages.templatetags.words import choice
from workbench.pages.time_ago import ago


@dataclass(frozen=True)
class ListedDocument:
    """A document of a list; ``place`` is its site, or what it is where it has no address.

    ``source`` is None in the list of one source, and empty where it is not known.
    """

    url: str
    title: str
    language: str
    place: str
    badge: Badge
    published: Publication
    found_at: datetime
    found: str
    source_url: str = ""
    source: str | None = None


@dataclass(frozen=True)
class ListedSource:
    """A source of a list."""

    url: str
    name: str
    language: str
    kind: str
    reliability: tuple[str, ...]
    feeds: tuple[Badge, ...]
    published: str


def document_row(document: Document) -> ListedDocument:
    """Return what a list shows of a document; ``source`` must be loaded with it."""
    source = document.source
    url = source.get_absolute_url() if source else ""
    return replace(document_row_of_source(document), source_url=url, source=str(source or document.named_publisher))


def document_row_of_source(document: Document) -> ListedDocument:
    """Return what the list of one source shows of a document."""
    return ListedDocument(
        url=document.get_absolute_url(),
        title=str(document),
        language=document.language,
        place=document.host or document.kind_without_address,
        badge=document_badge(document),
        published=publication_of(document, None),
        found_at=document.found_at,
        found=ago(document.found_at),
    )


def source_row(source: Any) -> ListedSource:
    """Return what a list shows of a source, as ``SourceQuerySet.for_list`` loads it."""
    return ListedSource(
        url=source.get_absolute_url(),
        name=source.name,
        language=source.language,
        kind=choice(source, "kind"),
        reliability=tuple(choice(standing, "reliability") for standing in source.newest_standing),
        feeds=tuple(feed_badge(feed) for feed in source.feeds.all()),
        published=str(source.published),
    )
