"""Ask the Wayback Machine which copies of an address it has (CDX): what a page said before it changed or went."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from sources.formats import loose_json
from sources.gathering.providers.provider import (
    Access,
    Call,
    Provider,
    ProviderAnswer,
    ResultLink,
    Wanted,
    not_json,
    other_form,
)
from sources.models.vocabulary import Engine

MOST = 20  # copies of one address, the newest; those with the same bytes as the one before are left out
COLUMNS = ("timestamp", "original")
COPIES = "https://web.archive.org/web"


def call(wanted: Wanted, access: Access) -> Call:
    """Return the request; the words of the search are the address."""
    asked = {
        "url": wanted.words.strip(),
        "output": "json",
        "fl": ",".join(COLUMNS),
        "filter": "statuscode:200",
        "collapse": "digest",
        "limit": str(-MOST),
    }
    if wanted.since:
        asked["from"] = f"{wanted.since:%Y%m%d}"
    if wanted.until:
        asked["to"] = f"{wanted.until:%Y%m%d}"
    return Call(f"{access.address}?{urlencode(asked)}")


def read(body: bytes) -> ProviderAnswer:
    """Return the copies, as the archive serves them without its own frame; an empty answer is one without any."""
    if not body.strip():
        return ProviderAnswer()
    try:
        rows = loose_json.loads(body)
    except loose_json.NotJson as problem:
        raise not_json(problem) from problem
    if not isinstance(rows, list):
        raise other_form()
    head = rows[0] if rows and isinstance(rows[0], list) else []
    places = [head.index(name) for name in COLUMNS if name in head]
    if rows and len(places) != len(COLUMNS):
        raise other_form()
    found = [_copy(row, places) for row in rows[1:] if isinstance(row, list)]
    return ProviderAnswer(links=tuple(link for link in reversed(found) if link is not None))


def _copy(row: list[object], places: list[int]) -> ResultLink | None:
    if len(row) <= max(places):
        return None
    at, address = (str(row[place]) for place in places)
    try:
        datetime.strptime(at, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return ResultLink(f"{COPIES}/{at}id_/{address}", title=f"{address} ({at[:4]}-{at[4:6]}-{at[6:8]})")


PROVIDER = Provider(
    engine=Engine.WAYBACK,
    address="https://web.archive.org/cdx/search/cdx",
    terms=_("Free and without a key; it allows about one request every two seconds. It searches addresses, not words."),
    call=call,
    read=read,
    interval=timedelta(seconds=2),
    searches=False,
    trial="https://example.org/",
)
