"""Split a text into sentences, and into passages (the unit of evidence), with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sources.language.languages.registry import LANGUAGES
from sources.language.languages.tables import SentenceWords, words

SHORT = 40  # characters; a shorter sentence says too little to match it alone
LONGEST = 600  # characters; a longer one is a list, or we missed its end

# A run of stops, then closing quotation marks or brackets. Its parts are possessive, so it cannot backtrack.
END = re.compile(r"[.!?…؟۔]++(?:[\u00a0\u202f ]?[»›]|[\"'”’)\]])*+|[。！？]++[」』”]*+")
LINE = re.compile(r"[^\n]+")
OPENERS = "«‹“‘„\"'([¿¡-–—•"

WORDS = {code: language.sentences for code, language in LANGUAGES.items()}
# For languages without tables: abbreviations that many languages in Latin letters share.
SHARED = SentenceWords(
    titles=words("dr mr mrs ms prof st vs no vol cf fig p pp e.g i.e"),
    closing=words("etc inc a.m p.m u.s"),
    abbreviations=words("jr sr ltd co corp nr ed al u.k u.n d.c"),
)
# “de l’art. 12”, but not “des œuvres d’art. Puis”.
ELIDED = {
    code: re.compile(rf"^(?:{'|'.join(language.elided)})['’]", re.IGNORECASE)
    for code, language in LANGUAGES.items()
    if language.elided
}
ORDINALS = {"tr", "de", "fi", "da", "nb"}  # languages that write ordinals with a full stop: 2. Dünya Savaşı
ORDINAL = re.compile(r"(?:\d{1,2}|[IVX]{1,5})$")
INITIALS = re.compile(r"(?:^|(?<=[\s.«“\"(-]))[^\W\d_]$")


class Span(NamedTuple):
    """A place in a text: ``text[start:end]``."""

    start: int
    end: int


def split(text: str, language: str) -> list[Span]:
    """Return the sentences of a text in order. None crosses a line break, or starts or ends with a space."""
    return [sentence for line in LINE.finditer(text) for sentence in _sentences(text, line, language)]


def passages(text: str, language: str) -> list[Span]:
    """Return the passages of a text: its sentences, joined or cut to a length that suits evidence.

    A sentence under 40 characters joins the next one in its paragraph, and the last one joins the one before it. A
    sentence over 600 characters is cut at a space. Together, passages cover every character that is not a space.
    """
    found: list[Span] = []
    for line in LINE.finditer(text):
        joined = _join(list(_sentences(text, line, language)))
        found.extend(piece for sentence in joined for piece in _cut(text, sentence))
    return found


def _sentences(text: str, line: re.Match[str], language: str) -> Iterator[Span]:
    start = line.start()
    for end in END.finditer(text, line.start(), line.end()):
        if _ends(text, end, line.end(), language):
            yield from _trimmed(text, start, end.end())
            start = end.end()
    yield from _trimmed(text, start, line.end())


def _ends(text: str, end: re.Match[str], line_end: int, language: str) -> bool:
    """Return whether a run of stops ends a sentence, judging by the words on both sides of it."""
    if end[0][0] in "。！？":
        return True
    after = end.end()
    if after >= line_end or not text[after].isspace():
        return False
    following = text[after : after + 12].lstrip()
    first = following.lstrip(OPENERS + " \u00a0\u202f")[:1]
    if first.islower() or following[:1] in {",", ";", ":", ")", "»"}:
        return False
    return not (end[0] == "." and _abbreviates(text[max(0, end.start() - 12) : end.start()], language, first))


def _abbreviates(before: str, language: str, first: str) -> bool:
    """Return whether the full stop after these characters belongs to the word and does not end the sentence."""
    word = "".join(before.rsplit(maxsplit=1)[-1:]).lstrip(OPENERS)
    if language in ELIDED and first.isdigit():
        word = ELIDED[language].sub("", word)
    lowered = word.replace("İ", "i").lower()
    known = WORDS.get(language, SHARED)
    if lowered in known.titles:
        return True
    if language in ORDINALS and ORDINAL.search(word) and not first.isdigit():
        return len(word) <= 2 or word.isalpha()
    if INITIALS.search(word) and word[-1].isupper():
        return True
    return lowered in known.abbreviations or (first.isdigit() and lowered in known.closing)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _join(sentences: list[Span]) -> list[Span]:
    """Return the sentences of a paragraph; a short one joins the next sentence, or the one before if it is last."""
    joined: list[Span] = []
    for sentence in sentences:
        if joined and joined[-1].end - joined[-1].start < SHORT:
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    if len(joined) > 1 and joined[-1].end - joined[-1].start < SHORT:
        last = joined.pop()
        joined[-1] = Span(joined[-1].start, last.end)
    return joined


def _cut(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > LONGEST:
        space = max(text.rfind(" ", start, start + LONGEST), text.rfind("\u00a0", start, start + LONGEST))
        stop = space if space > start else start + LONGEST
        yield from _trimmed(text, start, stop)
        start = stop
    yield from _trimmed(text, start, end)
