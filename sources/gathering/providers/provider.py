"""What a search provider is: how to ask it, and how to read its answers. It has no rows and opens no connections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sources.formats import loose_json
from sources.formats.claim_reviews import ClaimReviewRecord
from sources.models.vocabulary import Engine, ProviderOutcome


@dataclass(frozen=True)
class Wanted:
    """What to search for: words as ``query_words`` reads them, a language or all, days or all time, and which page."""

    words: str
    language: str = ""
    since: date | None = None
    until: date | None = None
    page: str = ""


@dataclass(frozen=True)
class Access:
    """Where a provider is asked, with the key, and in what part of it."""

    address: str
    key: str = ""
    scope: str = ""


@dataclass(frozen=True)
class Call:
    """One request to make. ``shown`` is its address without the key: it is kept and shown to people."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    shown: str = ""

    @property
    def query(self) -> str:
        """Return the address that may be kept."""
        return self.shown or self.url


@dataclass(frozen=True)
class ResultLink:
    """A page that a provider found, as it describes it."""

    url: str
    title: str = ""
    language: str = ""
    published: datetime | None = None
    text: str = ""  # more of its words, where a provider is read for all searches at once


@dataclass(frozen=True)
class ProviderAnswer:
    """What one answer holds; ``next_page`` is empty where it is the last."""

    links: tuple[ResultLink, ...] = ()
    checks: tuple[ClaimReviewRecord, ...] = ()
    next_page: str = ""


class ProviderFault(Exception):
    """A provider gave no answer to use. The message may be shown to a person. ``wait`` is when to come back."""

    def __init__(self, outcome: ProviderOutcome, message: str, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.outcome, self.wait = outcome, wait


@dataclass(frozen=True)
class Provider:
    """A search provider. ``call`` makes the request for one page of results, ``read`` reads the body of its answer."""

    engine: Engine
    address: str  # of its own server; empty where each desk has another
    terms: Promise | str  # what a desk should know before it uses the provider
    call: Callable[[Wanted, Access], Call]
    read: Callable[[bytes], ProviderAnswer]
    needs_key: bool = False
    needs_address: bool = True
    interval: timedelta = timedelta()  # between two requests, as the provider asks
    languages: frozenset[str] | None = None  # which it can tell apart; None: all
    most_pages: int = 1
    is_polled: bool = False  # it is read from time to time, for all searches at once
    searches: bool = True  # for words; else it is read whole, or asked about addresses
    finds_checks: bool = False  # it finds fact-checks and no coverage
    most_bytes: int = 5_000_000
    trial: str = "election"  # words that try it out once it is set up; empty where it has no server of its own


def rows_of(body: bytes, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return an answer of JSON and the rows in it under a name. Raises ``ProviderFault`` in the words of the server."""
    try:
        value = loose_json.loads(body)
    except loose_json.NotJson as problem:
        raise not_json(problem) from problem
    rows = loose_json.rows(value, name)
    if rows is None:
        raise other_form()
    return value, rows


def other_form() -> ProviderFault:
    """Return the fault of an answer that is JSON, and not what the provider documents."""
    return ProviderFault(ProviderOutcome.BROKEN, _("The answer of the provider has another form than documented."))


def not_json(problem: loose_json.NotJson) -> ProviderFault:
    """Return the fault of an answer that is no JSON: a sentence is a refusal, a page or a part of an answer is not."""
    if problem.is_page or not problem.said or problem.said[:1] in "{[":
        text = _("The provider sent no JSON.") if problem.said else _("The provider sent an empty answer.")
        return ProviderFault(ProviderOutcome.BROKEN, with_detail(text, problem.said))
    said = problem.said.lower()
    if "limit requests" in said or "too many requests" in said:
        text = _("The provider asks us to come back later.")
        return ProviderFault(ProviderOutcome.BUSY, with_detail(text, problem.said), timedelta(minutes=1))
    return ProviderFault(ProviderOutcome.REFUSED, with_detail(_("The provider refused."), problem.said))


def with_detail(text: str, detail: str) -> str:
    """Return a message with what the server said in brackets: pages translate the message and keep the detail."""
    return f"{text} ({detail.replace('(', '[').replace(')', ']')})" if detail else text
