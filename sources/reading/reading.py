"""Read captures: extract title, byline, dates, language and text; then passages and their embeddings."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.capturing import merging, preserving, rendering, ruling, stated_addresses
from sources.formats import article, needs_browser, sandbox
from sources.formats.files import reader_names
from sources.formats.unreadable import Unreadable
from sources.language.sentences import passages as passages_in
from sources.models import (
    Capture,
    Change,
    Document,
    FactCheck,
    Passage,
    PassageVector,
    Reading,
    ReadingVector,
    Rendering,
)
from sources.models.vocabulary import COVERAGE, Outcome
from sources.reading import dating, embedding, extracting, fingerprinting, passages, recognizing, reembedding
from sources.reading.embedding import Made
from sources.web.addresses import Refused
from sources.web.client import Failed
from workbench.desk.work_queue import Next, Trouble, WorkQuerySet

TOLD = ("title", "language", "published_at", "published_precision", "published_until")
COMPARED = ("sha256", "title", "byline", "published_at")
FIRST = 4_000  # characters in which the first passage ends
SECONDS = 5.0  # of embedding at reading; two texts take a quarter of one
MOST_PARSINGS = 2  # a page that exceeds its time twice will do so again; once may be due to the machine


def due() -> WorkQuerySet:
    """Return the readings, for a worker that makes those that are due."""
    rows: WorkQuerySet = Reading.objects.all()
    return rows


def read(reading: Reading) -> Generator[None, None, Next]:
    """Read a capture: its article, split into passages; with vectors of how it begins, where there is a model.

    The other passages get their vectors when a claim comes upon them, or else once nothing more urgent waits.
    """
    if reading.read_at is not None:
        return (yield from _put_back(reading))
    try:
        found = _read(reading)
    except sandbox.GaveUp as reason:
        if reading.tries < MOST_PARSINGS:
            raise
        found = {"outcome": Outcome.UNPARSABLE, "title": str(reason)}
    vectors = _vectors(found)
    printed = fingerprinting.look(reading.capture, found.get("reader", ""))
    wants_browser = _wants_browser(reading.capture, found["outcome"])
    yield
    _hold(reading)
    checks = found.pop("claim_reviews", ())
    extracting.write_down(reading, found, is_left_out=ruling.leaves_out(reading.capture))
    fingerprinting.keep(reading.capture, printed)
    stated_addresses.note_own(reading)
    kept = passages.split(reading)
    FactCheck.objects.keep(checks, document=reading.capture.document)
    if reading.outcome == Outcome.OK:
        _keep_vectors(reading, kept, vectors)
        merging.recognize(reading)
        if not reading.is_left_out:
            reembedding.arrive(reading)
    if wants_browser:
        Rendering.objects.because_of(reading.capture)
    _tell_document(reading)
    return None


def _put_back(reading: Reading) -> Generator[None, None, Next]:
    """Extract again a text that was removed. It comes back only as it was. Workers compare open claims with it again.

    Where another reader made it, this one makes a reading of its own.
    """
    removal = reading.removals.filter(restored_at=None).first()
    readers = reader_names.current()
    is_ours = reading.reader in readers.values()
    found = _read(reading) if removal and is_ours else {}
    yield
    _hold(reading)
    reading.refresh_from_db(fields=["is_left_out"])
    if removal is None:
        _tell_again(reading)
        return None
    if not is_ours:
        newer = readers.get(reader_names.family(reading.reader), article.READER)
        Reading.objects.get_or_create(capture=reading.capture, reader=newer)
        return None
    if found.get("sha256") != removal.sha256:
        return Trouble(_("The archive now gives another text than the one that was removed."))
    reading.text = found["text"]
    reading.save(update_fields=["text"])
    passages.split(reading)
    if not reading.is_left_out:
        reembedding.arrive(reading)
    removal.restored_at = timezone.now()
    removal.save(update_fields=["restored_at"])
    _tell_document(reading)
    return None


def _hold(reading: Reading) -> None:
    """Lock the document until the transaction ends: nobody decides meanwhile what its page is."""
    ruling.hold(Document.objects.get(captures=reading.capture_id))


def _read(reading: Reading) -> dict[str, Any]:
    """Return the columns of a reading; for a capture without text, the outcome that says why."""
    capture = _capture_of(reading)
    if recognizing.is_recognized(reading):
        return recognizing.columns(reading)
    try:
        return extracting.columns(capture)
    except Unreadable as reason:
        return {"outcome": Outcome(reason.outcome)}


def _wants_browser(capture: Capture, outcome: str) -> bool:
    """Return whether a browser may find text where our reader found none, and whether we have one to try."""
    is_candidate = outcome == Outcome.EMPTY_EXTRACTION and not capture.browser and not capture.is_brought
    if not is_candidate or not settings.BROWSER or not rendering.is_possible():
        return False
    return needs_browser.make_the_page(preserving.payload_of(capture))


def _vectors(found: dict[str, Any]) -> tuple[str, list[Made]] | None:
    """Return the vectors of how a text begins: with its title, and its first passage alone.

    None where the operator's embeddings server cannot be reached now.
    """
    text, name = found.get("text", ""), embedding.model()
    if not text or not name:
        return name, []
    first = [text[start:end] for start, end in passages_in(text[:FIRST], found["language"])[:1]]
    try:
        return name, embedding.of_passages([reembedding.beginning(found["title"], text), *first], name, SECONDS)
    except (Failed, Refused):
        return None


def _keep_vectors(reading: Reading, kept: list[int], vectors: tuple[str, list[Made]] | None) -> None:
    if vectors is None:
        reembedding.lacks(reading)
        return
    name, made = vectors
    if name != embedding.configured():  # the next model meets the readings that are held, and this one is newer
        reembedding.lacks(reading)
    ReadingVector.objects.keep(name, [(reading, *each) for each in made[:1]])
    first = Passage.objects.filter(pk__in=kept[:1])
    PassageVector.objects.keep(name, [(row, *each) for row, each in zip(first, made[1:2], strict=False)])


def _capture_of(reading: Reading) -> Capture:
    """Return the capture of a reading, with the related rows that reading needs."""
    reading.capture = Capture.objects.select_related("attempt", "document__source").get(pk=reading.capture_id)
    return reading.capture


def _tell_document(reading: Reading) -> None:
    """Copy the reading of the newest capture to its document; have it compared with readings of other captures.

    One reading of a document at a time: two that do not see each other would never be compared.
    """
    capture = reading.capture
    document = Document.objects.select_for_update(no_key=True).get(pk=capture.document_id)
    others = list(_others(capture))
    if others:
        _have_compared(reading, [other for other in others if bool(other.browser) == bool(capture.browser)])
    if any(other.taken_at > capture.taken_at and _read_by(other) for other in others):
        return
    capture.document = document  # as it is now: a person may have set its date since it was read
    if reading.outcome == Outcome.EMPTY_EXTRACTION and _is_read_otherwise(capture, others):
        return
    if reading.is_left_out and any(_read_by(other) for other in others):
        return  # a page that is no coverage names and dates no document that has a text
    if reading.outcome != Outcome.OK:
        if not capture.is_brought:  # that a file holds no text does not change that somebody brought it
            Document.objects.filter(pk=document.pk).update(last_outcome=reading.outcome)
        return
    Document.objects.filter(pk=document.pk).update(
        title=reading.title[:500] or document.title,
        language=reading.language,
        source=document.publisher,
        before_ruling=_before_ruling(document, capture),
        **dating.found_in(reading),
    )


def _before_ruling(document: Document, capture: Capture) -> dict[str, Any]:
    """Return what a document says of itself until a text tells it that counts only because a person said so.

    The decision may be undone; once another text tells the document, nothing has to be given back.
    """
    if capture.attempt.outcome in {*COVERAGE, Outcome.MAY_BE_WALL}:
        return {}
    return document.before_ruling or {name: getattr(document, name) for name in TOLD}


def _give_back(document_id: int) -> None:
    """Give a document back what it said of itself before a text whose decision was undone; not its date, if it is set.

    Its own texts tell it after that, if any counts.
    """
    document = Document.objects.select_for_update(no_key=True).get(pk=document_id)
    if not document.before_ruling:
        return
    kept = {name: value for name, value in document.before_ruling.items() if not name.startswith("published")}
    dates = {} if document.date_setting_id else document.before_ruling
    Document.objects.filter(pk=document_id).update(**{**dates, **kept}, before_ruling={})


def _tell_again(reading: Reading) -> None:
    """Tell a document which of its texts is the newest that counts: a person has decided what one of its pages is."""
    _give_back(reading.capture.document_id)
    rows = Reading.objects.filter(capture__document=reading.capture.document_id, is_left_out=False)
    rows = rows.filter(outcome=Outcome.OK, read_at__isnull=False).select_related(
        "capture__attempt", "capture__document"
    )
    newest = rows.order_by("-capture__taken_at", "-pk").first()
    if newest is not None:
        merging.recognize(newest)
        _tell_document(newest)


def _others(capture: Capture) -> QuerySet[Capture]:
    """Return the other captures of a document that have a reading, oldest first."""
    readings = Reading.objects.defer("text").order_by("pk")
    return (
        Capture.objects.filter(document=capture.document_id, revisits=None, readings__isnull=False)
        .exclude(pk=capture.pk)
        .distinct()
        .order_by("taken_at", "pk")
        .prefetch_related(Prefetch("readings", readings))
    )


def _is_read_otherwise(capture: Capture, others: list[Capture]) -> bool:
    """Return whether a document has text from a browser and not as served, or the other way round."""
    otherwise = [other for other in others if bool(other.browser) != bool(capture.browser)]
    return bool(otherwise) and _read_by(otherwise[-1]) is not None


def _read_by(capture: Capture, reader: str = "") -> Reading | None:
    """Return the finished reading of a capture that found text, by this reader or by any; None where there is none."""
    rows = [row for row in capture.readings.all() if not row.is_left_out]
    done = (row for row in rows if row.read_at is not None and row.outcome == Outcome.OK)
    return next((row for row in done if not reader or row.reader == reader), None)


def _have_compared(reading: Reading, others: list[Capture]) -> None:
    """Have a reading compared with those of the captures right before and after it.

    Only readings by one reader are compared, and only both as served or both from a browser: else a change might come
    from the reader or the browser. Where this reader has not read the other capture yet, it reads it first.
    """
    if reading.outcome != Outcome.OK or reading.is_left_out:
        return
    kind = reader_names.family(reading.reader)
    readable = [each for each in others if (by := _read_by(each)) and reader_names.family(by.reader) == kind]
    earlier = [other for other in readable if other.taken_at <= reading.capture.taken_at][-1:]
    later = [other for other in readable if other.taken_at > reading.capture.taken_at][:1]
    for other in earlier + later:
        twin = _read_by(other, reading.reader)
        if twin is None:
            Reading.objects.get_or_create(capture=other, reader=reading.reader)
            continue
        before, after = (twin, reading) if other in earlier else (reading, twin)
        if all(getattr(before, name) == getattr(after, name) for name in COMPARED):
            continue
        if twin.is_text_removed:
            twin.ask()  # its text is needed again: once it is back, both are compared
        else:
            Change.objects.get_or_create(before=before, after=after)
