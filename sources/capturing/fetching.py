"""Fetch documents: add an address, visit it when it is due, store the answer, and record how each visit ended."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import Self

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.capturing import aggregator_links, archive_room, classification, merging, preserving, ruling
from sources.capturing.preserving import Kept
from sources.capturing.visit import HostBusy, Visit, visit
from sources.models import Document, FormUpload, Rendering, Source
from sources.models.document import DocumentQuerySet
from sources.models.vocabulary import READ, AddressKind, Outcome, SourceAct, SourceVerb
from sources.web import door
from sources.web.addresses import Refused, key_of, read
from sources.web.client import NO_VALIDATORS, Validators
from workbench.desk import audit, hidden_rows
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.work_queue import Next, Trouble

WHOLE_EVERY = timedelta(days=1)

# Hosts that this worker has just found busy, and until when by its own clock: of all documents that wait for a host,
# only one asks for a turn. Other workers may find the host free, so this is forgotten soon.
MOST_STATED = 5  # addresses of a brought file that are fetched at once
LONGEST_REST = 10.0  # seconds
_RESTING: dict[str, float] = {}


class Reachable(DocumentQuerySet):
    """Documents; those at hosts that are known to be busy are not due."""

    def due(self) -> Self:
        """Rows whose time has come, the longest waiting first, except at busy hosts."""
        now = monotonic()
        for host in [host for host, until in _RESTING.items() if until <= now]:
            del _RESTING[host]
        return super().due().exclude(host__in=list(_RESTING))


def due() -> Reachable:
    """Return the documents, for a worker that fetches those that are due."""
    return Reachable(Document)


def ask(url: str, *, by: User, chain: str = "") -> Document:
    """Return the document at an address: a new one, which is due to be fetched, or the one that has its article.

    ``chain`` is that of the log in which to note that a page which everybody sees is fetched again, where not everybody
    may know who asked for it. Raises ``Refusal`` for an address that we do not open, and ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    try:
        key = key_of(url, door.allowed())
    except Refused as reason:
        raise Refusal(str(reason), "refused_address", field="url") from reason
    with hidden_rows.everything():
        document, new = merging.known_at(key), False
        if document is None:
            document, new = Document.objects.get_or_create(url=key, defaults={"host": read(key).site, "asked_by": by})
    was_hidden = hidden_rows.is_hidden(Document._meta.label, "id", document.pk)
    hidden_rows.show(Document._meta.label, "id", document.pk)
    if was_hidden:  # from now on this entry shows it to them, and no visit is made that tells others of it
        audit.record(by, SourceVerb.ASKED_FOR_DOCUMENT, document, url=document.url)
    elif new:
        document.source = Source.objects.of_host(document.host)
        document.save(update_fields=["source"])
        audit.record(by, SourceVerb.ASKED_FOR_DOCUMENT, document, url=document.url)
    elif not document.is_coverage and document.due_at is None:
        ask_again(document, by=by, chain=chain)  # a wall may be gone, or a missing page may be back
    return document


@transaction.atomic
def ask_stated(document: Document, *, by: User) -> list[Document]:
    """Return the documents at the addresses that a brought file is said to be from, as ``ask`` does for each.

    Raises as ``ask`` does, and ``Refusal`` (``private``): everybody sees the page that we fetch, so first the file.
    """
    require(by, SourceAct.GATHER)
    if FormUpload.objects.waiting().of(by).filter(bringing__capture__document=document).exists():
        raise Refusal(
            _("Only you see this file. Send its form first: everybody sees the page that we fetch."), "private"
        )
    stated = document.addresses.filter(kind=AddressKind.STATED).order_by("pk").values_list("url", flat=True)
    return [ask(url, by=by) for url in stated[:MOST_STATED]]


@transaction.atomic
def ask_again(document: Document, *, by: User, chain: str = "") -> Document:
    """Have a document fetched again, now. Raises ``Refusal`` for a pasted text, and ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    if not document.is_web:
        raise Refusal(_("This text was pasted, so there is no address to fetch."), "pasted")
    document.ask()
    audit.record(by, SourceVerb.ASKED_FOR_DOCUMENT_AGAIN, document, chain=chain, url=document.url)
    return document


def fetch(document: Document) -> Generator[None, None, Next]:
    """Fetch a document once, store the answer, and have it read; retry what may pass, and revisit what is watched."""
    archive_room.require()
    visited, article = aggregator_links.follow(document, _visit(document))
    try:
        kept = preserving.keep(visited.answer, document) if visited.answer else None
    except archive_room.NotKept as problem:
        yield
        return archive_room.put_off(problem)
    if visited.outcome == Outcome.NOT_MODIFIED and kept is None:
        reason = _(
            "The server says “not modified”, but the earlier page is not in our archive. Next time, we will ask "
            "for the whole page."
        )
        visited = replace(visited, outcome=Outcome.HTTP_ERROR, reason=reason)
    yield
    return note(document, visited, kept, article)


@transaction.atomic
def note(document: Document, visited: Visit, kept: Kept | None, article: str = "") -> Next:
    """Write down a visit with the capture of its answer; have a page read, or the article fetched to which it leads."""
    ruling.hold(document)
    answer, outcome = visited.answer, ruling.outcome_of(document, visited, kept)
    row = preserving.attempted(document, visited)
    capture = preserving.note(row, kept, to_read=outcome in READ) if kept is not None else None
    document.last_outcome = outcome
    document.leads_to = (aggregator_links.document_at(article, document) if article else None) or document.leads_to
    if answer is not None and outcome == Outcome.OK:
        merging.note_redirects(document, answer)
    if outcome in {Outcome.OK, Outcome.NOT_MODIFIED}:
        said = preserving.read_as(kept)
        by_browser = said == Outcome.EMPTY_EXTRACTION and document.is_read_by_browser
        document.last_outcome = outcome if by_browser else said or outcome
        if capture is not None and by_browser and settings.BROWSER:
            Rendering.objects.because_of(capture)  # only a browser can tell whether the page has changed
    if answer is not None and (outcome == Outcome.OK or (outcome == Outcome.HTTP_ERROR and answer.status == 304)):
        known = answer.validators if outcome == Outcome.OK else NO_VALIDATORS
        document.validated_url, document.etag, document.modified = known.url, known.etag[:500], known.modified[:100]
    document.save(update_fields=["last_outcome", "leads_to", "validated_url", "etag", "modified"])
    given_up = document.watched_since is not None and document.tries >= MOST_TRIES
    if visited.may_pass and not given_up and not _is_meant(visited, kept):
        return Trouble(visited.reason or str(outcome.label), visited.again_in)
    return document.next_visit(timezone.now())


def _is_meant(visited: Visit, kept: Kept | None) -> bool:
    """Return whether a server sent the same damaged bytes twice: it will not send others because we ask again."""
    return visited.outcome == Outcome.BAD_ENCODING and kept is not None and kept.revisits is not None


def _visit(document: Document) -> Visit:
    validators = Validators(document.validated_url, document.etag, document.modified)
    known = NO_VALIDATORS if _is_due_whole(document) else validators
    try:
        return visit(document.url, known=known, judge=classification.judge)
    except HostBusy as busy:
        _RESTING[document.host] = monotonic() + min(busy.free_in, LONGEST_REST)
        raise


def _is_due_whole(document: Document) -> bool:
    """Return whether to ask for a watched page as if for the first time: some servers always say "not modified"."""
    if document.watched_since is None:
        return False
    whole = document.attempts.filter(outcome=Outcome.OK).aggregate(last=Max("at"))["last"]
    return whole is not None and timezone.now() - whole > WHOLE_EVERY
