"""What the searches of a claim found besides the articles in which the claim itself appeared.

The article a claim was taken from answers every search for its words. That is no answer: it only repeats the question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from claims.models.attribution import Appearance
from claims.models.claim import DOCUMENT, Claim
from sources.models import Document, Search, SearchHit
from workbench.desk.compiled_queries import CompiledQuery


@dataclass(frozen=True)
class FoundElsewhere:
    """What an answered search found: other articles, and those in which the claim itself appeared."""

    elsewhere: int
    own: int


def answers(claim: Claim, searches: Iterable[Search] | None = None) -> dict[int, FoundElsewhere]:
    """Return the answer of each search of a claim that was answered, by its key. An article counts once.

    ``searches`` are those of the claim, if they are loaded already.
    """
    own = own_articles(claim)
    heads: dict[int, set[int]] = defaultdict(set)
    hits = SearchHit.objects.filter(search__in=claim.searches.values("pk")).order_by()
    for search, head in hits.values_list("search", Coalesce("document__same_as", "document")) if own else ():
        heads[search].add(head)
    loaded = claim.searches.all() if searches is None else searches
    return {search.pk: _answer(search, heads[search.pk], own) for search in loaded if search.answered_at}


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


def _answer(search: Search, heads: set[int], own: set[int]) -> FoundElsewhere:
    found = len(heads) if heads else search.found or 0
    itself = len(heads & own)
    return FoundElsewhere(elsewhere=found - itself, own=itself)
