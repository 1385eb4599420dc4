"""Gather coverage for a claim: run the searches it needs, and report how far gathering has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from claims.evidence import outside_queries
from claims.evidence.progress import comparing
from claims.models import Claim, ClaimAccess
from claims.models.vocabulary import ClaimVerb
from claims.wording.queries import search_words
from sources.gathering.providers.registry import PROVIDERS
from sources.models import Arrival, Document, Passage, ProviderSetting, Reading, Search
from sources.models.vocabulary import Engine, SourceAct
from sources.reading import embedding
from workbench.desk import audit
from workbench.desk.amounts import Amount
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.work_queue import Work

MOST_WORDS = 6
MOST_NAMES = 3
LONGEST_WORDS = 400
ANY_LANGUAGE = ""


@dataclass(frozen=True)
class Progress:
    """How far gathering has come for a claim; ``working`` while workers may soon bring more."""

    searches: list[Search]
    unanswered: int
    documents: Amount
    waiting: Amount
    unread: Amount
    passages: Amount
    by_meaning: bool
    working: bool


@dataclass(frozen=True)
class ProviderStanding:
    """Whether the desk uses a provider, and what is wrong with it; empty where nothing is."""

    engine: Engine
    is_on: bool
    trouble: str


def gather(claim: Claim) -> list[Search]:
    """Start the searches a claim needs and does not have yet; return the new ones.

    In our own collection, one for each language it is worded in, and one with its most distinctive words, mostly names,
    in all languages. With each provider in use, one for each language of the claim and of the desk. A person's search
    of some days only does not stand for one of all time.
    """
    put = set(claim.searches.filter(since=None, until=None).values_list("engine", "words", "language"))
    wanted = [*_own_searches(claim), *_outside_searches(claim)]
    new = [
        Search.objects.create(engine=engine, words=words, language=language)
        for engine, words, language in dict.fromkeys(wanted)
        if words and (engine, words, language) not in put
    ]
    if new:
        claim.searches.add(*new)
        where = sorted({search.engine for search in new})
        audit.record(None, ClaimVerb.SEARCHED, claim, words=[search.words for search in new], engines=where)
    return new


def is_to_begin(claim: Claim) -> bool:
    """Return whether no search for a claim has been started that has words to search for."""
    return not claim.searches.exists() and any(words for _engine, words, _language in _own_searches(claim))


def _own_searches(claim: Claim) -> list[tuple[str, str, str]]:
    wanted = [(" ".join(search_words(text, language)[:MOST_WORDS]), language) for text, language in _wordings(claim)]
    wanted.append((" ".join(search_words(claim.text, claim.language)[:MOST_NAMES]), ANY_LANGUAGE))
    return [(Engine.GATHERED, words[:LONGEST_WORDS], language) for words, language in wanted]


def _outside_searches(claim: Claim) -> list[tuple[str, str, str]]:
    """Return the searches beyond our own collection; none with what a provider does not search for words.

    The words of a claim that only named people see are sent to nobody.
    """
    engines = [] if ClaimAccess.objects.is_restricted(claim) else providers_in_use()
    queries = outside_queries.of(claim) if engines else []
    return [(engine, query.words, query.language) for engine in engines for query in queries]


def providers_in_use() -> list[str]:
    """Return the engines beyond our own collection that the desk has switched on and that search for words."""
    return [engine for engine in _in_use() if PROVIDERS[engine].searches]


def providers_to_choose() -> list[str]:
    """Return the engines in use that a person can ask: also those that search for addresses, not those read whole."""
    return [row.engine for row in standing_of_providers() if row.is_on]


def _in_use() -> list[Engine]:
    on = ProviderSetting.objects.in_use().values_list("engine", flat=True)
    return sorted(Engine(engine) for engine in on if engine in PROVIDERS)


def standing_of_providers() -> list[ProviderStanding]:
    """Return the providers that a person could ask and that the desk has set up, in one query, by their engines."""
    rows = _providers()
    known = [ProviderStanding(Engine(engine), is_on, trouble) for engine, is_on, trouble in rows if engine in PROVIDERS]
    return [row for row in known if PROVIDERS[row.engine].searches or not PROVIDERS[row.engine].is_polled]


@transaction.atomic
def put_search(
    claim: Claim,
    *,
    by: User,
    words: str,
    language: str = "",
    since: date | None = None,
    until: date | None = None,
    engine: str = Engine.GATHERED,
) -> Search:
    """Start a search in a person's own words; without a language in all languages, without days for all time.

    Raises ``Refusal`` (codes ``closed``, ``empty``, ``too_long``, ``wrong_order``, ``already_run``, ``not_in_use``,
    ``restricted``) and ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    Claim.objects.hold_open(claim.pk)
    words = " ".join(words.replace("\0", " ").split())
    if not words:
        raise Refusal(_("Enter the words to search for."), "empty", field="words")
    if len(words) > LONGEST_WORDS:
        problem = _("A search can have at most %(most)d characters.") % {"most": LONGEST_WORDS}
        raise Refusal(problem, "too_long", field="words")
    if since and until and since > until:
        raise Refusal(_("The last day cannot be before the first day."), "wrong_order", field="until")
    if engine != Engine.GATHERED and engine not in providers_to_choose():
        raise Refusal(_("The desk does not use this provider."), "not_in_use", field="engine")
    if engine != Engine.GATHERED and ClaimAccess.objects.is_restricted(claim):
        problem = _("Only named people see this claim, so its words are not sent to a provider.")
        raise Refusal(problem, "restricted", field="engine")
    asked: dict[str, Any] = {"engine": engine, "words": words, "language": language, "since": since, "until": until}
    if claim.searches.filter(**asked).exists():
        problem = _("This search has already been run. It runs again as new coverage comes in.")
        raise Refusal(problem, "already_run", field="words")
    search = Search.objects.create(**asked)
    claim.searches.add(search)
    days: dict[str, Any] = {name: day for name, day in (("since", since), ("until", until)) if day}
    audit.record(by, ClaimVerb.SEARCHED, claim, words=[words], language=language, engines=[engine], **days)
    return search


