"""What a PDF says of itself: title, author, programs and dates, signatures, and what is attached to it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from sources.formats.charset import clean
from sources.formats.file_text import Fact

STANDARD = "pdf"
NAMES = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate", "Trapped")
PRIVATE = {"Author"}  # the name of a person or of their account, which a source may not want told
LONGEST = 500  # characters of a value
MOST_ATTACHED = 20
DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?")


SHORTEST_TITLE = 4
# Titles that a program wrote: names of files, and those of documents that nobody named.
FILE_NAME = re.compile(
    r"\.(?:docx?|odt|indd|qxd|pdf|xlsx?|pptx?|tex|rtf|pages)\s*$"
    r"|^(?:microsoft |untitled|document\d*$|slide \d|présentation|sans titre)",
    re.IGNORECASE,
)


def facts_of(document: pdfium.PdfDocument) -> tuple[Fact, ...]:
    """Return the metadata of a PDF, as it stands there; dates in the form of ISO 8601, where they are dates."""
    said = document.get_metadata_dict(skip_empty=True)
    found = [_fact(name, _date(said[name]) if name.endswith("Date") else said[name]) for name in NAMES if name in said]
    return tuple(fact for fact in [*found, *_more(document)] if fact.value)


def title_said(facts: tuple[Fact, ...]) -> str:
    """Return the title in the metadata; nothing where a program wrote it, such as the name of a file."""
    title = next((fact.value for fact in facts if fact.name == "Title"), "")
    return "" if FILE_NAME.search(title) or len(title) < SHORTEST_TITLE else title


def running_head(text: str) -> Fact:
    """Return a line at the head or foot of pages that stays out of the text."""
    return _fact("RunningHead", text)


def _more(document: pdfium.PdfDocument) -> Iterator[Fact]:
    """Yield what is not in the dictionary of metadata: version, signatures, scripts, attachments, and later changes."""
    version = document.get_version()
    if version:
        yield _fact("Version", f"{version // 10}.{version % 10}")
    ends = pdfium_c.FPDF_GetTrailerEnds(document.raw, None, 0)
    if ends > 1:
        yield _fact("Revisions", str(ends))
    for index in range(max(0, pdfium_c.FPDF_GetSignatureCount(document.raw))):
        yield _fact("Signature", _signature(document, index) or str(index + 1))
    if (scripts := pdfium_c.FPDFDoc_GetJavaScriptActionCount(document.raw)) > 0:
        yield _fact("JavaScript", str(scripts))
    for index in range(min(document.count_attachments(), MOST_ATTACHED)):
        yield _fact("Attachment", document.get_attachment(index).get_name() or str(index + 1))


def _signature(document: pdfium.PdfDocument, index: int) -> str:
    """Return the time and the reason of a signature as it states them; nobody has checked the signature."""
    signature = pdfium_c.FPDF_GetSignatureObject(document.raw, index)
    size = pdfium_c.FPDFSignatureObj_GetTime(signature, None, 0)
    buffer = ctypes.create_string_buffer(max(1, size))
    pdfium_c.FPDFSignatureObj_GetTime(signature, buffer, size)
    return _date(buffer.value.decode("ascii", "replace"))


def _fact(name: str, value: str) -> Fact:
    return Fact(STANDARD, name, " ".join(clean(value).split())[:LONGEST], is_private=name in PRIVATE)


def _date(value: str) -> str:
    """Return a date of a PDF such as D:20240131093000+01'00' as 2024-01-31T09:30:00+01:00; else as it stands."""
    found = DATE.match(value.strip())
    if found is None:
        return value
    year, month, day, hour, minute, second, is_utc, ahead, minutes = found.groups()
    date = "-".join(each for each in (year, month, day) if each)
    if day is None or hour is None:
        return date
    zone = "Z" if is_utc else f"{ahead}:{minutes or '00'}" if ahead else ""
    return f"{date}T{hour}:{minute or '00'}:{second or '00'}{zone}"
