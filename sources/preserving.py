"""Keep what was served, or pasted, as evidence: bytes in the archive, hashed, and a reading to be made of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.archive import warc
from sources.models import Capture, Document, FetchAttempt, Passage, Reading, Source
from sources.text import charset, html, languages
from sources.text.folding import fold
from sources.text.sentences import Span, passages
from sources.vocabulary import Outcome
from sources.web.client import Answer
from workbench import audit
from workbench.models import User

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
    size: int
    content_type: str
    warc_file: str
    warc_offset: int
    warc_length: int


def keep(answer: Answer) -> Kept:
    """Append an answer to the archive, redirects included, as it was on the wire; return where it lies."""
    place = warc.append(settings.ARCHIVE_FOLDER, warc.record(answer.exchanges))
    return _kept(answer.started_at, answer.body, answer.header("content-type"), place)


def note(attempt: FetchAttempt, kept: Kept, *, to_read: bool) -> Capture:
    """Write down a capture, and a reading of it that is due now if there is something to read."""
    capture = Capture.objects.create(document=attempt.document, attempt=attempt, **kept.__dict__)
    if to_read:
        Reading.objects.create(capture=capture, reader=html.READER)
    return capture


@transaction.atomic
def keep_pasted(text: str, *, by: User, url: str = "", language: str = "") -> Reading:
    """Keep a text that a person pasted, and return the reading of it: what was pasted, split into passages.

    The document is named by the hash of the text (RFC 6920 writes such names as ``ni:``), never by the address it is
    said to come from: that we have not seen it there is part of the evidence. Raises ``NotKept``.
    """
    text = charset.clean(text).replace("\r\n", "\n").strip()
    if len(text) > LONGEST_PASTED:
        raise NotKept(
            _("A pasted text may have %(most)d characters; this one has %(length)d.")
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
    content_type = "text/plain; charset=utf-8"
    place = warc.append(settings.ARCHIVE_FOLDER, warc.resource(name, body, content_type))
    capture = note(attempt, _kept(timezone.now(), body, content_type, place), to_read=False)
    audit.record(by, "pasted a text", document, sha256=capture.sha256, said_to_be_from=url)
    reading = Reading.objects.create(
        capture=capture,
        reader=PASTED,
        due_at=None,
        read_at=timezone.now(),
        outcome=Outcome.OK,
        title=_first_line(text),
        language=language or languages.detect(text)[0],
        text=text,
        sha256=capture.sha256,
    )
    split(reading)
    return reading


def split(reading: Reading) -> list[Passage]:
    """Split the text of a reading into passages and keep them."""
    return Passage.objects.bulk_create(_passage(reading, span) for span in passages(reading.text, reading.language))


def passage_of(reading: Reading, quote: str) -> Passage | None:
    """Return the passage in which a quote begins; None when the text does not hold it word for word."""
    start = reading.text.find(quote.strip()) if quote.strip() else -1
    if start < 0:
        return None
    return reading.passages.filter(start__lte=start, end__gt=start).first()


def source_of(document: Document) -> Source | None:
    """Return who publishes at a document's host, if the desk knows."""
    return document.source or (Source.objects.of_host(document.host).first() if document.host else None)


def _kept(taken_at: datetime, body: bytes, content_type: str, place: tuple[str, int, int]) -> Kept:
    name, offset, length = place
    return Kept(taken_at, hashlib.sha256(body).hexdigest(), len(body), content_type[:200], name, offset, length)


def _passage(reading: Reading, span: Span) -> Passage:
    return Passage(
        reading=reading,
        start=span.start,
        end=span.end,
        exact=reading.text[span.start : span.end],
        prefix=reading.text[max(0, span.start - AROUND) : span.start],
        suffix=reading.text[span.end : span.end + AROUND],
        language=reading.language,
        folded=fold(reading.text[span.start : span.end], reading.language),
    )


def _first_line(text: str) -> str:
    return text.partition("\n")[0][:300]
