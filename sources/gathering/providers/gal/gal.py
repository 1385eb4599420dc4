"""Read GDELT GAL: the list of all articles that GDELT saw in each minute, in all languages, without a key."""

from __future__ import annotations

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sources.formats import loose_json
from sources.formats.claim_reviews import moment
from sources.formats.content_coding import BadCoding, inflate
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
)
from sources.language.folding import fold
from sources.models.vocabulary import Engine, ProviderOutcome

GZIP = b"\x1f\x8b"
MOST_BYTES = 50_000_000
FEWEST_SHARED = 2  # words of a search that an article must have, where the search has more than one


def call(wanted: Wanted, access: Access) -> Call:
    """Return the request for the file of a minute, which ``page`` names as ``YYYYMMDDHHMM``."""
    return Call(f"{access.address.rstrip('/')}/{wanted.page}00.gal.json.gz")


def read(body: bytes) -> ProviderAnswer:
    """Return the articles of a minute; lines that are no JSON are left out, unless nothing else is there."""
    try:
        lines = inflate(body, "gzip", most=MOST_BYTES, ratio=200, enough=0) if body.startswith(GZIP) else body
    except BadCoding as problem:
        raise _damaged() from problem
    values, broken = loose_json.lines(lines)
    rows = [value for value in values if isinstance(value, dict)]
    if broken and not rows:
        raise _damaged()
    links = [
        ResultLink(
            url=text(row.get("url")),
            title=text(row.get("title"), 500),
            language=text(row.get("lang"), 8).lower(),
            published=moment(row.get("date")),
            text=f"{text(row.get('title'), 500)} {text(row.get('desc'), 2000)}",
        )
        for row in rows
    ]
    return ProviderAnswer(links=tuple(link for link in links if link.url))


def bears_on(link: ResultLink, words: str, language: str) -> bool:
    """Say whether an article of the stream has enough of the words of a search, and is in its language."""
    if language and link.language and link.language != language:
        return False
    here = f" {' '.join(fold(link.text).split())} "
    groups = query_words.groups(words)
    shared = sum(any(_stands(spelling, here) for spelling in group) for group in groups)
    return bool(groups) and shared >= min(FEWEST_SHARED, len(groups))


def _stands(spelling: str, here: str) -> bool:
    at = f" {fold(spelling)}"
    return at in here


def _damaged() -> ProviderFault:
    return ProviderFault(ProviderOutcome.BROKEN, _now("The file of this minute is damaged."))


PROVIDER = Provider(
    engine=Engine.GAL,
    address="https://data.gdeltproject.org/gdeltv3/gal",
    terms=_("Free, also for commercial use; cite GDELT with a link. It finds only what is published from now on."),
    call=call,
    read=read,
    is_polled=True,
    most_bytes=MOST_BYTES,
)
