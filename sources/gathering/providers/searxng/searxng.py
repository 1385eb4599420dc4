"""Search a SearXNG instance of the desk's own, which asks many search engines at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sources.formats.claim_reviews import moment
from sources.formats.loose_json import text
from sources.gathering.providers import query_words
from sources.gathering.providers.provider import (
    Access,
    Call,
    Provider,
    ProviderAnswer,
    ProviderFault,
    ResultLink,
    Wanted,
    rows_of,
    with_detail,
)
from sources.models.vocabulary import Engine, ProviderOutcome

PER_PAGE = 5  # results from which on there may be another page
RANGES = [(timedelta(days=1), "day"), (timedelta(days=31), "month"), (timedelta(days=366), "year")]


def call(wanted: Wanted, access: Access) -> Call:
    """Return the request: news in one language or in all; SearXNG knows only days, months and years before today."""
    asked = {
        "q": query_words.with_or(wanted.words),
        "format": "json",
        "categories": access.scope or "news",
        "language": wanted.language or "all",
        "pageno": wanted.page or "1",
        "safesearch": "0",
    }
    if span := _range(wanted.since):
        asked["time_range"] = span
    instance = access.address.rstrip("/").removesuffix("/search")  # its address, or that of its page of results
    return Call(f"{instance}/search?{urlencode(asked)}")


def read(body: bytes) -> ProviderAnswer:
    """Return the results of a page. Where no engine answered at all, the instance found nothing for another reason."""
    value, rows = rows_of(body, "results")
    silent = value.get("unresponsive_engines")
    if not rows and isinstance(silent, list) and silent:
        names = ", ".join(sorted({_name(each) for each in silent}))[:200]
        raise ProviderFault(
            ProviderOutcome.FAILED, with_detail(_now("The engines of this SearXNG did not answer."), names)
        )
    links = [ResultLink(text(row.get("url")), text(row.get("title"), 500), "", _published(row)) for row in rows]
    return ProviderAnswer(links=tuple(links), next_page="+" if len(rows) >= PER_PAGE else "")


def _range(since: date | None) -> str:
    """Return the shortest span of SearXNG that reaches back to a day; nothing where none does."""
    if since is None:
        return ""
    ago = datetime.now(UTC).date() - since
    return next((name for span, name in RANGES if ago <= span), "")


def _name(engine: Any) -> str:
    return text(engine[0] if isinstance(engine, list) and engine else engine, 40)


def _published(row: dict[str, Any]) -> datetime | None:
    return moment(row.get("publishedDate") or row.get("pubdate"))


PROVIDER = Provider(
    engine=Engine.SEARXNG,
    address="",
    terms=_("A server of your own. Allow JSON in its settings.yml (search.formats), or it refuses every request."),
    call=call,
    read=read,
    most_pages=2,
)
