"""Gather coverage for a claim: run the searches it needs, and report how far gathering has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from claims.evidence.progress import comparing
from claims.models import Claim
from claims.models.vocabulary import ClaimVerb
from claims.wording.queries import search_words
from sources.models import Arrival, Document, Passage, Reading, Search
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


def gather(claim: Claim) -> list[Search]:
    """Start the searches a claim needs and does not have yet; return the new ones.

    One for each language it is worded in, and one with its most distinctive words, mostly names, in all languages. A
    person's search of some days only does not stand for one of all time.
    """
    put = set(claim.searches.filter(since=None, until=None).values_list("words", "language"))
    wanted = [(" ".join(search_words(text, language)[:MOST_WORDS]), language) for text, language in _wordings(claim)]
    wanted.append((" ".join(search_words(claim.text, claim.language)[:MOST_NAMES]), ANY_LANGUAGE))
    new = [
        Search.objects.create(engine=Engine.GATHERED, words=words[:LONGEST_WORDS], language=language)
        for words, language in dict.fromkeys(wanted)
        if words and (words[:LONGEST_WORDS], language) not in put
    ]
    if new:
        claim.searches.add(*new)
        audit.record(None, ClaimVerb.SEARCHED, claim, words=[search.words for search in new])
    return new


@transaction.atomic
def put_search(
    claim: Claim,
    *,
    by: User,
    words: str,
    language: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Search:
    """Start a search in a person's own words; without a language in all languages, without days for all time.

    Raises ``Refusal`` (codes ``closed``, ``empty``, ``too_long``, ``wrong_order``, ``already_run``), ``NotPermitted``.
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
    asked: dict[str, Any] = {"words": words, "language": language, "since": since, "until": until}
    if claim.searches.filter(**asked).exists():
        problem = _("This search has already been run. It runs again as new coverage comes in.")
        raise Refusal(problem, "already_run", field="words")
    search = Search.objects.create(engine=Engine.GATHERED, **asked)
    claim.searches.add(search)
    days: dict[str, Any] = {name: day for name, day in (("since", since), ("until", until)) if day}
    audit.record(by, ClaimVerb.SEARCHED, claim, words=[words], language=language, **days)
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
