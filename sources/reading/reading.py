"""Read captures into text, passages and what they mean."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from sources.capturing import preserving
from sources.formats import html, needs_browser, sandbox
from sources.language.embedding_model import pack
from sources.language.sentences import passages
from sources.models import Capture, Change, Document, PassageVector, Reading, Rendering
from sources.models.vocabulary import Outcome
from sources.reading import embedding
from sources.web import chromium
from sources.web.addresses import Refused
from sources.web.client import Failed
from workbench.desk.work_queue import Next

COMPARED = ("sha256", "title", "byline", "published_at")
AHEAD = timedelta(days=1)  # by which a page's clock or zone may be wrong; what it dates later is a mistake
MOST_PARSINGS = 2  # a page that overran its time twice will do so again; once may be the machine's fault


def read(reading: Reading) -> Generator[None, None, Next]:
    """Read a capture: its article, split into passages, each with its vector where a model runs."""
    try:
        found = _read(reading)
    except sandbox.GaveUp as reason:
        if reading.tries < MOST_PARSINGS:
            raise
        found = {"outcome": Outcome.UNPARSABLE, "title": str(reason)}
    vectors = _vectors(found)
    wants_browser = _wants_browser(reading.capture, found["outcome"])
    yield
    for name, value in found.items():
        setattr(reading, name, value)
    reading.read_at = timezone.now()
    reading.save()
    kept = preserving.split(reading)
    if vectors is not None:
        name, matrix = vectors
        PassageVector.objects.bulk_create(
            PassageVector(passage_id=key, model=name, vector=pack(row)) for key, row in zip(kept, matrix, strict=True)
        )
    if wants_browser:
        Rendering.objects.because_of(reading.capture)
    _tell_document(reading)
    return None


def _read(reading: Reading) -> dict[str, Any]:
    """Return the columns of a reading; a capture without text is read as such, with the outcome that says why."""
    capture = _capture_of(reading)
    body = preserving.payload_of(capture)
    try:
        article = sandbox.read(body, capture.content_type, capture.attempt.final_url, capture.taken_at + AHEAD)
    except html.Unreadable as reason:
        return {"outcome": Outcome(reason.outcome)}
    published = asdict(article.published) if article.published else {}
    return {
        "outcome": Outcome.OK,
        "title": article.title,
        "byline": article.byline,
        "site_name": article.site_name,
        "canonical_url": article.canonical_url,
        "language": article.language,
        "language_score": article.language_score,
        "text": article.text,
        "sha256": hashlib.sha256(article.text.encode()).hexdigest(),
        "published_at": published.get("value"),
        "published_precision": published.get("precision", ""),
        "published_method": published.get("method", ""),
        "published_confidence": published.get("confidence"),
    }


def _wants_browser(capture: Capture, outcome: str) -> bool:
    """Return whether a browser may find a text on a page where our reader found none, and there is one here to try."""
    if (
        outcome != Outcome.EMPTY_EXTRACTION
        or capture.browser
        or not settings.BROWSER
        or not chromium.found(settings.CHROMIUM)
    ):
        return False
    return needs_browser.make_the_page(preserving.payload_of(capture))


def _vectors(found: dict[str, Any]) -> tuple[str, embedding.Matrix] | None:
    """Return the vectors of the passages that will be kept; none when the operator's server cannot be reached now."""
    spans = passages(found.get("text", ""), found.get("language", ""))
    try:
        matrix = embedding.of_passages([found["text"][start:end] for start, end in spans])
    except (Failed, Refused):
        return None  # matching makes up for it once the server answers again
    return None if matrix is None else (embedding.model(), matrix)


def _capture_of(reading: Reading) -> Capture:
    """Return the capture that is read, with what else of it a reading needs."""
    reading.capture = Capture.objects.select_related("attempt", "document__source").get(pk=reading.capture_id)
    return reading.capture


def _tell_document(reading: Reading) -> None:
    """Write on the document what the reading of its newest capture says of it; have those of others compared.

    One reading of a document at a time: two that do not see each other would never be compared.
    """
    capture = reading.capture
    Document.objects.select_for_update(no_key=True).get(pk=capture.document_id)
    others = list(_others(capture))
    if others:
        _have_compared(reading, [other for other in others if bool(other.browser) == bool(capture.browser)])
    if any(other.taken_at > capture.taken_at and _read_by(other) for other in others):
        return
    document = capture.document
    if reading.outcome == Outcome.EMPTY_EXTRACTION and _is_read_otherwise(capture, others):
        return
    if reading.outcome != Outcome.OK:
        Document.objects.filter(pk=document.pk).update(last_outcome=reading.outcome)
        return
    Document.objects.filter(pk=document.pk).update(
        title=reading.title[:500] or document.title,
        language=reading.language,
        published_at=reading.published_at or document.published_at,
        source=preserving.source_of(document),
    )


def _others(capture: Capture) -> QuerySet[Capture]:
    """Return the other captures of a document of which there is a reading, oldest first."""
    readings = Reading.objects.defer("text").order_by("pk")
    return (
        Capture.objects.filter(document=capture.document_id, revisits=None, readings__isnull=False)
        .exclude(pk=capture.pk)
        .distinct()
        .order_by("taken_at", "pk")
        .prefetch_related(Prefetch("readings", readings))
    )


def _is_read_otherwise(capture: Capture, others: list[Capture]) -> bool:
    """Return whether a document without text as it was served has one in a browser, or the other way round."""
    otherwise = [other for other in others if bool(other.browser) != bool(capture.browser)]
    return bool(otherwise) and _read_by(otherwise[-1]) is not None


def _read_by(capture: Capture, reader: str = "") -> Reading | None:
    """Return the reading of a capture that is done, by a reader or by any, if there is one that found a text."""
    done = (row for row in capture.readings.all() if row.read_at is not None and row.outcome == Outcome.OK)
    return next((row for row in done if not reader or row.reader == reader), None)


def _have_compared(reading: Reading, others: list[Capture]) -> None:
    """Have a reading compared with those of the captures right before and after it.

    Only what one reader made of both can be compared, of both as served or of both as a browser had them: else the
    change might be the reader's, or the browser's. A capture that this reader
    has not read yet is given to it first, and compared when that is done.
    """
    if reading.outcome != Outcome.OK:
        return
    readable = [other for other in others if _read_by(other)]
    earlier = [other for other in readable if other.taken_at <= reading.capture.taken_at][-1:]
    later = [other for other in readable if other.taken_at > reading.capture.taken_at][:1]
    for other in earlier + later:
        twin = _read_by(other, reading.reader)
        if twin is None:
            Reading.objects.get_or_create(capture=other, reader=reading.reader)
            continue
        before, after = (twin, reading) if other in earlier else (reading, twin)
        if any(getattr(before, name) != getattr(after, name) for name in COMPARED):
            Change.objects.get_or_create(before=before, after=after)
