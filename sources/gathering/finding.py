"""Add what a provider found: its pages become documents that are fetched and read like all others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from sources.gathering.providers.provider import ResultLink
from sources.models import Document, DocumentAddress, Search, SearchHit, Source
from sources.models.vocabulary import DatePrecision
from sources.web import door
from sources.web.addresses import read, vetted
from workbench.desk.work_queue import wake

MOST_FOUND = 250  # pages of one search; more would be fetched for days


def add(search: Search, links: Iterable[ResultLink]) -> int:
    """Add a document for each page that a search found, and note that it found it; return how many pages are new.

    An address that we never open is left out, and the same page at two addresses is one document.
    """
    named: dict[str, ResultLink] = {}
    for link in links:
        address = vetted(link.url, door.allowed())
        if address is not None and len(named) < MOST_FOUND:
            named.setdefault(address.key, link)
    held = _held(list(named))
    new = [_document(key, link) for key, link in named.items() if key not in held]
    publishers = Source.objects.by_host({row.host for row in new})
    for row in new:
        row.source = publishers.get(row.host)
    Document.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        wake(Document)
        held |= _held([row.url for row in new])
    _note(search, [held[key] for key in named if key in held])
    return len(new)


def _held(keys: list[str]) -> dict[str, int]:
    """Return the document at each address that we know, or that has moved from there."""
    moved = DocumentAddress.objects.moved_to(keys).values_list("url", "document")
    return {**dict(moved), **dict(Document.objects.filter(url__in=keys).values_list("url", "pk"))}


def _document(key: str, link: ResultLink) -> Document:
    published = link.published if link.published and link.published <= timezone.now() + timedelta(days=1) else None
    return Document(
        url=key,
        host=read(key).site,
        title=link.title[:500],
        language=link.language[:8],
        published_at=published,
        published_precision=DatePrecision.MINUTE if published else "",
    )


def _note(search: Search, keys: list[int]) -> None:
    known = set(search.hits.values_list("document", flat=True))
    last = search.hits.aggregate(last=Max("rank"))["last"] or 0
    fresh = [key for key in dict.fromkeys(keys) if key not in known]
    SearchHit.objects.bulk_create(
        [SearchHit(search=search, document_id=key, rank=last + place) for place, key in enumerate(fresh, start=1)],
        ignore_conflicts=True,
    )
