"""How far the searches of a claim reached beyond what the desk holds: who answered, who did not, what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min

from claims.models.claim import Claim
from sources.models import FactCheck, Feed, Search, Source
from sources.models.vocabulary import NOT_OUTSIDE, Engine
from workbench.desk.amounts import counted


@dataclass(frozen=True)
class ProviderReach:
    """What one provider did for a claim: in which languages it answered, and where it has not answered, with why."""

    engine: str
    answered: tuple[str, ...] = ()  # codes of languages; an empty one stands for all
    unanswered: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class SearchReach:
    """Where a claim was searched: ``outlets`` of the desk since a day, providers, and languages that none covers."""

    outlets: int
    since: datetime | None
    providers: tuple[ProviderReach, ...]
    checks_held: int
    not_covered: tuple[str, ...]

    @property
    def outside(self) -> bool:
        """Whether at least one source outside the desk answered."""
        return any(each.answered for each in self.providers if each.engine not in NOT_OUTSIDE)


def of(claim: Claim, searches: Iterable[Search] | None = None) -> SearchReach:
    """Return how far the searches of a claim reached, in a constant number of queries."""
    feeds = Feed.objects.filter(stopped_at=None, parent=None)
    desk = feeds.aggregate(outlets=Count("source", distinct=True), since=Min("added_at"))
    rows = list(claim.searches.all() if searches is None else searches)
    providers = _providers([row for row in rows if row.engine != Engine.GATHERED])
    covered = {language for each in providers for language in each.answered}
    return SearchReach(
        outlets=desk["outlets"],
        since=desk["since"],
        providers=providers,
        checks_held=counted(FactCheck.objects.all()).number,
        not_covered=() if "" in covered or not providers else _left_out(claim, covered),
    )


def asked_outside(claim: Claim) -> bool:
    """Say whether a source outside the desk has answered a search of a claim."""
    return claim.searches.exclude(engine__in=NOT_OUTSIDE).filter(answered_at__isnull=False).exists()


def _providers(rows: Sequence[Search]) -> tuple[ProviderReach, ...]:
    by_engine: Mapping[str, list[Search]] = defaultdict(list)
    for row in rows:
        by_engine[row.engine].append(row)
    return tuple(_provider(engine, by_engine[engine]) for engine in sorted(by_engine))


def _provider(engine: str, rows: list[Search]) -> ProviderReach:
    answered = {row.language for row in rows if row.answered_at}
    reasons = [row.trouble for row in rows if row.trouble and not row.answered_at]
    unanswered = {row.language for row in rows if not row.answered_at} - answered
    return ProviderReach(engine, tuple(sorted(answered)), tuple(sorted(unanswered)), reasons[0] if reasons else "")


def _left_out(claim: Claim, covered: set[str]) -> tuple[str, ...]:
    """Return the languages of the claim and of the desk in which no source outside answered."""
    desk: Any = Source.objects.exclude(language="").order_by().values_list("language", flat=True).distinct()
    return tuple(sorted({claim.language, *desk} - covered))