def progress(claim: Claim) -> Progress:
    """Return how far gathering has come for a claim, in a constant number of queries that count no whole table."""
    searches = _searches(claim.pk)
    unanswered = sum(search.answered_at is None and search.due_at is not None for search in searches)
    waiting, unread = _busy.counted(kind=Document), _busy.counted(kind=Reading)
    return Progress(
        searches=searches,
        unanswered=unanswered,
        documents=_read.estimated(),
        waiting=waiting,
        unread=unread,
        passages=_passages.estimated(),
        by_meaning=bool(embedding.model()),
        working=not claim.is_closed and (bool(unanswered or waiting or unread) or _is_compared(claim)),
    )


def _is_compared(claim: Claim) -> bool:
    return bool(_compared.first(claim.pk) or _arrived.first())


@CompiledQuery
def _providers() -> QuerySet[Any]:
    return ProviderSetting.objects.order_by("engine").values_list("engine", "is_on", "trouble")


@CompiledQuery
def _searches(claim: int) -> QuerySet[Search]:
    rows: QuerySet[Search] = Claim(pk=claim).searches.order_by("-asked_at", "-pk")
    return rows


@CompiledQuery
def _busy(*, kind: type[Work]) -> QuerySet[Any]:
    return kind._default_manager.filter(Q(due_at__lte=Now(), tries=0) | Q(leased_until__gt=Now()))


@CompiledQuery
def _read() -> QuerySet[Document]:
    return Document.objects.articles().read()


@CompiledQuery
def _passages() -> QuerySet[Passage]:
    return Passage.objects.all()


@CompiledQuery
def _compared(claim: int) -> QuerySet[Any]:
    return Claim.objects.filter(comparing(), pk=claim).order_by().values("pk")


@CompiledQuery
def _arrived() -> QuerySet[Any]:
    return Arrival.objects.order_by().values("pk")


def _wordings(claim: Claim) -> list[tuple[str, str]]:
    others = claim.wordings.standing_firm().values_list("text", "language")
    return [(claim.text, claim.language), *others]
