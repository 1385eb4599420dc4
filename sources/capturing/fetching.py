"""Fetch documents through the one door, and note how every attempt ended."""

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

from sources.capturing import classification, preserving
from sources.capturing.classification import Visit
from sources.capturing.preserving import Kept
from sources.models import Document, Rendering, Source
from sources.models.document import DocumentQuerySet
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from sources.web import door
from sources.web.addresses import Refused, canonical, vet
from sources.web.client import NO_VALIDATORS, Validators
from sources.web.outcomes import may_pass
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.work_queue import Next, PutOff, Trouble

WHOLE_EVERY = timedelta(days=1)


# Hosts that this worker has just found taken, and until when by its own clock: of all documents that wait for one, a
# single one tries its luck. Others may find the host free meanwhile, so nobody relies on it for long.
LONGEST_REST = 10.0  # seconds
_RESTING: dict[str, float] = {}


class Reachable(DocumentQuerySet):
    """Documents, of which those are due whose hosts are not known to be taken."""

    def due(self) -> Self:
        """Rows whose time has come, the longest waiting first, but not at hosts that rest."""
        now = monotonic()
        for host in [host for host, until in _RESTING.items() if until <= now]:
            del _RESTING[host]
        return super().due().exclude(host__in=list(_RESTING))


class NotAsked(Exception):
    """This address cannot be asked for. The message is fit to show to a person."""


def ask(url: str, *, by: User) -> Document:
    """Return the document at an address, new and due to be fetched unless it is known already.

    Raises ``NotAsked`` for what is no address, or one we do not open; ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    document, new = Document.objects.get_or_create(url=key_of(url), defaults={"host": _site(url), "asked_by": by})
    if new:
        document.source = Source.objects.of_host(document.host)
        document.save(update_fields=["source"])
        audit.record(by, SourceVerb.ASKED_FOR_DOCUMENT, document, url=document.url)
    elif not document.is_coverage and document.due_at is None:
        ask_again(document, by=by)  # a wall may have fallen, and what was missing may be there now
    return document


@transaction.atomic
def ask_again(document: Document, *, by: User) -> None:
    """Have a document fetched once more, now. Raises ``NotAsked`` for what was pasted here, and ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    if not document.is_web:
        raise NotAsked(_("This text was pasted, so there is no address to fetch."))
    document.ask()
    audit.record(by, SourceVerb.ASKED_FOR_DOCUMENT_AGAIN, document, url=document.url)


def key_of(url: str) -> str:
    """Return the one spelling under which the document at an address is kept. Raises ``NotAsked``."""
    try:
        vet(url.strip(), door.allowed())
        return canonical(url.strip())
    except Refused as refusal:
        raise NotAsked(str(refusal)) from refusal


def _site(url: str) -> str:
    return vet(url.strip(), door.allowed()).site


def fetch(document: Document) -> Generator[None, None, Next]:
    """Fetch a document once, keep what was served, and have it read; come back for what may pass, or is watched."""
    visit = _visit(document)
    kept = preserving.keep(visit.answer, document) if visit.answer else None
    if visit.outcome == Outcome.NOT_MODIFIED and kept is None:
        reason = _(
            "The server says “not modified”, but the earlier page is not in our archive. Next time, we will ask "
            "for the whole page."
        )
        visit = replace(visit, outcome=Outcome.HTTP_ERROR, reason=reason)
    yield
    return note(document, visit, kept)


@transaction.atomic
def note(document: Document, visit: Visit, kept: Kept | None) -> Next:
    """Write down a visit, with the capture of what was served; have a page of text read."""
    answer, outcome = visit.answer, visit.outcome
    row = preserving.attempted(document, visit)
    capture = preserving.note(row, kept, to_read=outcome == Outcome.OK) if kept is not None else None
    document.last_outcome = outcome
    if outcome in {Outcome.OK, Outcome.NOT_MODIFIED}:
        said = preserving.read_as(kept)
        by_browser = said == Outcome.EMPTY_EXTRACTION and document.is_read_by_browser
        document.last_outcome = outcome if by_browser else said or outcome
        if capture is not None and by_browser and settings.BROWSER:
            Rendering.objects.because_of(capture)  # only a browser can tell whether the page has changed
    if answer is not None and (outcome == Outcome.OK or (outcome == Outcome.HTTP_ERROR and answer.status == 304)):
        known = answer.validators if outcome == Outcome.OK else NO_VALIDATORS
        document.validated_url, document.etag, document.modified = known.url, known.etag[:500], known.modified[:100]
    document.save(update_fields=["last_outcome", "validated_url", "etag", "modified"])
    given_up = document.watched_since is not None and document.tries >= MOST_TRIES
    if may_pass(outcome, answer.status if answer else None) and not given_up:
        return Trouble(visit.reason or str(outcome.label), visit.again_in)
    return document.next_visit(timezone.now())


def _visit(document: Document) -> Visit:
    known = Validators(document.validated_url, document.etag, document.modified)
    try:
        return classification.visit(document.url, known=NO_VALIDATORS if _is_due_whole(document) else known)
    except door.NotYet as wait:
        _RESTING[document.host] = monotonic() + min(wait.free_in, LONGEST_REST)
        raise PutOff(timedelta(seconds=wait.seconds)) from wait


def _is_due_whole(document: Document) -> bool:
    """Return whether to ask for a watched page as if for the first time: some servers say "not modified" for ever."""
    if document.watched_since is None:
        return False
    whole = document.attempts.filter(outcome=Outcome.OK).aggregate(last=Max("at"))["last"]
    return whole is not None and timezone.now() - whole > WHOLE_EVERY
