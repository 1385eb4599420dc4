"""What a person sees of a hidden file or page once they bring it or ask for it too: not what others did with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from sources.models import Bringing, DocumentAddress, FetchAttempt, Reading
from sources.models.document import NOTE
from sources.models.vocabulary import AddressKind, Outcome, SourceVerb
from sources.web.addresses import Refused, read
from workbench.desk.compiled_queries import CompiledQuery, listed, one_of
from workbench.desk.models import LogEntry, User

ASKED = (SourceVerb.ASKED_FOR_DOCUMENT, SourceVerb.ASKED_FOR_DOCUMENT_AGAIN)
HASH = re.compile(r"\b[0-9a-f]{64}\b")
OF_OTHERS = ("sources.Bringing", "sources.DocumentAddress", "sources.Reading", "sources.FetchAttempt")


def shared(documents: Collection[int], own: Collection[int], person: int | None, *, since: datetime | None) -> set[int]:
    """Return those of some hidden documents that a person brought or asked for too: these are shown to them.

    ``own`` are those that they did not give to the claims which hide them. The others they see again if they ask
    ``since`` they were removed from the claim, as anybody who asks.
    """
    if not documents or person is None:
        return set()
    names = {f"document {key}": key for key in documents}
    asked = _asked(listed(names), person)
    then = {names[chain] for chain, at in asked if names[chain] in own or (since and at > since)}
    return then | set(_brought(listed(own), person) if own else ())


@CompiledQuery
def _brought(documents: str, person: int) -> QuerySet[Any]:
    rows = Bringing.objects.filter(one_of("capture__document", documents), by=person).order_by()
    return rows.values_list("capture__document", flat=True)


@CompiledQuery
def _asked(chains: str, person: int) -> QuerySet[Any]:
    entries = LogEntry.objects.filter(one_of("chain", chains, "text"), actor=person, verb__in=ASKED)
    return entries.order_by().values_list("chain", "recorded_at")


def of_others(documents: Collection[int], person: int | None) -> Mapping[str, list[int]]:
    """Return what others said of documents, by label of the model: who brought them, from where, notes, transcripts."""
    if not documents or person is None:
        return {}
    rows = Bringing.objects.filter(capture__document__in=documents)
    notes = Reading.objects.filter(capture__document__in=documents, reader__startswith=NOTE)
    notes = notes.exclude(byline=str(User.objects.get(pk=person)))
    others = rows.exclude(by=person)
    said = _keys(others.values_list("said_url", flat=True)) - _keys(
        rows.filter(by=person).values_list("said_url", flat=True)
    )
    stated = DocumentAddress.objects.filter(document__in=documents, kind=AddressKind.STATED, url__in=said)
    found = (others, stated, notes, _transcripts(documents, person))
    return {label: list(each.values_list("pk", flat=True)) for label, each in zip(OF_OTHERS, found, strict=True)}


def entries_of_others(documents: Collection[int], person: int | None) -> list[int]:
    """Return the keys of the entries of the log in which others did something with documents."""
    if not documents:
        return []
    names = [f"document {key}" for key in documents]
    entries = LogEntry.objects.filter(chain__in=names, actor__isnull=False).exclude(actor=person)
    return list(entries.values_list("pk", flat=True))


def _transcripts(documents: Collection[int], person: int) -> QuerySet[FetchAttempt]:
    """Return how the transcripts came that others gave to recordings, with who gave them."""
    names = [f"document {key}" for key in documents]
    entries = LogEntry.objects.filter(chain__in=names, actor=person, verb=SourceVerb.ADDED_TRANSCRIPT)
    own = {sha256 for facts in entries.values_list("facts", flat=True) for sha256 in HASH.findall(facts)}
    given = FetchAttempt.objects.filter(document__in=documents, outcome=Outcome.BROUGHT, capture__bringings=None)
    return given.exclude(capture__sha256__in=own)


def _keys(urls: Iterable[str]) -> set[str]:
    """Return the addresses that people stated, as they are kept with the file."""
    found = set()
    for url in urls:
        try:
            found.add(read(url).key)
        except Refused:
            continue
    return found
