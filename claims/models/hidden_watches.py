"""Watches of pages that restricted claims cite: what else tells that a page which everybody sees is cited there."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models.attribution import Appearance
from claims.models.evidence import Evidence
from claims.models.postponement import TakenBack
from claims.models.vocabulary import AssertionStatus
from sources.models import Bringing, Touch, Watch
from sources.models.vocabulary import SourceVerb
from workbench.desk.compiled_queries import CompiledQuery, listed, one_of
from workbench.desk.models import LogEntry

MODELS = ("sources.Watch", "sources.Touch")


@dataclass(frozen=True)
class HiddenWatches:
    """Keys of watches, of the passages that nothing else watches, and of entries of the log that tell of them."""

    keys: list[int]
    passages: list[int]
    entries: list[int]


def of(claims: Collection[int]) -> HiddenWatches:
    """Return the watches for these claims and for no other.

    A watch names what cites the page. Those of earlier releases do not, and count only if no other claim cites it.
    """
    names, where = listed(f"claim {key}" for key in claims), map(listed, _where(listed(claims)))
    asked = _watches(names, listed(claims), *where)
    rows = {key: (document, passage, cited_in) for key, document, passage, cited_in in asked}
    cited = {passage for _document, passage, _cited_in in rows.values() if passage}
    others = _of_others(listed(cited), listed(rows)) if cited else []
    passages = sorted(cited - set(others))
    earlier = {(document, passage) for document, passage, cited_in in rows.values() if not cited_in}
    return HiddenWatches(sorted(rows), passages, _entries(earlier, passages) if earlier else [])


def _where(claims: str) -> tuple[set[int], set[int]]:
    """Return the passages that these claims cite or appear in, and the pages."""
    seen = _seen(claims)
    passages = {*_passages_cited(claims), *(passage for _page, passage in seen)} - {None}
    pages = {page for page, _passage in seen} - {None}
    return passages, pages | set(_instead_of(listed(pages)) if pages else ())


@CompiledQuery
def _passages_cited(claims: str) -> QuerySet[Any]:
    return _cited().filter(one_of("claim", claims)).values_list("passage", flat=True)


@CompiledQuery
def _seen(claims: str) -> QuerySet[Any]:
    return Appearance.objects.filter(one_of("claim", claims)).order_by().values_list("document", "passage")


@CompiledQuery
def _instead_of(documents: str) -> QuerySet[Any]:
    rows = Bringing.objects.filter(one_of("capture__document", documents), instead_of__isnull=False)
    return rows.order_by().values_list("instead_of", flat=True)


@CompiledQuery
def _watches(names: str, claims: str, passages: str, pages: str) -> QuerySet[Any]:
    rows = Watch.objects.filter(Q(one_of("cited_in", names, "text")) | _unnamed(claims, passages, pages))
    return rows.order_by().values_list("pk", "document", "passage", "cited_in")


@CompiledQuery
def _of_others(passages: str, watches: str) -> QuerySet[Any]:
    rows = Watch.objects.filter(one_of("passage", passages)).exclude(one_of("pk", watches))
    return rows.order_by().values_list("passage", flat=True)


def _unnamed(claims: str, passages: str, pages: str) -> Q:
    """Return which watches of earlier releases are for these claims alone, of these passages or pages."""
    other_seen = Appearance.objects.exclude(one_of("claim", claims))
    by_others = _cited().filter(passage=OuterRef("passage")).exclude(one_of("claim", claims))
    of_passages = Q(
        one_of("passage", passages),
        ~Exists(by_others),
        ~Exists(other_seen.filter(passage=OuterRef("passage"))),
    )
    brought = other_seen.filter(document__captures__bringings__instead_of=OuterRef("document"))
    of_pages = Q(
        one_of("document", pages),
        ~Exists(other_seen.filter(document=OuterRef("document"))),
        ~Exists(brought),
        passage=None,
    )
    return Q(of_passages | of_pages, cited_in="")


def _cited() -> QuerySet[Evidence]:
    """Return the evidence that was ever confirmed."""
    taken_back = TakenBack.objects.filter(evidence=OuterRef("pk"), standing=AssertionStatus.CONFIRMED)
    cited = Q(standing=AssertionStatus.CONFIRMED) | Q(standing=AssertionStatus.REJECTED, asserted_by__isnull=False)
    rows: QuerySet[Evidence] = Evidence.objects.filter(cited | Exists(taken_back)).order_by()
    return rows


def _entries(pairs: Collection[tuple[int, int | None]], passages: Collection[int]) -> list[int]:
    """Return the entries of earlier releases that tell of these watches in the chain of a page: they do not name them.

    Entries on a change counted the cited passages that it affected.
    """
    changes = set(_changes(listed(passages)) if passages else ())
    chains = {f"document {document}": document for document, _passage in pairs}
    return [
        key
        for key, chain, facts in _told_in(listed(chains))
        if _tells(json.loads(facts), chains[chain], pairs, changes)
    ]


@CompiledQuery
def _changes(passages: str) -> QuerySet[Any]:
    return Touch.objects.filter(one_of("passage", passages)).order_by().values_list("change", flat=True)


@CompiledQuery
def _told_in(chains: str) -> QuerySet[Any]:
    verbs = (SourceVerb.STARTED_WATCHING, SourceVerb.SAW_CHANGE)
    rows = LogEntry.objects.filter(one_of("chain", chains, "text"), verb__in=verbs)
    return rows.order_by("pk").values_list("pk", "chain", "facts")


def _tells(
    facts: dict[str, Any], document: int, pairs: Collection[tuple[int, int | None]], changes: Collection[int]
) -> bool:
    if "touched" in facts:
        return bool(facts["touched"]) and facts.get("change") in changes
    return "watch" not in facts and "change" not in facts and (document, facts.get("passage")) in pairs
