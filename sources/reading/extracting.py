"""Extract what a capture says, by the kind of its bytes (an article, or a file with its own reader); write it down."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from sources.capturing import preserving
from sources.formats import sandbox, sandbox_pages
from sources.formats.article import AHEAD, READER, Article
from sources.formats.file_text import FileText
from sources.formats.files import kinds, reader_names
from sources.formats.files.page_copy import PageCopy, Reference
from sources.formats.unreadable import Unreadable
from sources.language import detection
from sources.models import Capture, Reading
from sources.models.vocabulary import DatePrecision, Outcome
from workbench.desk import hidden_rows

MOST_READ = 100_000_000  # bytes of a file; the process that reads it has 768 MB
LONGEST_TITLE = 500
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)  # before there was mail; a clock that was never set says so
WRITTEN_BY_ITSELF = 0.5  # how sure a date is that whoever made the file could choose
TEXTS = {kinds.PAGE, kinds.TEXT, kinds.UNKNOWN}  # the groups in which a server's word decides, as for pages


def columns(capture: Capture) -> dict[str, Any]:
    """Return the columns of a reading of a capture. Raises ``Unreadable``, ``preserving.LOST``, ``GaveUp``."""
    if capture.is_brought:
        return _of_brought(capture)
    body, url = preserving.payload_of(capture), capture.attempt.final_url
    kind = kinds.sniff_bytes(body, url)
    if kind.group not in TEXTS:
        return _of_file(capture, body, kind.media_type, url.rpartition("/")[2])
    return _of_article(sandbox.read(body, capture.content_type, url, capture.taken_at + AHEAD))


def write_down(reading: Reading, found: dict[str, Any], *, is_left_out: bool) -> None:
    """Fill a reading with what its capture says, for good.

    The name of its reader becomes that of the one that read it, unless there is a reading of this capture by that one.
    """
    others = Reading.objects.filter(capture=reading.capture_id, reader=found.get("reader", "")).exclude(pk=reading.pk)
    for name, value in found.items():
        if name != "reader" or not others.exists():
            setattr(reading, name, value)
    reading.read_at = timezone.now()
    reading.is_left_out = is_left_out
    reading.save()


def _of_brought(capture: Capture) -> dict[str, Any]:
    """Return the columns of a reading of a file that a person brought. A page may have no date after it came."""
    told = _told(capture)
    name = told[0][0] if told else ""
    kind = capture.content_type
    if kind not in reader_names.NAMES and kind not in reader_names.SAVED_PAGES:
        return {"outcome": Outcome.NOT_TEXT, "reader": reader_names.NONE, "title": name[:LONGEST_TITLE]}
    if capture.size > MOST_READ:
        return {"outcome": Outcome.TOO_LARGE}
    body = preserving.body_of(capture)
    if kind in reader_names.NAMES:
        return _of_file(capture, body, kind, name)
    url = next((said for _name, said in told if said), "")
    return _of_page(sandbox_pages.read(body, kind, Reference(url, capture.taken_at + AHEAD)))


def _told(capture: Capture) -> list[tuple[str, str]]:
    """Return the names of a file and where it is said to be from: without what others than its first bringer hide."""
    rows = capture.bringings.order_by("pk").values_list("file_name", "said_url")
    with hidden_rows.read_by(lambda: capture.document.asked_by_id):
        known = list(rows)
    return known or list(rows.all())


def _of_page(page: PageCopy) -> dict[str, Any]:
    """Return the columns of a reading of a page that a person saved."""
    return {**_of_article(page.article), "file_facts": [asdict(fact) for fact in page.facts], "note": page.note}


def _of_file(capture: Capture, body: sandbox.Body, media_type: str, name: str) -> dict[str, Any]:
    reader = reader_names.NAMES.get(media_type)
    if reader is None:
        return {"outcome": Outcome.NOT_TEXT, "reader": reader_names.NONE}
    try:
        found = sandbox.file(body, media_type, name)
    except Unreadable as reason:
        return {"outcome": Outcome(reason.outcome), "reader": reader, "note": str(reason)}
    return {**_columns(found, name), **_dated(found, capture.taken_at + AHEAD), "reader": reader}


def _dated(found: FileText, latest: datetime) -> dict[str, Any]:
    """Return the columns of the date that a file gives for itself: anybody can write any date, but none to come."""
    at = datetime.fromisoformat(found.dated) if found.dated else None
    if at is None or not EARLIEST <= at <= latest:
        return {}
    return {
        "published_at": at,
        "published_precision": DatePrecision.MINUTE,
        "published_method": found.dated_by,
        "published_confidence": WRITTEN_BY_ITSELF,
    }


def _columns(found: FileText, name: str) -> dict[str, Any]:
    """Return the columns of a reading of a file."""
    code, score = detection.detect(found.text) if found.text else ("", 0.0)
    return {
        "outcome": Outcome.OK if found.text else Outcome.EMPTY_EXTRACTION,
        "title": (found.title or name)[:LONGEST_TITLE],
        "byline": found.byline,
        "language": found.language or code,
        "language_score": None if found.language else score,
        "text": found.text,
        "sha256": hashlib.sha256(found.text.encode()).hexdigest(),
        "parts": [asdict(part) for part in found.parts],
        "file_facts": [asdict(fact) for fact in found.facts],
        "note": found.note,
    }


def _of_article(article: Article) -> dict[str, Any]:
    """Return the columns of a reading of an article."""
    published = asdict(article.published) if article.published else {}
    return {
        "reader": READER,
        "outcome": Outcome.OK,
        "title": article.title,
        "byline": article.byline,
        "site_name": article.site_name,
        "canonical_url": article.canonical_url,
        "language": article.language,
        "language_score": article.language_score,
        "charset": article.charset,
        "declared_charset": article.declared_charset,
        "is_garbled": article.is_garbled,
        "text": article.text,
        "sha256": hashlib.sha256(article.text.encode()).hexdigest(),
        "share": article.share,
        "parts": [asdict(part) for part in article.parts],
        "published_at": published.get("value"),
        "published_precision": published.get("precision", ""),
        "published_method": published.get("method", ""),
        "published_confidence": published.get("confidence"),
        "published_until": published.get("until"),
        "date_written": article.date_written[:200],
        "doubts": [asdict(doubt) for doubt in article.doubts],
        "claim_reviews": article.claim_reviews,
    }
