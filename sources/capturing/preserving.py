"""Preserve what servers answered and people brought: store it in the archive (WARC), deduplicated; read it back."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from sources.archive import resources, storage, warc
from sources.archive.incoming import Incoming
from sources.capturing import archive_room
from sources.capturing.visit import Visit
from sources.formats import article, charset, sandbox
from sources.formats.content_coding import BadCoding, inflate
from sources.formats.files import kinds
from sources.formats.page_look import Look
from sources.models import Capture, Document, FetchAttempt, Reading
from sources.models.vocabulary import Outcome
from sources.web.browser import Rendered
from sources.web.client import Response

# What we stored had passed the limits of the fetch; these only stop a file that somebody else put into the archive.
MOST_PAYLOAD = 50_000_000  # bytes
COMPRESSED = {kinds.PICTURE, kinds.AUDIO, kinds.VIDEO, kinds.ARCHIVE}  # groups of files that packing makes no smaller
MOST_RATIO = 2_000

# What reading from the archive may raise: the records are missing, damaged, or the store does not answer.
LOST = (warc.Missing, BadCoding, OSError)


@dataclass(frozen=True)
class Kept:
    """Bytes that are in the archive, before a row records them."""

    taken_at: datetime
    sha256: str
    wire_sha256: str
    size: int
    content_type: str
    warc_file: str
    warc_offset: int
    warc_length: int
    warc_sha256: str
    revisits: Capture | None = None
    browser: str = ""


def keep(answer: Response, document: Document) -> Kept | None:
    """Add an answer with its redirects to the archive, as it was on the wire; return where it is.

    An answer that repeats an earlier payload of this document is stored as a revisit record (deduplication): it is the
    same byte for byte on the wire, or the server says so (304). None for a 304 without an earlier page in the archive.
    Raises ``archive_room.NotKept``, as all that adds to the archive.
    """
    sha256, wire = hashlib.sha256(answer.body).hexdigest(), hashlib.sha256(answer.wire_body).hexdigest()
    earlier, original = _repeated(answer, document, wire)
    if answer.status == 304 and earlier is None:
        return None
    records = warc.record(answer.exchanges, repeats=original)
    kept = Kept(
        *(answer.started_at, sha256, wire, len(answer.body), answer.header("content-type")[:200]),
        *(*archive_room.store(records), hashlib.sha256(records).hexdigest(), earlier),
    )
    if earlier is not None and answer.status == 304:
        return replace(kept, sha256=earlier.sha256, size=earlier.size, content_type=earlier.content_type)
    return kept


def keep_view(answer: Response, page: Rendered) -> Kept:
    """Add a page that a browser made to the archive, with all that was served for it; return where it is."""
    seen = warc.View(encoded(page.html), encoded(page.text), page.screenshot)
    facts = {"rendered-by": page.browser, "refused-parts": str(page.refused)}
    records = warc.view(answer.exchanges, page.parts, seen, facts)
    sha256, wire = hashlib.sha256(seen.html).hexdigest(), hashlib.sha256(answer.wire_body).hexdigest()
    return Kept(
        *(answer.started_at, sha256, wire, len(seen.html), warc.HTML),
        *(*archive_room.store(records), hashlib.sha256(records).hexdigest()),
        browser=page.browser,
    )


def encoded(text: str) -> bytes:
    """Return text of a browser as UTF-8; scripts can write lone surrogates, which UTF-8 cannot represent."""
    return text.encode("utf-8", "replace")


def attempted(document: Document, visit: Visit) -> FetchAttempt:
    """Store how a visit ended."""
    answer = visit.answer
    return FetchAttempt.objects.create(
        document=document,
        outcome=visit.outcome,
        reason=visit.reason,
        status=answer.status if answer else None,
        final_url=answer.final_url if answer else "",
        peer=answer.peer_ip if answer else None,
        took=visit.took,
        **_judged(visit.look),
    )


def _judged(look: Look | None) -> dict[str, Any]:
    """Return the columns of an attempt that say what the machine thought of the page."""
    if look is None:
        return {}
    return {
        "suspect": look.suspect,
        "confidence": look.confidence,
        "signals": {"for": look.for_wall, "against": look.against_wall, "paid": look.is_paid},
        "layout": look.layout,
    }


def note(attempt: FetchAttempt, kept: Kept, *, to_read: bool, reader: str = article.READER) -> Capture:
    """Write down a capture, and a reading of it that is due now if there is something to read.

    A capture that repeats an earlier payload is not read again: the earlier reading counts for it.
    """
    capture = Capture.objects.create(document=attempt.document, attempt=attempt, **kept.__dict__)
    if to_read and capture.revisits is None:
        Reading.objects.create(capture=capture, reader=reader)
    return capture


def read_as(kept: Kept | None) -> str:
    """Return the outcome of reading the payload that an answer repeats; empty where it gave a text, or is not known."""
    if kept is None or kept.revisits is None:
        return ""
    reading = kept.revisits.readings.filter(read_at__isnull=False).order_by("-pk").first()
    return reading.outcome if reading and reading.outcome != Outcome.OK else ""


def records_of(capture: Capture) -> bytes:
    """Return the WARC records of a capture. Raises ``warc.Missing`` and ``OSError``."""
    return storage.cut(capture.warc_file, capture.warc_offset, capture.warc_length)


def payload_of(capture: Capture) -> bytes:
    """Return the body of a capture, decompressed, or the markup that a browser made of it. Raises ``LOST``.

    A body that could not be decompressed comes as it was served.
    """
    headers, body = warc.payload(records_of(capture.holder))
    coding = ", ".join(value for name, value in headers if name.lower() == "content-encoding")
    try:
        return inflate(body, coding, most=MOST_PAYLOAD, ratio=MOST_RATIO)
    except BadCoding:
        if hashlib.sha256(body).hexdigest() == capture.holder.sha256:
            return body
        raise


def text_of(capture: Capture) -> str:
    """Return the body of a capture as text, decoded by the charset that it declares. Raises ``LOST``."""
    return charset.decode(payload_of(capture), capture.content_type)


def screenshot_of(capture: Capture) -> bytes:
    """Return the screenshot (PNG) of a capture that a browser made. Raises ``LOST``."""
    return warc.screenshot(records_of(capture))


def keep_as_given(name: str, body: bytes) -> Kept:
    """Add bytes to the archive that a person gave us, and no server; return where they are."""
    content_type = "text/plain; charset=utf-8"
    records = warc.resource(name, body, content_type)
    sha256 = hashlib.sha256(body).hexdigest()
    return Kept(
        *(timezone.now(), sha256, sha256, len(body), content_type),
        *(*archive_room.store(records), hashlib.sha256(records).hexdigest()),
    )


def keep_brought(name: str, given: Incoming) -> Kept:
    """Add a file that a person brought to the archive, as it came; return where it is."""
    made = hashlib.sha256()
    level = resources.STORED if given.kind.group in COMPRESSED else resources.PACKED
    pieces = resources.pieces(
        *(name, given.file),
        size=given.size,
        sha1=given.sha1,
        content_type=given.kind.media_type,
        level=level,
    )
    place = archive_room.store_pieces(_hashed(pieces, made), given.size + resources.HEAD)
    return Kept(
        *(timezone.now(), given.sha256, given.sha256, given.size, given.kind.media_type),
        *(*place, made.hexdigest()),
    )


def opened(capture: Capture) -> Generator[bytes]:
    """Yield the bytes of a file that a person brought, in pieces. Raises ``LOST``."""
    holder = capture.holder
    return resources.block(storage.opened(holder.warc_file, holder.warc_offset, holder.warc_length))


def part_of(capture: Capture, start: int, length: int) -> Iterator[bytes] | None:
    """Return a part of a file that a person brought, without reading what stands before it.

    None where its record is packed: then it is read from the beginning. Raises ``LOST``.
    """
    holder = capture.holder
    place = storage.Place(holder.warc_file, holder.warc_offset, holder.warc_length)
    return storage.part(place, start, length)


def body_of(capture: Capture) -> sandbox.Body:
    """Return the body of a capture for the sandbox: in pieces where a person brought it. Raises ``LOST``, then too."""
    return sandbox.PiecedBody(opened(capture), capture.holder.size) if capture.is_brought else payload_of(capture)


def bytes_of(capture: Capture) -> bytes:
    """Return the body of a capture, whoever gave it to us. Raises ``LOST``."""
    return b"".join(opened(capture)) if capture.is_brought else payload_of(capture)


def record_pieces(capture: Capture) -> Iterator[bytes]:
    """Yield the WARC records of a capture in pieces. Raises ``warc.Missing`` and ``OSError``."""
    with closing(storage.opened(capture.warc_file, capture.warc_offset, capture.warc_length)) as file:
        while piece := file.read(resources.PIECE):
            yield piece


def _hashed(pieces: Iterable[bytes], into: Any) -> Iterator[bytes]:
    for piece in pieces:
        into.update(piece)
        yield piece


def _repeated(answer: Response, document: Document, wire: str) -> tuple[Capture | None, warc.Original | None]:
    """Return the earlier capture whose payload an answer repeats, and its record; None where it repeats none."""
    if not document.last_outcome or (answer.status == 304 and not answer.is_conditional):
        return None, None  # it is the first answer, or "not modified" although we had asked for the whole page
    known = document.captures.filter(revisits=None, browser="", attempt__final_url=answer.final_url).order_by(
        "taken_at", "pk"
    )
    if answer.status == 304:
        counted = Exists(Reading.objects.filter(capture=OuterRef("pk"), is_left_out=False))
        # the validators were those of a page, not of an error: as the machine thought, or as a person said
        known = known.filter(Q(attempt__outcome=Outcome.OK) | Q(counted))
    earlier = known.last()
    if earlier is None or (answer.status != 304 and earlier.wire_sha256 != wire):
        return None, None
    try:
        return earlier, warc.original(records_of(earlier))
    except (warc.Missing, OSError):
        return None, None  # there is nothing for a revisit to point to: store the whole answer
