"""Run searches with their providers, and store the results; a search that found nothing is stored too."""

from __future__ import annotations

from datetime import timedelta

from django.db.models.functions import Coalesce
from django.utils import timezone

from sources.gathering.providers.registry import PROVIDERS
from sources.models import Document, Reading, Search, SearchHit
from workbench.desk.amounts import estimated
from workbench.desk.work_queue import Next, WorkQuerySet

SETTLING = timedelta(minutes=1)  # how long a search waits for documents that are being fetched
SOON = timedelta(seconds=2)
AGAIN = timedelta(minutes=10)
FOLLOWED = timedelta(days=2)  # how long a search is repeated, as new coverage comes in


def due() -> WorkQuerySet:
    """Return the searches, for a worker that runs those that are due."""
    rows: WorkQuerySet = Search.objects.all()
    return rows


def run(search: Search) -> Next:
    """Run a search with its provider; store which documents it finds, and how many it looked through."""
    now = timezone.now()
    for rank, document in enumerate(PROVIDERS[search.engine](search), start=1):
        SearchHit.objects.get_or_create(search=search, document_id=document, defaults={"rank": rank})
    if search.answered_at is None and is_settling(search) and now - search.asked_at < SETTLING:
        return now + SOON
    search.answered_at = now
    articles = search.hits.order_by().values(article=Coalesce("document__same_as", "document"))
    search.found = articles.distinct().count()
    searched = estimated(Document.objects.articles().read())
    search.searched_through, search.searched_about = searched.number, searched.is_estimate or searched.is_more
    search.save(update_fields=["answered_at", "found", "searched_through", "searched_about"])
    return now + AGAIN if now - search.asked_at < FOLLOWED else None


def is_settling(search: Search) -> bool:
    """Return whether documents are still being fetched or read, so that an answer now would come too early."""
    within = timedelta(seconds=5)
    waiting = Document.objects.busy(within) | Reading.objects.busy(within)
    return Search.objects.filter(waiting, pk=search.pk).exists()
