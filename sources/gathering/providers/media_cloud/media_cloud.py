"""Search Media Cloud: an archive of online news of the whole world. Needs a free token; two requests a minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from sources.formats.claim_reviews import moment
from sources.formats.loose_json import text
from sources.gathering.providers import query_words
from sources.gathering.providers.provider import Access, Call, Provider, ProviderAnswer, ResultLink, Wanted, rows_of
from sources.models.vocabulary import Engine

MOST = 100  # results of one request
USUAL = timedelta(days=90)  # it asks for a first and a last day


def call(wanted: Wanted, access: Access) -> Call:
    """Return the request; ``scope`` names collections by their numbers."""
    query = " AND ".join(
        f"({' OR '.join(_quoted(each) for each in group)})" for group in query_words.groups(wanted.words)
    )
    until = wanted.until or datetime.now(UTC).date()
    asked = {
        "q": f"{query} AND language:{wanted.language}" if wanted.language else query,
        "start": str(wanted.since or until - USUAL),
        "end": str(until),
        "platform": "onlinenews-mediacloud",
        "page_size": str(MOST),
    }
    if access.scope:
        asked["cs"] = access.scope
    if wanted.page:
        asked["pagination_token"] = wanted.page
    address = f"{access.address.rstrip('/')}/search/story-list?{urlencode(asked)}"
    return Call(address, {"Authorization": f"Token {access.key}"})


def read(body: bytes) -> ProviderAnswer:
    """Return the stories; it keeps addresses and titles, and no texts."""
    value, rows = rows_of(body, "stories")
    links = [
        ResultLink(
            url=text(row.get("url")),
            title=text(row.get("title"), 500),
            language=text(row.get("language"), 8),
            published=moment(row.get("publish_date")),
        )
        for row in rows
    ]
    return ProviderAnswer(links=tuple(links), next_page=text(value.get("pagination_token"), 400))


def _quoted(term: str) -> str:
    return f'"{term}"' if " " in term else term


PROVIDER = Provider(
    engine=Engine.MEDIA_CLOUD,
    address="https://search.mediacloud.org/api",
    terms=_("Needs a free token. It allows two requests a minute; name its collections under “searched in”."),
    call=call,
    read=read,
    needs_key=True,
    interval=timedelta(seconds=30),
)
