"""Find who said what in a text: the attributions of its sentences, and those that cover a quote in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from claims.wording import arabic, english_french, headlines, turkish
from claims.wording.attributed import Attributed
from claims.wording.clauses import Clauses, is_closed, quotations
from claims.wording.modality import ACTIVE, PARTICIPLES, PASSIVE
from claims.wording.openers import opening
from sources.language import sentences
from sources.language.languages.registry import LANGUAGES
from sources.language.numerals import tokens
from sources.language.sentences import Span

EXTRACTOR = "quotes@5"

LONGEST = 3_000  # characters; a longer text is no sentence
LONGEST_WORDING = 4  # words between quotation marks that a text may use as its own

Pattern = Callable[[Clauses], Iterator[Attributed]]
# The first that covers a clause counts.
PATTERNS: dict[str, tuple[Pattern, ...]] = {
    "ar": arabic.PATTERNS,
    "en": english_french.PATTERNS,
    "fr": english_french.PATTERNS,
    "tr": turkish.PATTERNS,
}


def _hints(code: str) -> frozenset[str]:
    """Return the words that show that somebody may say something, so that a clause with them is not plain."""
    speech, grammar = LANGUAGES[code].speech, LANGUAGES[code].clauses
    forms = [form.split() for table in (ACTIVE, PASSIVE, PARTICIPLES) for form in table[code]]
    verbs = [form[-1] for form in forms if code == "tr" or len(form) == 1]
    phrases = [word.form for phrase in speech.according for word in tokens(phrase) if len(word.form) > 3]
    supposed = [form for form in grammar.supposing if code == "fr" and form.startswith(("aurai", "serai"))]
    return frozenset([*verbs, *phrases, *supposed, *speech.unnamed, *grammar.speech_nouns])


HINTS = {code: _hints(code) for code in PATTERNS}


def attribution(text: str, language: str) -> Attributed | None:
    """Return the first outermost attribution of a text, or None if it has none that we understand."""
    return next(iter(attributions(text, language)), None)


def attributions(text: str, language: str) -> list[Attributed]:
    """Return the outermost attributions of a text in order; each belongs to one sentence, and to one clause of it.

    We look at each sentence alone: the speaker of the sentence before never gets a passive that names nobody. Only a
    label beside a quotation may be a surname that another sentence shows.
    """
    found: list[Attributed] = []
    silent = []
    for start, end in _sentences(text, language):
        if end - start <= LONGEST:
            here = [each.moved(start) for each in _of_sentence(text[start:end], language)]
            found += here
            silent += [] if here else [Span(start, end)]
    if surnames := _surnames(text, language, found):
        for span in silent:
            line = Clauses(text[slice(*span)], language)
            found += [each.moved(span.start) for each in headlines.known(line, surnames)]
    return sorted(found, key=lambda each: each.frame.start)


def _surnames(text: str, language: str, found: list[Attributed]) -> set[str]:
    """Return the surnames of those who speak in a text."""
    speakers = {text[slice(*each.speaker)] for each in found if each.speaker}
    return {name for speaker in speakers if (name := headlines.surname(speaker, language))}


def chain(text: str, language: str, quote: Span) -> list[Attributed] | None:
    """Return the attributions that cover a part of a text, outermost first; none where the text itself says it.

    Return None where we do not understand who says it: several sentences, a question, a quotation without a speaker,
    a verb of saying whose clause we are not sure of, or another language than ours.
    """
    if language not in PATTERNS or not 0 <= quote.start < quote.end <= len(text):
        return None
    span = next((each for each in _sentences(text, language) if each.start <= quote.start < each.end), None)
    if span is None or span.end < quote.end or span.end - span.start > LONGEST:
        return None
    sentence, part = text[slice(*span)], Span(quote.start - span.start, quote.end - span.start)
    found = _of_sentence(sentence, language)
    if not found and headlines.label(Clauses(sentence, language)):
        inside = [each for each in attributions(text, language) if span.start <= each.frame.start < span.end]
        found = [each.moved(-span.start) for each in inside]
    cover = next((each for each in found if _covers(each, part)), None)
    if cover is None:
        return [] if _is_plain(Clauses(sentence, language), part, found) else None
    inner = _inner(sentence, language, cover, part)
    return None if inner is None else [each.moved(span.start) for each in (cover, *inner)]


def _covers(found: Attributed, part: Span) -> bool:
    inside = found.frame.start <= part.start and part.end <= found.frame.end
    return inside and found.content.start < part.end and part.start < found.content.end


def _inner(sentence: str, language: str, cover: Attributed, part: Span) -> list[Attributed] | None:
    """Return the attributions of a part inside what somebody says: the mayor says that the prefect denies that …."""
    start, end = cover.content
    if cover.directness == "direct":
        marks = len(sentence[start:end]) - len(sentence[start:end].lstrip("«“”„‘\"' \u00a0\u202f"))
        start, end = start + marks, start + len(sentence[start:end].rstrip("»”’\"' \u00a0\u202f"))
    begin, stop = max(part.start, start), min(part.end, end)
    if begin >= stop:
        return None
    found = chain(sentence[start:end], language, Span(begin - start, stop - start))
    return None if found is None else [each.moved(start) for each in found]


def _is_plain(line: Clauses, part: Span, found: list[Attributed]) -> bool:
    """Return whether nothing around a part hints that anybody but the text says it."""
    if any(each.frame.start < part.end for each in found) or line.text.rstrip().endswith(("?", "؟")):
        return False
    if any(_is_quoted(line, span, part) for span in line.quotes):
        return False
    stop = min((each.frame.start for each in found), default=len(line.text))
    if any(line.cue_start(place) < place and line.words[place].start < stop for place, _cue in line.cues):
        return False
    hints = HINTS[line.language] | line.grammar.doubting
    letters = LANGUAGES[line.language].conjunctions
    forms = [word.form for word in line.words if word.start < stop]
    return not any(form in hints or (form[:1] in letters and form[1:] in hints) for form in forms if form)


def _is_quoted(line: Clauses, quote: Span, part: Span) -> bool:
    """Return whether a part stands in a quotation, or in one of more than the few words that a text may take over."""
    if quote.start <= part.start and part.end <= quote.end:
        return True
    words = sum(quote.start <= word.start < quote.end for word in line.words)
    return words > LONGEST_WORDING and quote.start < part.end and part.start < quote.end


def _sentences(text: str, language: str) -> list[Span]:
    """Return the sentences of a text; a quotation of several stays in one."""
    quotes = [quote for quote in quotations(text) if quote.end < len(text) or is_closed(text[slice(*quote)])]
    starts = [quote.start for quote in quotes]
    found: list[Span] = []
    for span in sentences.split(text, language):
        last = bisect_right(starts, span.start - 1) - 1
        if found and last >= 0 and span.start < quotes[last].end and quotes[last].start < found[-1].end:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _of_sentence(sentence: str, language: str) -> list[Attributed]:
    if language not in PATTERNS:
        return []
    start = opening(sentence, language, HINTS[language])
    line = Clauses(sentence[start:], language)
    chosen: list[Attributed] = []
    for pattern in PATTERNS[language]:
        for found in pattern(line):
            if all(found.frame.end <= other.frame.start or other.frame.end <= found.frame.start for other in chosen):
                chosen.append(found)
    return [_with_opener(found, line, start) for found in sorted(chosen, key=lambda found: found.frame.start)]


def _with_opener(found: Attributed, line: Clauses, size: int) -> Attributed:
    """Return an attribution in a sentence with its opener, which the frame of the first clause covers too."""
    moved = found.moved(size)
    opens = found.frame.start <= line.words[0].start
    return replace(moved, frame=Span(0, moved.frame.end)) if size and opens else moved
