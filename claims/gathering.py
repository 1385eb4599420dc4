"""Put the searches a claim needs, and say how far its coverage has been gathered."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from claims.models import Claim
from claims.wording.queries import search_words
from sources import meaning
from sources.models import Document, Passage, Reading, Search
from sources.vocabulary import Engine
from workbench import audit

MOST_WORDS = 6


@dataclass(frozen=True)
class Progress:
    """How far the gathering of coverage for a claim has come; ``working`` while more may come by itself soon."""

    searches: list[Search]
    unanswered: int
    documents: int
    waiting: int
    unread: int
    passages: int
    by_meaning: bool
    working: bool


def gather(claim: Claim) -> list[Search]:
    """Put the searches a claim needs and has not put yet: one for each language it is worded in; return the new ones."""
    put = set(claim.searches.values_list("words", "language"))
    new = []
    for text, language in _wordings(claim):
        words = " ".join(search_words(text, language)[:MOST_WORDS])[:400]
        if words and (words, language) not in put:
            put.add((words, language))
            new.append(Search.objects.create(engine=Engine.GATHERED, words=words, language=language))
    if new:
        claim.searches.add(*new)
        audit.record(None, "searched", claim, words=[search.words for search in new])
    return new


def progress(claim: Claim) -> Progress:
    """Return how far the gathering for a claim has come, in a constant number of queries."""
    searches = list(claim.searches.order_by("-asked_at", "-pk"))
    unanswered = sum(search.answered_at is None and search.due_at is not None for search in searches)
    now = timezone.now()
    busy = Q(due_at__lte=now, tries=0) | Q(leased_until__gt=now)
    waiting = Document.objects.filter(busy).count()
    unread = Reading.objects.filter(busy).count()
    matched = claim.due_at is None or (claim.due_at > now and claim.leased_until is None)
    return Progress(
        searches=searches,
        unanswered=unanswered,
        documents=Document.objects.read().count(),
        waiting=waiting,
        unread=unread,
        passages=Passage.objects.filter(pk__lte=claim.matched_to).count(),
        by_meaning=bool(meaning.model()),
        working=claim.due_at is not None and bool(unanswered or waiting or unread or not matched),
    )


def _wordings(claim: Claim) -> list[tuple[str, str]]:
    others = claim.wordings.standing_firm().values_list("text", "language")
    return [(claim.text, claim.language), *others]
