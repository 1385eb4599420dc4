"""Split a text into sentences and into passages, the unit of evidence, by exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SHORT = 40  # characters; a shorter sentence says too little to be matched alone
LONGEST = 600  # characters; a longer one is a list or a sentence whose end was not seen

# A run of ends, then what closes a quotation or bracket. It always matches, so it cannot backtrack.
END = re.compile(r"[.!?…؟۔]++(?:[\u00a0\u202f ]?[»›]|[\"'”’)\]])*+|[。！？]++[」』”]*+")
LINE = re.compile(r"[^\n]+")
OPENERS = "«‹“‘„\"'([¿¡-–—•"

ABBREVIATIONS = {
    "": "dr mr mrs ms prof st jr sr inc ltd co corp vs etc no nr vol ed al cf fig p pp e.g i.e a.m p.m u.s u.k u.n d.c",
    "en": "dr mr mrs ms prof st jr sr rev hon gov sen rep gen col maj capt lt sgt cmdr adm pres supt det insp "
    "inc ltd co corp bros vs etc no nos vol ed eds al cf fig p pp e.g i.e a.m p.m approx dept est ave blvd rd mt ft "
    "jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k u.n d.c ph.d",
    "fr": "m mm mme mmes mlle mlles dr drs pr prof me mgr st ste sts stes cie sté etc cf ex env éd fig p pp t vol n no "
    "art chap av apr ap j.-c bd bld boul tél hab min max janv févr fév avr juil sept oct nov déc gén col cap lt cdt "
    "adj chef ch",
    "tr": "mr mrs ms dr prof doç yrd av arş gör öğr uzm sn bkz vb vs vd yy yay hz st mah cad sok bul apt no tel vol s "
    "ss çev haz ed müh mim alb gen korg tümg tuğg bnb yzb tğm ütğm çvş ltd şti a.ş t.c m.ö m.s örn yak sy nr ör mad",
    "ar": "د أ م ص ج ط ق هـ ت ب ه",
}
KNOWN = {language: frozenset(words.split()) for language, words in ABBREVIATIONS.items()}

# Titles stand before a name, so a capital after them tells nothing; other abbreviations may end a sentence.
TITLED = (
    "dr mr mrs ms prof st rev hon gov sen rep gen col maj capt lt sgt m mm mme mlle pr me mgr ste doç yrd av sn hz alb "
    "bkz no vs cf p pp fig vol art e.g i.e د أ م"
)
TITLES = frozenset(TITLED.split())
ENDING = frozenset({"etc", "vb", "vs", "vd", "a.m", "p.m", "inc", "u.s"})
ORDINAL = re.compile(r"(?:\d{1,2}|[IVX]{1,5})$")
ELIDED = re.compile(r"^(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)  # “de l’art. 12”, but not “des œuvres d’art. Puis”
INITIALS = re.compile(r"(?:^|(?<=[\s.«“\"(-]))[^\W\d_]$")


class Span(NamedTuple):
    """Where something stands in a text: ``text[start:end]``."""

    start: int
    end: int


def split(text: str, language: str) -> list[Span]:
    """Return the sentences of a text in order; none crosses a line break or begins or ends with a space."""
    known = KNOWN.get(language, KNOWN[""])
    return [sentence for line in LINE.finditer(text) for sentence in _sentences(text, line, known, language)]


def passages(text: str, language: str) -> list[Span]:
    """Return the sentences of a text made fit to be evidence.

    Those under 40 characters join the next one of their paragraph (the last one the one before); those over 600 are
    cut at a space. Together they cover every character that is not a space.
    """
    found: list[Span] = []
    for line in LINE.finditer(text):
        joined = _join(list(_sentences(text, line, KNOWN.get(language, KNOWN[""]), language)))
        found.extend(piece for sentence in joined for piece in _cut(text, sentence))
    return found


def _sentences(text: str, line: re.Match[str], known: frozenset[str], language: str) -> Iterator[Span]:
    start = line.start()
    for end in END.finditer(text, line.start(), line.end()):
        if _ends(text, end, line.end(), known, language):
            yield from _trimmed(text, start, end.end())
            start = end.end()
    yield from _trimmed(text, start, line.end())


def _ends(text: str, end: re.Match[str], line_end: int, known: frozenset[str], language: str) -> bool:
    """Return whether a run of stops ends a sentence, judged by the words on both sides of it."""
    if end[0][0] in "。！？":
        return True
    after = end.end()
    if after >= line_end or not text[after].isspace():
        return False
    following = text[after : after + 12].lstrip()
    first = following.lstrip(OPENERS + " \u00a0\u202f")[:1]
    if first.islower() or following[:1] in {",", ";", ":", ")", "»"}:
        return False
    return not (end[0] == "." and _abbreviates(text[max(0, end.start() - 12) : end.start()], known, language, first))


def _abbreviates(before: str, known: frozenset[str], language: str, first: str) -> bool:
    """Return whether the full stop after these characters belongs to the word and not to the sentence."""
    word = "".join(before.rsplit(maxsplit=1)[-1:]).lstrip(OPENERS)
    if language == "fr" and first.isdigit():
        word = ELIDED.sub("", word)
    lowered = word.replace("İ", "i").lower()
    if lowered in TITLES & known:
        return True
    if language in {"tr", "de", "fi", "da", "nb"} and ORDINAL.search(word) and not first.isdigit():
        return len(word) <= 2 or word.isalpha()
    if INITIALS.search(word) and word[-1].isupper():
        return True
    return lowered in known and (first.isdigit() or lowered not in ENDING)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _join(sentences: list[Span]) -> list[Span]:
    """Return the sentences of a paragraph, the short ones joined to the next, a short last one to the one before."""
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
