"""Search GDELT DOC 2.0: news of the last three months in 65 languages, without a key and slowly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from sources.formats.loose_json import text
from sources.gathering.providers import query_words
from sources.gathering.providers.provider import Access, Call, Provider, ProviderAnswer, ResultLink, Wanted, rows_of
from sources.models.vocabulary import Engine

# GDELT names languages in English words.
LANGUAGES = {
    "ar": "arabic", "bg": "bulgarian", "bn": "bengali", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "fa": "persian", "fi": "finnish", "fr": "french",
    "he": "hebrew", "hi": "hindi", "hr": "croatian", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "ja": "japanese", "ka": "georgian", "ko": "korean", "lt": "lithuanian", "lv": "latvian",
    "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sk": "slovak", "sl": "slovenian", "sq": "albanian", "sr": "serbian", "sv": "swedish", "tr": "turkish",
    "uk": "ukrainian", "ur": "urdu", "vi": "vietnamese", "zh": "chinese",
}  # fmt: skip
CODES = {name: code for code, name in LANGUAGES.items()}
MOST = 250  # results of one request


def call(wanted: Wanted, access: Access) -> Call:
    """Return the request: the newest articles first, in one language or in all."""
    query = query_words.with_or(wanted.words)
    if wanted.language in LANGUAGES:
        query += f" sourcelang:{LANGUAGES[wanted.language]}"
    asked = {"query": query, "mode": "artlist", "format": "json", "maxrecords": str(MOST), "sort": "datedesc"}
    if wanted.since or wanted.until:
        asked["startdatetime"] = f"{wanted.since or datetime(2017, 1, 1, tzinfo=UTC):%Y%m%d}000000"
        asked["enddatetime"] = f"{wanted.until or datetime.now(UTC):%Y%m%d}235959"
    else:
        asked["timespan"] = "3months"
    return Call(f"{access.address}?{urlencode(asked)}")


def read(body: bytes) -> ProviderAnswer:
    """Return the articles; an empty object is an answer without any."""
    _value, rows = rows_of(body, "articles")
    return ProviderAnswer(
        links=tuple(
            ResultLink(
                url=text(row.get("url")),
                title=text(row.get("title"), 500),
                language=CODES.get(text(row.get("language")).lower(), ""),
                published=_seen(row.get("seendate")),
            )
            for row in rows
        )
    )


def _seen(value: object) -> datetime | None:
    try:
        return datetime.strptime(str(value), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


PROVIDER = Provider(
    engine=Engine.GDELT,
    address="https://api.gdeltproject.org/api/v2/doc/doc",
    terms=_("Free, also for commercial use; cite GDELT with a link. It allows one request every five seconds."),
    call=call,
    read=read,
    interval=timedelta(seconds=5),
    languages=frozenset(LANGUAGES),
)
