"""Find who said what in a text: the attributions of its sentences, and those that cover a quote in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claims.wording import arabic, english_french, turkish
from claims.wording.attributed import Attributed
from claims.wording.clauses import Line, quotations
from sources.language import sentences
from sources.language.sentences import Span

EXTRACTOR = "quotes@3"

LONGEST = 3_000  # characters; a longer text is no sentence

Pattern = Callable[[Line], Iterator[Attributed]]
# The first that covers a clause counts.
PATTERNS: dict[str, tuple[Pattern, ...]] = {
    "ar": arabic.PATTERNS,
    "en": english_french.PATTERNS,
    "fr": english_french.PATTERNS,
    "tr": turkish.PATTERNS,
}


def attribution(text: str, language: str) -> Attributed | None:
    """Return the first outermost attribution of a text, or None if it has none that we understand."""
    return next(iter(attributions(text, language)), None)


def attributions(text: str, language: str) -> list[Attributed]:
    """Return the outermost attributions of a text in order; each belongs to one sentence, and to one clause of it.

    We look at each sentence alone: the speaker of the sentence before never gets a passive that names nobody.
    """
    found = []
    for start, end in _sentences(text, language):
        if end - start <= LONGEST:
            found += [each.moved(start) for each in _of_sentence(text[start:end], language)]
    return found


def _sentences(text: str, language: str) -> list[Span]:
    """Return the sentences of a text; a quotation of several stays in one."""
    quotes = quotations(text)
    found: list[Span] = []
    for span in sentences.split(text, language):
        inside = found and any(
            quote.start < span.start < quote.end < len(text) and quote.start < found[-1].end for quote in quotes
        )
        if inside:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _of_sentence(sentence: str, language: str) -> list[Attributed]:
    line = Line(sentence, language)
    chosen: list[Attributed] = []
    for pattern in PATTERNS.get(language, ()):
        for found in pattern(line):
            if all(found.frame.end <= other.frame.start or other.frame.end <= found.frame.start for other in chosen):
                chosen.append(found)
    return sorted(chosen, key=lambda found: found.frame.start)
