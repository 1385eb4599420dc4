"""Recognize the text of scans (OCR): a person has the pages read by Tesseract, where it is installed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sources.capturing import preserving
from sources.formats import page_pictures, recognizer
from sources.formats.files import tesseract
from sources.formats.unreadable import Unreadable
from sources.models import Document, Reading
from sources.models.file_pages import pages_of
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

WIDTH = 2_480  # pixels: 300 to an inch on A4, for which Tesseract is made
SECONDS = 30.0  # for all pages of a file, and the one that runs; a page takes about five


CODES = recognizer.CODES


def languages() -> list[str]:
    """Return the languages in which this server can recognize text, by Tesseract's codes."""
    return recognizer.languages()


def scan_of(document: Document) -> Reading | None:
    """Return the newest reading of a document that has pages and no text; None where there is a text."""
    newest = Reading.objects.filter(capture__document=document, read_at__isnull=False).order_by("-pk").first()
    if newest is None or newest.text or newest.outcome != Outcome.EMPTY_EXTRACTION:
        return None
    return newest if pages_of(newest) else None


@transaction.atomic
def ask(document: Document, language: str, *, by: User) -> Reading:
    """Have the pages of a scan read in a language (by Tesseract's code); return the reading, due now.

    Raises ``Refusal`` (codes ``not_installed``, ``no_scan``, ``requested``) and ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    if language not in recognizer.languages():
        raise Refusal(not_installed(), "not_installed", field="language")
    scan = scan_of(document)
    if scan is None:
        raise Refusal(_("This document is no scan: it has a text, or no pages."), "no_scan")
    reader = f"{tesseract.FAMILY}@{recognizer.version()}+{language}"
    reading, is_new = Reading.objects.get_or_create(capture=scan.capture, reader=reader)
    if not is_new:
        raise Refusal(_("The pages are being read in this language, or have been."), "requested")
    audit.record(by, SourceVerb.ASKED_FOR_RECOGNITION, document, language=language)
    return reading


def not_installed() -> str:
    """Return what to install so that scans can be read."""
    text = _("This server cannot recognize text in pictures. Install these Debian packages: %(packages)s.")
    return text % {"packages": ", ".join(recognizer.PACKAGES)}


def is_recognized(reading: Reading) -> bool:
    """Return whether a reading is made by recognizing text in pictures."""
    return reading.reader.startswith(f"{tesseract.FAMILY}@")


def columns(reading: Reading) -> dict[str, Any]:
    """Return the columns of a reading whose text is recognized. Raises ``sandbox.GaveUp``."""
    scan = reading.capture.readings.exclude(pk=reading.pk).exclude(parts=[]).order_by("-pk").first()
    labels = [page.label for page in pages_of(scan)] if scan else []
    try:
        tables = _tables(preserving.bytes_of(reading.capture), reading.reader.rpartition("+")[2], len(labels))
    except (recognizer.NotRecognized, Unreadable) as problem:
        return {"outcome": Outcome.UNPARSABLE, "note": str(problem)}
    found = tesseract.text_of(tables, labels, scan.title if scan else "")
    return {
        "outcome": Outcome.OK if found.text else Outcome.EMPTY_EXTRACTION,
        "title": found.title,
        "language": found.language,
        "text": found.text,
        "sha256": hashlib.sha256(found.text.encode()).hexdigest(),
        "parts": [asdict(part) for part in found.parts],
        "file_facts": [asdict(fact) for fact in found.facts],
        "note": found.note,
    }


def _tables(body: bytes, language: str, number: int) -> Sequence[str]:
    """Return the tables of the words on pages, as many as the time allows, and at least one."""
    found: list[str] = []
    began = time.monotonic()
    for page in range(1, number + 1):
        if found and time.monotonic() - began > SECONDS:
            break
        found.append(recognizer.recognize(page_pictures.picture(body, page, width=WIDTH), language))
    return found
