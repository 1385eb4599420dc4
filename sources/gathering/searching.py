"""Run searches with their providers, and store the results; a search that found nothing is stored too."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta

from django.db.models import OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.gathering import asking, finding, site_searching, trying
from sources.gathering.asking import Gathered
from sources.gathering.providers.gathered import gathered
from sources.gathering.providers.provider import ProviderFault
from sources.gathering.providers.registry import PROVIDERS
from sources.models import Document, FactCheck, ProviderSetting, Reading, Search, SearchAnswer, SearchHit
from sources.models.vocabulary import Engine
from workbench.desk import declarations
from workbench.desk.amounts import estimated
from workbench.desk.work_queue import Next, Trouble, WorkQuerySet

SETTLING = timedelta(minutes=1)  # how long a search waits for documents that are being fetched
SOON = timedelta(seconds=2)
AGAIN = timedelta(minutes=10)
OUTSIDE_AGAIN = timedelta(hours=6)  # each search of a provider may cost something
FOLLOWED = timedelta(days=2)  # how long a search is repeated, as new coverage comes in


def due() -> WorkQuerySet:
    """Return the searches, for a worker that runs those that are due."""
    rows: WorkQuerySet = Search.objects.all()
    return rows


def run(search: Search) -> Generator[None, None, Next]:
    """Run a search with its provider, and store what it finds; a provider that fails is asked again later."""
    if search.engine == Engine.GATHERED:
        yield
        return _own(search)
    if _is_unsent(search):
        yield
        return None
    provider = PROVIDERS.get(Engine(search.engine))
    setting = ProviderSetting.objects.filter(engine=search.engine).first()
    if provider is None or setting is None or not setting.is_on:
        yield
        return Trouble(_("The desk has switched this provider off."), timedelta(days=1))
    if provider.is_polled:  # it is read for all searches at once
        yield
        return None
    try:
        is_of_sites = search.engine == Engine.SITES
        found = site_searching.ask(search, setting) if is_of_sites else asking.ask(search, provider, setting)
    except ProviderFault as problem:
        yield
        trying.doubt(setting, problem)
        return Trouble(str(problem), problem.wait)
    yield
    return _note(search, found)


def _is_unsent(search: Search) -> bool:
    """Say whether the words of a search may leave the desk no more: only named people see what it was put for."""
    conditions = [unsent(OuterRef("pk")) for unsent in declarations.unsent_words()]
    return Search.objects.filter(Q(*conditions, _connector=Q.OR), pk=search.pk).exists() if conditions else False


def _own(search: Search) -> Next:
    """Search our own collection; store which documents it finds, and how many it looked through."""
    now = timezone.now()
    for rank, document in enumerate(gathered.search(search), start=1):
        SearchHit.objects.get_or_create(search=search, document_id=document, defaults={"rank": rank})
    if search.answered_at is None and is_settling(search) and now - search.asked_at < SETTLING:
        return now + SOON
    searched = estimated(Document.objects.articles().read())
    search.searched_through, search.searched_about = searched.number, searched.is_estimate or searched.is_more
    answered(search)
    return now + AGAIN if now - search.asked_at < FOLLOWED else None


def _note(search: Search, found: Gathered) -> Next:
    """Store what a provider found: pages to fetch, and fact-checks of others."""
    now = timezone.now()
    finding.add(search, found.links.values())
    FactCheck.objects.keep(found.checks.values(), search=search)
    answered(search)
    if found.problem:
        return Trouble(found.problem, OUTSIDE_AGAIN)
    return now + OUTSIDE_AGAIN if now - search.asked_at < FOLLOWED else None


def answered(search: Search) -> None:
    """Note that a search was answered now, and how many articles and fact-checks it has found so far.

    What it answered before stays: that nothing was found by then is a finding in itself.
    """
    articles = search.hits.order_by().values(article=Coalesce("document__same_as", "document"))
    search.answered_at = timezone.now()
    search.found = articles.distinct().count() + search.fact_checks.count()
    search.save(update_fields=["answered_at", "found", "searched_through", "searched_about"])
    if search.answers.order_by("-pk").values_list("found", flat=True).first() != search.found:
        SearchAnswer.objects.create(
            search=search,
            answered_at=search.answered_at,
            found=search.found,
            searched_through=search.searched_through,
            searched_about=search.searched_about,
        )


def is_settling(search: Search) -> bool:
    """Return whether documents are still being fetched or read, so that an answer now would come too early."""
    within = timedelta(seconds=5)
    waiting = Document.objects.busy(within) | Reading.objects.busy(within)
    return Search.objects.filter(waiting, pk=search.pk).exists()
