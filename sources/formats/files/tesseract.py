"""The text that Tesseract recognizes in pictures of pages: from its table of words (TSV) to paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from sources.formats.charset import clean
from sources.formats.file_text import Fact, FileText
from sources.formats.files import pdf_joining
from sources.formats.files.pdf_joining import PageLines, TextBlock, TextLine
from sources.formats.files.pdf_notes import IN_PART
from sources.formats.text_parts import Part
from sources.language import detection

FAMILY = "tesseract"
PAGE = "page"
WORD = "5"  # the level of a row that is a word
# level, page_num, block_num, par_num, line_num, word_num, left, top, width, height, conf, text
COLUMNS = 12
RECOGNIZED = "Tesseract recognized this text in pictures, {n} percent sure on average: compare it with the page."
NOTHING = "Tesseract recognized no words in the pictures of the pages."


@dataclass(frozen=True)
class Word:
    """A word that was recognized: the paragraph and line it stands in, its height, and how sure Tesseract is of it."""

    paragraph: tuple[int, int]
    line: int
    height: float
    confidence: float  # of 100
    text: str


def words_of(table: str) -> list[Word]:
    """Return the words in a table of Tesseract (TSV), in its order; rows of another form are left out."""
    return list(_words(table))


def text_of(tables: Sequence[str], labels: Sequence[str], title: str = "") -> FileText:
    """Return the text of pages, given by their tables, with each page as a part, and the mean confidence.

    There are fewer tables than labels where the time was not enough for all pages.
    """
    pages = [words_of(table) for table in tables]
    known, _heads = pdf_joining.without_heads([_lines(words) for words in pages])
    text, spans = pdf_joining.joined(known)
    confidences = [word.confidence for words in pages for word in words]
    sure = fmean(confidences) if confidences else 0.0
    language = detection.detect(text)[0] if text else ""
    parts = [
        Part(PAGE, start, end, str(at), label)
        for at, ((start, end), label) in enumerate(zip(spans, labels, strict=False), start=1)
    ]
    facts = (Fact(FAMILY, "MeanConfidence", f"{sure / 100:.3f}"), Fact(FAMILY, "Words", str(len(confidences))))
    return FileText(
        text,
        title,
        language=language,
        parts=tuple(parts),
        facts=facts if confidences else (),
        note=_note(len(tables), len(labels), round(sure) if confidences else None),
    )


def _note(read: int, pages: int, sure: int | None) -> str:
    """Return the one thing that a person must know of this text first."""
    if read < pages:
        return IN_PART.format(n=read)
    return NOTHING if sure is None else RECOGNIZED.format(n=sure)


def _words(table: str) -> Iterator[Word]:
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != COLUMNS or cells[0] != WORD or not cells[-1].strip():
            continue
        try:
            block, paragraph, line = int(cells[2]), int(cells[3]), int(cells[4])
            height, confidence = float(cells[9]), float(cells[10])
        except ValueError:
            continue
        if confidence >= 0:
            yield Word((block, paragraph), line, height, confidence, clean(cells[-1]).strip())


def _lines(words: Sequence[Word]) -> PageLines:
    """Return the words of a page as its paragraphs and their lines."""
    found: dict[tuple[int, int], dict[int, list[Word]]] = {}
    for word in words:
        found.setdefault(word.paragraph, {}).setdefault(word.line, []).append(word)
    blocks = []
    for lines in found.values():
        every = [word for line in lines.values() for word in line]
        spelled = [TextLine(" ".join(word.text for word in line)) for line in lines.values()]
        blocks.append(TextBlock(spelled, fmean(word.height for word in every), is_full=False, is_cells=False))
    return PageLines(blocks)
