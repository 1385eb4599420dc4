"""Fetch documents through the one door, and note how every attempt ended."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Self

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sources import parsing, preserving, probing
from sources.models import Document, FetchAttempt, Source
from sources.models.document import DocumentQuerySet
from sources.preserving import Kept
from sources.text.html import PAGES
from sources.text.walls import Look
from sources.vocabulary import Outcome, may_pass
from sources.web import door
from sources.web.addresses import Refused, canonical, vet
from sources.web.client import Answer, Failed
from workbench import audit
from workbench.models import User
from workbench.roles import Act, require
from workbench.work import MOST_TRIES, Next, PutOff, Trouble

OUTCOME_OF_STATUS = {
    304: Outcome.NOT_MODIFIED,
    401: Outcome.LOGIN_WALL,
    402: Outcome.PAYWALL,
    403: Outcome.BLOCKED,
    404: Outcome.GONE,
    410: Outcome.GONE,
    429: Outcome.BLOCKED,
    451: Outcome.BLOCKED,
}
FETCHED = {200, 203}
WHOLE_EVERY = timedelta(days=1)
OFTEN_A_CHALLENGE = {403, 429, 503}


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


@dataclass(frozen=True)
class Attempt:
    """How one try ended, before it is noted."""

    outcome: Outcome
    reason: str
    took: timedelta
    answer: Answer | None = None


def ask(url: str, *, by: User) -> Document:
    """Return the document at an address, new and due to be fetched unless it is known already.

    Raises ``NotAsked`` for what is no address, or one we do not open; ``NotPermitted``.
    """
    require(by, Act.GATHER)
    document, new = Document.objects.get_or_create(url=key_of(url), defaults={"host": _site(url), "asked_by": by})
    if new:
        document.source = Source.objects.of_host(document.host).first()
        document.save(update_fields=["source"])
        audit.record(by, "asked for a document", document, url=document.url)
    elif not document.is_coverage and document.due_at is None:
        ask_again(document, by=by)  # a wall may have fallen, and what was missing may be there now
    return document


@transaction.atomic
def ask_again(document: Document, *, by: User) -> None:
    """Have a document fetched once more, now. Raises ``NotAsked`` for what was pasted here, and ``NotPermitted``."""
    require(by, Act.GATHER)
    if not document.is_web:
        raise NotAsked(_("This text was pasted here; there is no address to fetch it from."))
    document.ask()
    audit.record(by, "asked for a document again", document, url=document.url)


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
    attempt = _try(document)
    kept = preserving.keep(attempt.answer, document) if attempt.answer else None
    yield
    return note(document, attempt, kept)


@transaction.atomic
def note(document: Document, attempt: Attempt, kept: Kept | None) -> Next:
    """Write down an attempt, with the capture of what was served; have a page of text read."""
    answer = attempt.answer
    row = FetchAttempt.objects.create(
        document=document,
        outcome=attempt.outcome,
        reason=attempt.reason,
        status=answer.status if answer else None,
        final_url=answer.final_url if answer else "",
        peer=answer.peer_ip if answer else None,
        took=attempt.took,
    )
    if kept is not None:
        preserving.note(row, kept, to_read=attempt.outcome == Outcome.OK)
    document.last_outcome = attempt.outcome
    if attempt.outcome in {Outcome.OK, Outcome.NOT_MODIFIED}:
        document.last_outcome = preserving.read_as(kept) or attempt.outcome
    if answer is not None and attempt.outcome == Outcome.OK:
        document.etag, document.modified = answer.header("etag")[:500], answer.header("last-modified")[:100]
    document.save(update_fields=["last_outcome", "etag", "modified"])
    given_up = document.watched_since is not None and document.tries >= MOST_TRIES
    if may_pass(attempt.outcome, answer.status if answer else None) and not given_up:
        return Trouble(attempt.reason or str(attempt.outcome.label))
    return document.next_visit(timezone.now())


def _try(document: Document) -> Attempt:
    start = monotonic()
    answer = None
    try:
        etag, modified = ("", "") if _is_due_whole(document) else (document.etag, document.modified)
        answer = door.visit(document.url, etag=etag, modified=modified)
        outcome, reason = _judge(answer)
    except door.NotYet as wait:
        _RESTING[document.host] = monotonic() + min(wait.free_in, LONGEST_REST)
        raise PutOff(timedelta(seconds=wait.seconds)) from wait
    except (door.Denied, Refused, Failed) as ending:
        outcome, reason = Outcome(ending.outcome), str(ending)
    return Attempt(outcome, reason, timedelta(seconds=monotonic() - start), answer)


def _is_due_whole(document: Document) -> bool:
    """Return whether to ask for a watched page as if for the first time: some servers say "not modified" for ever."""
    if document.watched_since is None:
        return False
    whole = document.attempts.filter(outcome=Outcome.OK).aggregate(last=Max("at"))["last"]
    return whole is not None and timezone.now() - whole > WHOLE_EVERY


def _judge(answer: Answer) -> tuple[Outcome, str]:
    """Say what an answer is: a page behind a wall never becomes coverage, whatever its status says."""
    fetched = answer.status in FETCHED
    look = _look(answer) if fetched or answer.status in OFTEN_A_CHALLENGE else None
    if look and look.wall and (fetched or look.wall == Outcome.BOT_CHALLENGE):
        return Outcome(look.wall), str(Outcome(look.wall).label) if fetched else _answered(answer)
    if not fetched:
        return OUTCOME_OF_STATUS.get(answer.status, Outcome.HTTP_ERROR), _answered(answer)
    if look and probing.is_missing(answer, look):
        return Outcome.SOFT_404, _("The host shows the like of it for addresses that do not exist.")
    return Outcome.OK, ""


def _look(answer: Answer) -> Look | None:
    """Return what a page is at a glance; None for what is no page, or none that can be parsed: its reader will say."""
    if answer.header("content-type").partition(";")[0].strip().lower() not in PAGES - {"text/plain"}:
        return None
    try:
        return parsing.look(answer.body, answer.header("content-type"), answer.final_url)
    except parsing.GaveUp:
        return None


def _answered(answer: Answer) -> str:
    return _("The server answered with HTTP status %(n)d.") % {"n": answer.status}
