"""How far the searches of a claim reached beyond what the desk holds: who answered, who did not, what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext_noop

from claims.models.claim import Claim
from claims.wording.queries import share_words
from sources.models import FactCheck, Feed, Search, Source
from sources.models.vocabulary import NOT_OUTSIDE, Engine
from workbench.desk.compiled_queries import CompiledQuery

STREAM_READ = timedelta(days=1)  # a stream finds only what is published after it was asked
# In the words of a person; stored in reports in English, translated where it is shown.
TOO_SHORT = gettext_noop("It finds only what is published from now on, and it was not read for a whole day yet.")


@dataclass(frozen=True)
class ProviderReach:
    """What one provider did for a claim: in which languages it answered, and where it has not answered, with why."""

    engine: str
    answered: tuple[str, ...] = ()  # codes of languages; an empty one stands for all
    unanswered: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class SearchReach:
    """Where a claim was searched: ``outlets`` of the desk since a day, providers, and languages that none covers.

    ``outside`` says whether a source outside the desk answered about the claim. ``unrelated`` are the searches at such
    sources whose words have nothing to do with it: they count for nothing.
    """

    outlets: int
    since: datetime | None
    providers: tuple[ProviderReach, ...]
    checks_held: int
    not_covered: tuple[str, ...]
    outside: bool = False
    unrelated: int = 0


def of(claim: Claim, searches: Iterable[Search] | None = None) -> SearchReach:
    """Return how far the searches of a claim reached, in a constant number of queries."""
    outlets, since = _outlets.first() or (0, None)
    rows = list(claim.searches.all() if searches is None else searches)
    asking = asking_outside(claim, rows)
    beside = [row for row in rows if row.engine in NOT_OUTSIDE and row.engine != Engine.GATHERED]
    covered = {row.language for row in asking if has_answered(row)}
    return SearchReach(
        outlets=outlets,
        since=since,
        providers=_providers([*asking, *beside]),
        checks_held=_checks.counted().number,
        not_covered=() if "" in covered else _left_out(claim, covered),
        outside=any(map(has_answered, asking)),
        unrelated=sum(row.engine not in NOT_OUTSIDE for row in rows) - len(asking),
    )


def asked_outside(claim: Claim) -> bool:
    """Say whether a source outside the desk has answered a search about a claim."""
    return any(map(has_answered, asking_outside(claim, claim.searches.all())))


def asking_outside(claim: Claim, searches: Iterable[Search]) -> list[Search]:
    """Return the searches that ask somebody outside the desk about a claim, answered or not.

    Words that share no specific word, name or number with the claim ask about something else, whoever chose them. What
    asks in another language counts once somebody has worded the claim in it.
    """
    rows = [row for row in searches if row.engine not in NOT_OUTSIDE]
    if not rows:
        return []
    others = claim.wordings.standing_firm().values_list("text", "language")
    worded = [(claim.text, claim.language), *others]
    return [row for row in rows if any(share_words(row.words, *each) for each in worded)]


def has_answered(search: Search) -> bool:
    """Say whether a search has an answer that says something; a stream has one once it was read for a day."""
    if search.answered_at is None:
        return False
    return search.engine != Engine.GAL or search.answered_at - search.asked_at >= STREAM_READ


def _providers(rows: Sequence[Search]) -> tuple[ProviderReach, ...]:
    by_engine: Mapping[str, list[Search]] = defaultdict(list)
    for row in rows:
        by_engine[row.engine].append(row)
    return tuple(_provider(engine, by_engine[engine]) for engine in sorted(by_engine))


def _provider(engine: str, rows: list[Search]) -> ProviderReach:
    answered = {row.language for row in rows if has_answered(row)}
    silent = [row for row in rows if not has_answered(row)]
    reasons = [TOO_SHORT if row.answered_at else row.trouble for row in silent if row.answered_at or row.trouble]
    unanswered = {row.language for row in silent} - answered
    return ProviderReach(engine, tuple(sorted(answered)), tuple(sorted(unanswered)), reasons[0] if reasons else "")


def _left_out(claim: Claim, covered: set[str]) -> tuple[str, ...]:
    """Return the languages of the claim and of the desk in which no source outside answered."""
    return tuple(sorted({claim.language, *_languages()} - covered - {""}))


@CompiledQuery
def _outlets() -> QuerySet[Any]:
    """How many sources the desk follows by a feed, and since when."""
    feeds: Any = Feed.objects.filter(stopped_at=None, parent=None).order_by().values("parent")
    counted = feeds.annotate(outlets=Count("source", distinct=True), since=Min("added_at"))
    rows: QuerySet[Any] = counted.values_list("outlets", "since")
    return rows


@CompiledQuery
def _checks() -> QuerySet[Any]:
    return FactCheck.objects.all()


@CompiledQuery
def _languages() -> QuerySet[Any]:
    """The languages of the sources of the desk."""
    sources: QuerySet[Any] = Source.objects.exclude(language="").order_by()
    return sources.values_list("language", flat=True).distinct()
