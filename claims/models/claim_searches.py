"""What the searches of a claim found besides the articles in which the claim itself appeared.

The article a claim was taken from answers every search for its words. That is no answer: it only repeats the question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from claims.models.attribution import Appearance
from claims.models.claim import DOCUMENT, Claim
from sources.models import Document, Search, SearchAnswer, SearchHit
from sources.models.vocabulary import Engine
from workbench.desk.compiled_queries import CompiledQuery

HEAD = Coalesce("document__same_as", "document")  # the document under which an article counts


@dataclass(frozen=True)
class FoundElsewhere:
    """What an answered search found: other articles, and those in which the claim itself appeared.

    ``nothing`` is its first answer where that one had found no other articles yet.
    """

    elsewhere: int
    own: int
    nothing: SearchAnswer | None = None


def answers(claim: Claim, searches: Iterable[Search] | None = None) -> dict[int, FoundElsewhere]:
    """Return the answer of each search of a claim that was answered, by its key. An article counts once.

    ``searches`` are those of the claim, if they are loaded already.
    """
    own = own_articles(claim)
    hits = SearchHit.objects.filter(search__in=claim.searches.values("pk")).order_by()
    heads: dict[int, dict[int, datetime]] = defaultdict(dict)  # of each search, when it found an article first
    for search, head, at in hits.values_list("search", HEAD, "found_at") if own else ():
        heads[search][head] = min(at, heads[search].get(head, at))
    first = {row.search_id: row for row in _first_answers(claim.pk)}
    loaded = claim.searches.all() if searches is None else searches
    return {row.pk: _answer(row, heads[row.pk], own, first.get(row.pk)) for row in loaded if row.answered_at}


def look_again(claim: Claim) -> None:
    """Have our own collection searched again now, so that what is about to be printed is no old answer."""
    for search in claim.searches.filter(engine=Engine.GATHERED):
        search.ask()


def own_articles(claim: Claim) -> set[int]:
    """Return the keys of the documents under which the articles count in which a claim appeared."""
    return {key for pair in _own_articles(claim.pk) for key in pair if key}


@CompiledQuery
def _own_articles(claim: int) -> QuerySet[Any]:
    of_claim = Appearance.objects.confirmed().filter(claim=claim).order_by()
    places = ("document", DOCUMENT)
    return of_claim.values_list(*(Coalesce(f"{place}__same_as", place) for place in places))


def looked_elsewhere(claim: Claim) -> bool:
    """Say whether a search was answered that looked through anything but the articles in which the claim appeared."""
    if any(answer.elsewhere for answer in answers(claim).values()):
        return True
    own = Document.objects.articles().read().filter(pk__in=own_articles(claim)).count()
    answered = claim.searches.filter(answered_at__isnull=False)
    return bool(answered.filter(Q(searched_through__gt=own) | Q(searched_about=True)).exists())


@CompiledQuery
def _first_answers(claim: int) -> QuerySet[Any]:
    return SearchAnswer.objects.filter(search__in=Claim(pk=claim).searches.values("pk")).first_of_each()


def _answer(search: Search, heads: dict[int, datetime], own: set[int], first: SearchAnswer | None) -> FoundElsewhere:
    itself = heads.keys() & own
    elsewhere = (len(heads) if heads else search.found or 0) - len(itself)
    if first is None or not elsewhere:
        return FoundElsewhere(elsewhere, len(itself))
    by_then = {head for head, at in heads.items() if at <= first.answered_at}
    nothing = by_then <= own and first.found <= len(by_then)  # what counts as one article may have changed since
    return FoundElsewhere(elsewhere, len(itself), first if nothing else None)
