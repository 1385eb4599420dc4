"""Split extracted texts into passages, and find the passage in which a quote begins."""

from __future__ import annotations

from typing import Any

from sources.language.detection import language_of_part
from sources.language.sentences import Span, passages
from sources.language.word_forms import searchable
from sources.models import Passage, Reading

AROUND = 64  # characters of context stored with a passage (W3C Web Annotation, TextQuoteSelector)


def split(reading: Reading) -> list[int]:
    """Split the text of a reading into passages and store them; return their keys, in the order of the text."""
    spans = passages(reading.text, reading.language)
    return Passage.objects.keep(reading, [_passage(reading, span) for span in spans])


def whole(reading: Reading) -> Passage:
    """Store the text of a reading as one passage, and return it."""
    (key,) = Passage.objects.keep(reading, [_passage(reading, Span(0, len(reading.text)))])
    return Passage.objects.get(pk=key)


def passage_of(reading: Reading, quote: str) -> Passage | None:
    """Return the passage in which a quote begins; None where the text does not contain it word for word."""
    start = reading.text.find(quote.strip()) if quote.strip() else -1
    if start < 0:
        return None
    return reading.passages.filter(start__lte=start, end__gt=start).first()


def _passage(reading: Reading, span: Span) -> dict[str, Any]:
    """Return the columns of a passage."""
    exact = reading.text[span.start : span.end]
    language = language_of_part(exact, reading.language)
    return {
        "start": span.start,
        "end": span.end,
        "exact": exact,
        "prefix": reading.text[max(0, span.start - AROUND) : span.start],
        "suffix": reading.text[span.end : span.end + AROUND],
        "language": language,
        "folded": searchable(exact, language),
    }
