"""Read the text layer of a PDF with three readers, each as far as it goes."""

from __future__ import annotations

import io
import unicodedata

import pypdf
import pypdfium2
from pdfminer.high_level import extract_text


def with_pypdf(pdf: bytes) -> str:
    """The text as pypdf gives it: words from right to left are turned, pieces of a line stay as they are drawn."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def with_pdfminer(pdf: bytes) -> str:
    """The text as pdfminer gives it: as it stands on the page, from the left, so each word has to be turned."""
    return "\n".join(_turned(line) for line in extract_text(io.BytesIO(pdf)).splitlines())


def with_pdfium(pdf: bytes) -> str:
    """The text as Chromium copies it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _turned(line: str) -> str:
    return " ".join(word[::-1] if _from_right(word) else word for word in reversed(line.split(" ")))


def _from_right(word: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in word)


READERS = [with_pypdf, with_pdfminer, with_pdfium]
