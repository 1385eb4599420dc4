"""Search in what was gathered here, by the words of each language."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Max, Q

from sources.language.folding import fold
from sources.models import Passage, Search
from sources.models.document import STEMMED

MOST_HITS = 50


def search(question: Search) -> list[int]:
    """Return the keys of the documents in which any of the words stand, the best first.

    In the language of the search when it has one, else in all: a name or a number is looked for everywhere.
    """
    words = fold(question.words, question.language).split()
    if not words:
        return []
    configs = [STEMMED.get(question.language, "simple")] if question.language else ["simple", *STEMMED.values()]
    any_word = reduce(or_, [SearchQuery(word, config=config) for word in words for config in configs])
    found = Passage.objects.filter(Q(stems=any_word))
    if question.language:
        found = found.filter(language=question.language)
    if question.since:
        found = found.filter(reading__capture__document__published_at__date__gte=question.since)
    if question.until:
        found = found.filter(reading__capture__document__published_at__date__lte=question.until)
    ranked = (
        found.values(document=F("reading__capture__document"))
        .annotate(best=Max(SearchRank(F("stems"), any_word)))
        .order_by("-best", "document")
    )
    return [row["document"] for row in ranked[:MOST_HITS]]
