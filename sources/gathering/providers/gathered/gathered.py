"""Search our own collection: full-text search of passages, by the words of each language."""

from __future__ import annotations

from sources.models import Passage, Search

MOST_HITS = 50


def search(question: Search) -> list[int]:
    """Return the keys of the documents that contain any of the words, the best first.

    In the language of the search where it has one, else in all languages: that is how names and numbers are searched.
    """
    found = Passage.objects.search(question.words, question.language).filter(reading__is_left_out=False)
    if question.since:
        found = found.filter(reading__capture__document__published_at__date__gte=question.since)
    if question.until:
        found = found.filter(reading__capture__document__published_at__date__lte=question.until)
    return found.best_documents(MOST_HITS)
