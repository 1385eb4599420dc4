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
    named = Q(cited_in__in=[f"claim {key}" for key in claims])
    asked = Watch.objects.filter(named | _unnamed(claims)).values_list("pk", "document", "passage", "cited_in")
    rows = {key: (document, passage, cited_in) for key, document, passage, cited_in in asked}
    cited = {passage for _document, passage, _cited_in in rows.values() if passage}
    others = Watch.objects.filter(passage__in=cited).exclude(pk__in=rows).values_list("passage", flat=True)
    passages = sorted(cited - set(others)) if cited else []
    earlier = {(document, passage) for document, passage, cited_in in rows.values() if not cited_in}
    return HiddenWatches(sorted(rows), passages, _entries(earlier, passages) if earlier else [])


def _unnamed(claims: Collection[int]) -> Q:
    """Return which watches of earlier releases are for these claims alone."""
    evidence, seen = _cited().filter(claim__in=claims), Appearance.objects.filter(claim__in=claims)
    passages = {*evidence.values_list("passage", flat=True), *seen.values_list("passage", flat=True)} - {None}
    pages = set(seen.values_list("document", flat=True)) - {None}
    pages |= set(_brought(pages).values_list("instead_of", flat=True)) if pages else set()
    other_seen = Appearance.objects.exclude(claim__in=claims)
    by_others = _cited().filter(passage=OuterRef("passage")).exclude(claim__in=claims)
    of_passages = Q(~Exists(by_others), ~Exists(other_seen.filter(passage=OuterRef("passage"))), passage__in=passages)
    brought = other_seen.filter(document__captures__bringings__instead_of=OuterRef("document"))
    of_pages = Q(
        ~Exists(other_seen.filter(document=OuterRef("document"))), ~Exists(brought), passage=None, document__in=pages
    )
    return Q(of_passages | of_pages, cited_in="")


def _cited() -> QuerySet[Evidence]:
    """Return the evidence that was ever confirmed."""
    taken_back = TakenBack.objects.filter(evidence=OuterRef("pk"), standing=AssertionStatus.CONFIRMED)
    cited = Q(standing=AssertionStatus.CONFIRMED) | Q(standing=AssertionStatus.REJECTED, asserted_by__isnull=False)
    rows: QuerySet[Evidence] = Evidence.objects.filter(cited | Exists(taken_back)).order_by()
    return rows


def _brought(documents: Collection[int]) -> QuerySet[Bringing]:
    return Bringing.objects.filter(capture__document__in=documents, instead_of__isnull=False).order_by()


def _entries(pairs: Collection[tuple[int, int | None]], passages: Collection[int]) -> list[int]:
    """Return the entries of earlier releases that tell of these watches in the chain of a page: they do not name them.

    Entries on a change counted the cited passages that it affected.
    """
    changes = set(Touch.objects.filter(passage__in=passages).values_list("change", flat=True)) if passages else set()
    chains = {f"document {document}": document for document, _passage in pairs}
    rows = LogEntry.objects.filter(chain__in=chains, verb__in=(SourceVerb.STARTED_WATCHING, SourceVerb.SAW_CHANGE))
    return [
        key
        for key, chain, facts in rows.order_by("pk").values_list("pk", "chain", "facts")
        if _tells(json.loads(facts), chains[chain], pairs, changes)
    ]


def _tells(
    facts: dict[str, Any], document: int, pairs: Collection[tuple[int, int | None]], changes: Collection[int]
) -> bool:
    if "touched" in facts:
        return bool(facts["touched"]) and facts.get("change") in changes
    return "watch" not in facts and "change" not in facts and (document, facts.get("passage")) in pairs
