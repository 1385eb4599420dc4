"""Keep what was served, or pasted, as evidence: bytes in the archive, hashed, and a reading to be made of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.archive import storage, warc
from sources.capturing.classification import Visit
from sources.formats import charset, html
from sources.language import detection
from sources.language.folding import fold
from sources.language.sentences import Span, passages
from sources.models import Capture, Document, FetchAttempt, Passage, Reading, Source
from sources.models.vocabulary import Outcome, SourceVerb
from sources.web.browser import Rendered
from sources.web.client import Answer
from workbench.desk import audit
from workbench.desk.models import User

PASTED = "pasted@1"
LONGEST_PASTED = 200_000  # characters; a long read has 60,000
AROUND = 64  # characters of context kept with a passage (W3C Web Annotation, TextQuoteSelector)


class NotKept(Exception):
    """This text cannot be kept. The message is fit to show to a person."""


@dataclass(frozen=True)
class Kept:
    """Bytes that are in the archive, before a row says so."""

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


def keep(answer: Answer, document: Document) -> Kept | None:
    """Add an answer to the archive, redirects included, as it was on the wire; return where it lies.

    An answer that repeats the payload of an earlier one of this document, byte for byte on the wire or by the server's
    word (304), is kept as a revisit of it. None for a 304 to which nothing in the archive belongs.
    """
    sha256, wire = hashlib.sha256(answer.body).hexdigest(), hashlib.sha256(answer.wire_body).hexdigest()
    earlier, original = _repeated(answer, document, wire)
    if answer.status == 304 and earlier is None:
        return None
    records = warc.record(answer.exchanges, repeats=original)
    kept = Kept(
        *(answer.started_at, sha256, wire, len(answer.body), answer.header("content-type")[:200]),
        *(*storage.add(records), hashlib.sha256(records).hexdigest(), earlier),
    )
    if earlier is not None and answer.status == 304:
        return replace(kept, sha256=earlier.sha256, size=earlier.size, content_type=earlier.content_type)
    return kept


def keep_view(answer: Answer, page: Rendered) -> Kept:
    """Add a page that a browser made to the archive, with what was served for it; return where it lies."""
    seen = warc.View(encoded(page.html), encoded(page.text), page.screenshot)
    facts = {"rendered-by": page.browser, "refused-parts": str(page.refused)}
    records = warc.view(answer.exchanges, page.parts, seen, facts)
    sha256, wire = hashlib.sha256(seen.html).hexdigest(), hashlib.sha256(answer.wire_body).hexdigest()
    return Kept(
        *(answer.started_at, sha256, wire, len(seen.html), warc.HTML),
        *(*storage.add(records), hashlib.sha256(records).hexdigest()),
        browser=page.browser,
    )


def encoded(text: str) -> bytes:
    """Return text of a browser as UTF-8: scripts can write halves of characters, which have no such form."""
    return text.encode("utf-8", "replace")


def attempted(document: Document, visit: Visit) -> FetchAttempt:
    """Write down how a visit ended."""
    answer = visit.answer
    return FetchAttempt.objects.create(
        document=document,
        outcome=visit.outcome,
        reason=visit.reason,
        status=answer.status if answer else None,
        final_url=answer.final_url if answer else "",
        peer=answer.peer_ip if answer else None,
        took=visit.took,
    )


def note(attempt: FetchAttempt, kept: Kept, *, to_read: bool) -> Capture:
    """Write down a capture, and a reading of it that is due now if there is something to read.

    What repeats an earlier payload is not read again: the reading of that one is the reading of this one."""
    capture = Capture.objects.create(document=attempt.document, attempt=attempt, **kept.__dict__)
    if to_read and capture.revisits is None:
        Reading.objects.create(capture=capture, reader=html.READER)
    return capture


def read_as(kept: Kept | None) -> str:
    """Return the outcome of reading what an answer repeats; empty where nothing, or a text, is known of it."""
    if kept is None or kept.revisits is None:
        return ""
    reading = kept.revisits.readings.filter(read_at__isnull=False).order_by("-pk").first()
    return reading.outcome if reading and reading.outcome != Outcome.OK else ""


def records_of(capture: Capture) -> bytes:
    """Return the WARC records of a capture. Raises ``warc.Missing`` and ``OSError``."""
    return storage.cut(capture.warc_file, capture.warc_offset, capture.warc_length)


def payload_of(capture: Capture) -> bytes:
    """Return the body of a capture, decompressed, or the markup that a browser made of it.

    Raises ``warc.Missing``, ``OSError`` and ``codings.BadCoding``.
    """
    _headers, body = warc.payload(records_of(capture.holder))
    return body


def screenshot_of(capture: Capture) -> bytes:
    """Return the picture (PNG) of a capture that a browser made. Raises ``warc.Missing`` and ``OSError``."""
    return warc.screenshot(records_of(capture))


@transaction.atomic
def keep_pasted(text: str, *, by: User, url: str = "", language: str = "") -> Reading:
    """Keep a text that a person pasted, and return the reading of it: what was pasted, split into passages.

    The document is named by the hash of the text (RFC 6920 writes such names as ``ni:``), never by the address it is
    said to come from: that we have not seen it there is part of the evidence. Raises ``NotKept``.
    """
    text = charset.clean(text).replace("\r\n", "\n").strip()
    if len(text) > LONGEST_PASTED:
        raise NotKept(
            _("A pasted text can have at most %(most)d characters. This one has %(length)d.")
            % {"most": LONGEST_PASTED, "length": len(text)}
        )
    body = text.encode()
    name = f"ni:///sha-256;{hashlib.sha256(body).hexdigest()}"
    document, new = Document.objects.get_or_create(
        url=name,
        defaults={"host": "", "due_at": None, "asked_by": by, "last_outcome": Outcome.OK, "title": _first_line(text)},
    )
    if not new:
        return Reading.objects.get(capture__document=document, reader=PASTED)
    attempt = FetchAttempt.objects.create(
        document=document, outcome=Outcome.OK, reason=_("Pasted by %(person)s.") % {"person": by}, final_url=url
    )
    capture = note(attempt, _keep_as_given(name, body), to_read=False)
    audit.record(by, SourceVerb.PASTED_TEXT, document, sha256=capture.sha256, said_to_be_from=url)
    reading = Reading.objects.create(
        capture=capture,
        reader=PASTED,
        due_at=None,
        read_at=timezone.now(),
        outcome=Outcome.OK,
        title=_first_line(text),
        language=language or detection.detect(text)[0],
        text=text,
        sha256=capture.sha256,
    )
    split(reading)
    return reading


def _keep_as_given(name: str, body: bytes) -> Kept:
    """Add bytes to the archive that were given to us, not served by anybody."""
    content_type = "text/plain; charset=utf-8"
    records = warc.resource(name, body, content_type)
    sha256 = hashlib.sha256(body).hexdigest()
    return Kept(
        *(timezone.now(), sha256, sha256, len(body), content_type),
        *(*storage.add(records), hashlib.sha256(records).hexdigest()),
    )


def split(reading: Reading) -> list[int]:
    """Split the text of a reading into passages and keep them; return their keys, in the order of the text."""
    spans = passages(reading.text, reading.language)
    return Passage.objects.keep(reading, [_passage(reading, span) for span in spans])


def passage_of(reading: Reading, quote: str) -> Passage | None:
    """Return the passage in which a quote begins; None when the text does not hold it word for word."""
    start = reading.text.find(quote.strip()) if quote.strip() else -1
    if start < 0:
        return None
    return reading.passages.filter(start__lte=start, end__gt=start).first()


def source_of(document: Document) -> Source | None:
    """Return who publishes at a document's host, if the desk knows."""
    return document.source or (Source.objects.of_host(document.host) if document.host else None)


