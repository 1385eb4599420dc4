"""Seal captures: link them into one hash chain, and get timestamps on it from an outside authority (RFC 3161)."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import certifi
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.archive import trust, warc
from sources.capturing import preserving
from sources.models import Capture, ChainLink, Stamp
from sources.models.proof import GENESIS, StampQuerySet, link_hash
from sources.web import timestamps
from sources.web.client import Failed
from workbench.desk import desk_profile, hidden_rows
from workbench.desk.anchor_declarations import AnchoredChain, GivenTimestamp
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.work_queue import Next, PutOff

OFFLINE = timedelta(minutes=5)  # how often we retry an authority that we cannot reach
SOON = timedelta(seconds=5)  # how often captures are linked before the next timestamp is due
MOST_AT_ONCE = 5_000  # captures linked in one step: about two seconds
UNREADABLE = (
    "the verifier in packages cannot check it ({problem}): it knows RSA (PKCS #1 v1.5) and ECDSA on P-256, P-384 and"
    " P-521, with SHA-256, SHA-384 or SHA-512"
)
LATE = 10_000  # captures that may have a lower key than a linked one, and a later commit


@dataclass(frozen=True)
class ChainFault:
    """An error in the hash chain of captures: the number of the link, and what is wrong."""

    number: int
    problem: str


def due() -> StampQuerySet:
    """Return the timestamps for a worker; open one where captures wait to be sealed and none is open for them."""
    stamps: StampQuerySet = Stamp.objects.all()
    if not stamps.filter(head=None).exists() and unsealed().exists():
        with contextlib.suppress(IntegrityError), transaction.atomic():  # another worker may just have opened one
            Stamp.objects.create()
    return stamps


def unsealed() -> QuerySet[Capture]:
    """Return the captures that have no place in the chain yet, in the order of their keys."""
    newest = ChainLink.objects.order_by("-capture_id").values_list("capture_id", flat=True).first() or 0
    waiting = Capture.objects.filter(pk__gt=newest - LATE, link__isnull=True).order_by("pk")
    return waiting.select_related("attempt", "document")


def seal(stamp: Stamp) -> Generator[None, None, Next]:
    """Link new captures; when a timestamp is due, get one on the head, unless a later one covers it too."""
    token = _token(stamp.head) if stamp.head is not None else None
    yield
    if stamp.head is None:
        head = _link(list(unsealed()[:MOST_AT_ONCE])) or ChainLink.objects.first()
        ready = _ready(stamp)
        if head is None or timezone.now() < ready:
            return min(ready, timezone.now() + SOON)
        stamp.head = head
        stamp.save(update_fields=["head"])
        return timezone.now() if settings.TIMESTAMP_URL else None
    if token is not None:
        stamp.token, stamp.certificates, stamp.stamped_at = token.answer, token.certificates, token.stamped_at
        stamp.authority = token.authority
        stamp.save(update_fields=["token", "certificates", "stamped_at", "authority"])
    return None


def _ready(stamp: Stamp) -> datetime:
    """Return when the next timestamp is due: TIMESTAMP_EVERY after the last one was started."""
    last = Stamp.objects.filter(head__isnull=False).aggregate(at=Max("opened_at"))["at"]
    return last + settings.TIMESTAMP_EVERY if last else stamp.opened_at


@hidden_rows.everything()
def stamp_on(capture: Capture | None) -> Stamp | None:
    """Return the first timestamp that covers a capture; None while there is none."""
    found: Stamp | None = _covering.first(capture.pk) if capture else None
    return found


@CompiledQuery
def _covering(capture: int) -> QuerySet[Stamp]:
    number = ChainLink.objects.filter(capture=capture).values("number")
    granted: QuerySet[Stamp] = Stamp.objects.granted().filter(head__number__gte=Subquery(number))
    return granted.order_by("head__number")


def timestamp(text: str) -> GivenTimestamp | None:
    """Return the authority’s timestamp on a text; None where no authority is set.

    Raises ``timestamps.NotStamped``, also where the verifier in packages could not check the timestamp, and ``PutOff``.
    """
    if not settings.TIMESTAMP_URL:
        return None
    roots = Path(settings.TIMESTAMP_CA or certifi.where())
    try:
        token = timestamps.stamp(text, settings.TIMESTAMP_URL, roots, agent=desk_profile.user_agent())
        trust.stamp(token.answer, text.encode(), trust.certificates(token.certificates))
    except Failed as offline:
        raise PutOff(OFFLINE) from offline
    except trust.Broken as problem:
        raise timestamps.NotStamped(UNREADABLE.format(problem=problem)) from problem
    return GivenTimestamp(token.answer, token.certificates, token.stamped_at, _shown(settings.TIMESTAMP_URL))


@hidden_rows.everything()
def newest() -> tuple[int, str]:
    """Return the number and the hash of the end of the chain, for checkpoints of the log."""
    head = ChainLink.objects.first()
    return (head.number, head.hash) if head else (0, GENESIS)


@hidden_rows.everything()
def hashes(numbers: Sequence[int]) -> dict[int, str]:
    """Return the hashes of links by their numbers, where they exist."""
    return {0: GENESIS, **dict(ChainLink.objects.filter(number__in=numbers).values_list("number", "hash"))}


def facts_of(capture: Capture, number: int, revisited: int) -> str:
    """Return the facts of a capture as they are hashed: canonical JSON (RFC 8785) of text and whole numbers.

    ``revisited`` is the number of the capture whose payload it repeats, 0 for none.
    """
    attempt = capture.attempt
    facts = {
        "number": number,
        "url": capture.document.url,
        "final_url": attempt.final_url,
        "taken_at": _iso(capture.taken_at),
        "status": attempt.status or 0,
        "ip": attempt.peer or "",
        "outcome": attempt.outcome,
        "content_type": capture.content_type,
        "size": capture.size,
        "sha256": capture.sha256,
        "wire_sha256": capture.wire_sha256,
        "records_bytes": capture.warc_length,
        "records_sha256": capture.warc_sha256,
        "revisits": revisited,
        "browser": capture.browser,
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed() -> tuple[int, int]:
    """Return how many captures are in the chain, and how many timestamps are on it."""
    return ChainLink.objects.count(), Stamp.objects.granted().count()


def verify() -> list[ChainFault]:
    """Recompute the hash chain from its first link and return every error, also where a capture was changed."""
    previous, number = GENESIS, 0
    faults: list[ChainFault] = []
    links = ChainLink.objects.select_related("capture__attempt", "capture__document", "capture__revisits__link")
    for link in links.order_by("number").iterator():
        faults += _faults_of(link, previous, number + 1)
        previous, number = link.hash, link.number
    return faults + [ChainFault(head, "the stamp is on another hash") for head in _loose_stamps()]


def verify_archive() -> list[ChainFault]:
    """Read the records of every capture and return where the archive holds other bytes than were sealed."""
    faults = []
    for link in ChainLink.objects.select_related("capture").order_by("number").iterator():
        problem = _archive_problem(link.capture)
        faults += [ChainFault(link.number, problem)] if problem else []
    return faults


def _archive_problem(capture: Capture) -> str:
    made = hashlib.sha256()
    try:
        for piece in preserving.record_pieces(capture):
            made.update(piece)
    except (warc.Missing, OSError) as error:
        return f"the archive cannot be read: {error}"
    same = made.hexdigest() == capture.warc_sha256
    return "" if same else "the archive holds other bytes than were sealed"


def _loose_stamps() -> list[int]:
    """Return the numbers of links whose timestamp is on another hash than theirs."""
    stamped = Stamp.objects.granted().values_list("head__number", "head__hash", "token")
    return [number or 0 for number, head, token in stamped if not timestamps.covers(bytes(token or b""), head or "")]


def _faults_of(link: ChainLink, previous: str, number: int) -> Iterator[ChainFault]:
    if link.number != number:
        yield ChainFault(link.number, f"number {number} was expected")
    if link.previous != previous or link.hash != link_hash(link.previous, link.digest):
        yield ChainFault(link.number, "does not follow from the link before")
    if link.digest != hashlib.sha256(link.facts.encode()).hexdigest():
        yield ChainFault(link.number, "its facts were changed after it was sealed")
    earlier = link.capture.revisits
    if link.facts != facts_of(link.capture, link.number, earlier.link.number if earlier else 0):
        yield ChainFault(link.number, f"capture {link.capture_id} was changed after it was sealed")


def _link(captures: list[Capture]) -> ChainLink | None:
    """Add captures to the end of the chain and return its new head. There is only one open stamp, so one worker links.

    If there were two, one of them would fail: numbers and previous hashes are unique in the table.
    """
    head = ChainLink.objects.first()
    previous, last = (head.hash, head.number) if head else (GENESIS, 0)
    numbers = _numbers(capture.revisits_id for capture in captures)
    links = []
    for number, capture in enumerate(captures, start=last + 1):
        facts = facts_of(capture, number, numbers.get(capture.revisits_id, 0))
        digest = hashlib.sha256(facts.encode()).hexdigest()
        link = ChainLink(number=number, capture=capture, facts=facts, digest=digest, previous=previous)
        link.hash = previous = link_hash(previous, digest)
        numbers[capture.pk] = number
        links.append(link)
    ChainLink.objects.bulk_create(links, batch_size=500)
    return links[-1] if links else None


def _numbers(captures: Iterable[int | None]) -> dict[int | None, int]:
    """Return the numbers that captures have in the chain, by their keys."""
    keys = {key for key in captures if key is not None}
    return dict(ChainLink.objects.filter(capture__in=keys).values_list("capture_id", "number"))


def _token(head: ChainLink) -> GivenTimestamp | None:
    """Return the authority's timestamp on a head; None where there is no authority, or a later one will cover it.

    Raises ``timestamps.NotStamped``, also where the verifier in packages could not check the timestamp.
    """
    later = Stamp.objects.filter(head__number__gt=head.number)
    return None if later.exists() else timestamp(head.hash)


def _shown(url: str) -> str:
    """Return an address as packages may show it: without user, password and query, which may contain keys."""
    read = urlsplit(url)
    return urlunsplit((read.scheme, read.netloc.rpartition("@")[2], read.path, "", ""))


def _iso(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


ANCHORED = {"captures": AnchoredChain(_("chain of captures"), newest, hashes)}
