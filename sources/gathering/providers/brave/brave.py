"""Search Brave News. Needs a key, and each request may cost something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from sources.formats.claim_reviews import moment
from sources.formats.loose_json import text
from sources.gathering.providers import query_words
from sources.gathering.providers.provider import Access, Call, Provider, ProviderAnswer, ResultLink, Wanted, rows_of
from sources.models.vocabulary import Engine

MOST = 50  # results of one request
LONGEST, MOST_WORDS = 400, 50  # characters and words that Brave takes


def call(wanted: Wanted, access: Access) -> Call:
    """Return the request; the key travels in a header."""
    words = " ".join(query_words.with_or(wanted.words)[:LONGEST].split()[:MOST_WORDS])
    asked = {"q": words, "count": str(MOST), "offset": str(int(wanted.page or "1") - 1)}
    if wanted.language:
        asked["search_lang"] = wanted.language
    if wanted.since or wanted.until:
        until = wanted.until or datetime.now(UTC).date()
        asked["freshness"] = f"{wanted.since or until - timedelta(days=365)}to{until}"
    headers = {"X-Subscription-Token": access.key}
    return Call(f"{access.address}?{urlencode(asked)}", headers)


def read(body: bytes) -> ProviderAnswer:
    """Return the articles. We keep addresses, titles and times only: some plans forbid to keep more."""
    _value, rows = rows_of(body, "results")
    links = [ResultLink(text(row.get("url")), text(row.get("title"), 500), "", _age(row)) for row in rows]
    return ProviderAnswer(links=tuple(links), next_page="+" if len(rows) >= MOST else "")


def _age(row: dict[str, Any]) -> datetime | None:
    return moment(row.get("page_age"))


PROVIDER = Provider(
    engine=Engine.BRAVE,
    address="https://api.search.brave.com/res/v1/news/search",
    terms=_("Needs a key. Set the cost of a request and a budget; your plan says what may be kept."),
    call=call,
    read=read,
    needs_key=True,
    interval=timedelta(seconds=1),
)