def _repeated(answer: Answer, document: Document, wire: str) -> tuple[Capture | None, warc.Original | None]:
    """Return the earlier capture whose payload an answer repeats, and its record; nothing when it repeats none."""
    if not document.last_outcome or (answer.status == 304 and not answer.is_conditional):
        return None, None  # it is the first answer, or "not modified" to a question that nobody asked
    known = document.captures.filter(revisits=None, browser="", attempt__final_url=answer.final_url).order_by(
        "taken_at", "pk"
    )
    if answer.status == 304:
        known = known.filter(attempt__outcome=Outcome.OK)  # it was asked with the tag of a page, not of an error since
    earlier = known.last()
    if earlier is None or (answer.status != 304 and earlier.wire_sha256 != wire):
        return None, None
    try:
        return earlier, warc.original(records_of(earlier))
    except (warc.Missing, OSError):
        return None, None  # what a revisit would point to is not there: keep the answer whole


def _passage(reading: Reading, span: Span) -> dict[str, Any]:
    """Return the columns of a passage."""
    exact = reading.text[span.start : span.end]
    return {
        "start": span.start,
        "end": span.end,
        "exact": exact,
        "prefix": reading.text[max(0, span.start - AROUND) : span.start],
        "suffix": reading.text[span.end : span.end + AROUND],
        "folded": fold(exact, reading.language),
    }


def _first_line(text: str) -> str:
    return text.partition("\n")[0][:300]
