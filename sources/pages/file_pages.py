"""What the page of a document shows of a file with pages: one page as a picture, its text, and links to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sources.models import Document, Passage, Reading
from sources.models.file_pages import FilePage, are_marked, cited, pages_at, pages_of
from sources.pages.notices import PLAIN, WARNING, Notice
from sources.pages.paragraphs import paragraphs
from sources.pages.text_parts import ShownParagraph
from sources.reading import recognizing
from workbench.desk.language_names import language_label
from workbench.pages.http import Request, number
from workbench.pages.templatetags.log_words import told

ALL = "all"  # in place of a number: the text of all pages

# What the reader of PDFs says, stored in English with the reading (sources.formats.files.pdf_notes).
SAID = (
    gettext_noop("The pages of this PDF are pictures, such as scans: the file holds no text."),
    gettext_noop("The pages of this PDF hold no text."),
    gettext_noop(
        "The pages are pictures, and a program has recognized their text: compare it with the page before you quote it."
    ),
    gettext_noop("Only the first %(n)d pages of this file were read: reading more would take too long."),
    gettext_noop(
        "Tesseract recognized this text in pictures, %(n)d percent sure on average: compare it with the page."
    ),
    gettext_noop("Tesseract recognized no words in the pictures of the pages."),
    gettext_noop("This PDF opens only with a password, which we do not ask for."),
    gettext_noop("This PDF is damaged or cut short: pdfium could not open it."),
)


@dataclass(frozen=True)
class ShownPage:
    """A page of a file: what is printed as its number, its picture with what it shows in words, and its text."""

    number: int
    count: int
    label: str
    picture: str
    alt: str
    paragraphs: list[ShownParagraph]
    previous: str = ""
    next: str = ""
    whole: str = ""
    cited: str = ""


def shown_page(
    request: Request, document: Document, reading: Reading | None, passage: Passage | None
) -> ShownPage | None:
    """Return the page asked for, or that of the passage; None for a file without pages, or for its whole text."""
    reading = reading or _scanned(document)
    pages = pages_of(reading) if reading else []
    if reading is None or not pages or request.GET.get("page") == ALL:
        return None
    page = _asked_for(request, pages, passage)
    there = document.get_absolute_url()
    return ShownPage(
        page.number,
        len(pages),
        page.label,
        _picture(reading, page, passage),
        _alt(page, passage if reading and are_marked(reading) else None),
        _text(reading, page, passage),
        _to(there, reading, page.number - 1) if page.number > 1 else "",
        _to(there, reading, page.number + 1) if page.number < len(pages) else "",
        _to(there, reading, ALL),
        cited(pages_at(reading, passage.start, passage.end)) if passage else "",
    )


@dataclass(frozen=True)
class ShownRecognition:
    """In which languages the text of a scan can be recognized here, or what to install."""

    languages: list[tuple[str, str]]
    why_not: str = ""


def recognition(document: Document) -> ShownRecognition | None:
    """Return how the text of a document can be recognized; None for one that is no scan."""
    if recognizing.scan_of(document) is None:
        return None
    ours = {code: language_label(language) for language, code in recognizing.CODES.items()}
    languages = [(code, ours.get(code, code)) for code in recognizing.languages()]
    return ShownRecognition(languages, "" if languages else recognizing.not_installed())


def page_notices(document: Document, reading: Reading | None) -> list[Notice]:
    """Return what the reader of a file that we fetched says of it; a file that was brought has notices of its own."""
    if document.is_brought:
        return []
    found = reading or _scanned(document)
    return [Notice(PLAIN if reading else WARNING, text=told(found.note))] if found and found.note else []


def _scanned(document: Document) -> Reading | None:
    """Return the newest reading of a file that has pages and no text."""
    read: QuerySet[Reading] = Reading.objects.filter(capture__document=document, read_at__isnull=False)
    return read.exclude(parts=[]).filter(text="").select_related("capture__attempt").order_by("-pk").first()


def _asked_for(request: Request, pages: list[FilePage], passage: Passage | None) -> FilePage:
    asked = number(request.GET.get("page", "")) or 0
    if 1 <= asked <= len(pages):
        return pages[asked - 1]
    of_passage = [page for page in pages if passage and page.start < passage.end and passage.start < page.end]
    return (of_passage or pages)[0]


def _picture(reading: Reading, page: FilePage, passage: Passage | None) -> str:
    picture = reverse("sources:page_picture", args=[reading.capture_id, page.number])
    is_here = passage is not None and page.start < passage.end and passage.start < page.end
    return f"{picture}?{urlencode({'passage': passage.pk})}" if passage and is_here else picture


def _alt(page: FilePage, passage: Passage | None) -> str:
    if passage is not None and page.start < passage.end and passage.start < page.end:
        return _("Page %(page)s with the passage marked; its text follows.") % {"page": page.label}
    return _("Page %(page)s; its text follows.") % {"page": page.label}


def _to(there: str, reading: Reading, page: int | str) -> str:
    return f"{there}?{urlencode({'reading': reading.pk, 'page': page})}#text"


def _text(reading: Reading, page: FilePage, passage: Passage | None) -> list[ShownParagraph]:
    """Return the paragraphs of one page; a passage that began on the page before is anchored at its top."""
    rows: Any = reading.passages.filter(start__lt=page.end, end__gt=page.start).values_list("pk", "start", "end")
    spans = [(key, max(0, start - page.start), end - page.start) for key, start, end in rows]
    marked = (max(0, passage.start - page.start), max(0, passage.end - page.start)) if passage else (0, 0)
    return [ShownParagraph(each) for each in paragraphs(reading.text[page.start : page.end], spans, marked)]
