"""Search our own collection: full-text search of passages, by the words of each language."""

from __future__ import annotations

from django.db.models import Q

from sources.models import Passage, Search

MOST_HITS = 50
DOCUMENT = "reading__capture__document"


def search(question: Search) -> list[int]:
    """Return the keys of the documents that contain any of the words, the best first.

    In the language of the search where it has one, else in all languages: that is how names and numbers are searched.
    """
    passages = Passage.objects.filter(reading__is_left_out=False)
    if question.since:  # a date with two readings may be the later one
        either = Q(**{f"{DOCUMENT}__published_at__date__gte": question.since})
        passages = passages.filter(either | Q(**{f"{DOCUMENT}__published_until__date__gte": question.since}))
    if question.until:
        passages = passages.filter(**{f"{DOCUMENT}__published_at__date__lte": question.until})
    return passages.search(question.words, question.language).best_documents(MOST_HITS)
