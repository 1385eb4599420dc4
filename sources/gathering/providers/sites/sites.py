"""Search the sites of registered sources by their own search that answers with a feed, or by their sitemap."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, unquote

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sources.formats.feed_entries import Entry
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
from sources.language.word_forms import word_forms
from sources.models.provider import WORDS
from sources.models.vocabulary import Engine, ProviderOutcome


def call(wanted: Wanted, access: Access) -> Call:
    """Return the request to one site, whose address has a place for the words or is a sitemap."""
    return Call(access.address.replace(WORDS, quote(query_words.plain(wanted.words), safe="")))


def read(_body: bytes) -> ProviderAnswer:
    """Refuse: feeds are read apart from this process; ``of_entries`` takes what they hold."""
    raise ProviderFault(ProviderOutcome.BROKEN, _now("This answer is read as a feed."))


def of_entries(entries: Iterable[Entry], words: str, *, all_of_site: bool) -> ProviderAnswer:
    """Return the pages that a feed names; of a sitemap, which names all, those whose title or address has the words."""
    named = [entry for entry in entries if not all_of_site or _has(f"{entry.title} {unquote(entry.url)}", words)]
    return ProviderAnswer(links=tuple(ResultLink(entry.url, entry.title, "", entry.published) for entry in named))


def _has(text: str, words: str) -> bool:
    here = {form for forms in word_forms(text) for form in forms}
    groups = query_words.groups(words)
    held = [any(_forms(spelling) <= here for spelling in group) for group in groups]
    return bool(held) and sum(held) >= min(2, len(held))


def _forms(spelling: str) -> set[str]:
    return {forms[0] for forms in word_forms(spelling)}


PROVIDER = Provider(
    engine=Engine.SITES,
    address="",
    terms=_("Asks the sites of your own sources, as their robots.txt allows and at the pace of all visits."),
    call=call,
    read=read,
    needs_address=False,
    trial="",
)
