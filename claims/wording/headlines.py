"""Find who said a quotation that only a label names: Name: “…”; “…”: Name; “…” – Name.

A label is a speaker where it is surely one: an office or a body, or a name with a given name, initials or a title
before it. A surname alone is one where such a name speaks elsewhere in the text. Any other label may be a topic, a
place or a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from claims.wording.attributed import Attributed, framed
from claims.wording.clauses import Clauses
from claims.wording.modality import ACTIVE, QUOTING, Cue
from claims.wording.subjects import ADJECTIVE
from sources.language.languages.speaker_words import (
    ARABIC_GIVEN_NAMES,
    BARE,
    GIVEN_NAMES,
    HOLDERS,
    INITIALS,
    MODIFIERS,
    OFFICES,
    PARTICLES,
    TITLES,
    TOPICS,
)
from sources.language.sentences import Span

SAY = {"en": "say", "fr": "dire", "tr": "söylemek", "ar": "قال"}
FEWEST_WORDS = {"en": 3, "fr": 3, "tr": 2, "ar": 2}  # of a quotation; a shorter one may be a title
MOST_WORDS = 8  # of a label
LONGEST_NAME = 4  # words
LABEL = re.compile(r"([^:;!?؟…]*[^\s:;!?؟…])\s?:\s?")
CREDIT = re.compile(r"(?:\s?:|,|،|\s[-–—])\s([^:;!?؟…|–—]*[^\s:;!?؟…|–—.])[\s.]*")
NATIONALITY = re.compile(r"[A-Z]\w+(?:ish|ese|[aei]an|can|aqi|ani|aeli|ench|eek|utch|wiss|elsh|erman)$")
VERBAL = re.compile(r"(?:ing|ed)$")
# A verb of a Turkish clause, also with a capital: Vali İstifa Etti.
TURKISH_VERB = re.compile(r"(?:[dt][iu]|m[iu]s|yor|[ae]cak|ecek|l[iu]r)$")
TURKISH_CASE = re.compile(r"(?:d[ae]n?|t[ae]n|n[iu]n|y[iu]|y[ae])$")
MEMBER = re.compile(r"['’]l[ıiuü]$")  # CHP’li Özel
PREPOSITIONS = {"of", "for", "in", "at"}
FRENCH_OF = {"de", "du", "des", "d", "aux"}
ARABIC_OF = {"باسم", "في", "لدي", "من"}


class QuoteLabel(NamedTuple):
    """A label beside a quotation: its place in the text, and its words."""

    quote: Span
    place: Span
    words: list[int]


def labelled(line: Clauses) -> Iterator[Attributed]:
    """Mayor Ana Roy: “…”; « … » : le maire de Bréval; “…” - Vali Ali Kaya."""
    found = label(line)
    if found and _is_speaker(line, found.words[0], found.words[-1] + 1, shouted=_is_shouted(line)):
        yield from _said(line, found)


def known(line: Clauses, surnames: Set[str]) -> Iterator[Attributed]:
    """Macron: “…”, where somebody with that surname speaks elsewhere in the text."""
    found = label(line)
    if found and len(found.words) == 1 and line.form(found.words[0]) in surnames:
        yield from _said(line, found)


def surname(speaker: str, language: str) -> str | None:
    """Return the surname in a speaker that ends with a full name: le président Emmanuel Macron."""
    line = Clauses(speaker, language)
    end = len(line.words)
    named = any(_is_full_name(line, start, end) for start in range(max(0, end - LONGEST_NAME), end - 1))
    return line.form(end - 1) if named else None


def _said(line: Clauses, found: QuoteLabel) -> Iterator[Attributed]:
    speaker = Span(line.words[found.words[0]].start, found.place.end)
    yield from framed(line, speaker, Cue(SAY[line.language], "asserts"), "direct", found.quote, found.words[0])


def label(line: Clauses) -> QuoteLabel | None:
    """Return the label beside the one quotation of a sentence, if there is nothing else in it."""
    if len(line.quotes) != 1 or line.text.rstrip().endswith(("?", "؟")):
        return None
    quote = line.quotes[0]
    size = sum(line.is_quoted(place) for place in range(len(line.words)))
    if size < FEWEST_WORDS[line.language] or line.text[quote.end - 1] not in "»”’\"'":
        return None
    before, after = line.text[: quote.start], line.text[quote.end : line.end]
    if (found := LABEL.fullmatch(before)) and not any(letter.isalnum() for letter in after):
        place = Span(*found.span(1))
    elif not before.strip() and (found := CREDIT.fullmatch(after)):
        place = Span(quote.end + found.start(1), quote.end + found.end(1))
    else:
        return None
    words = [at for at, word in enumerate(line.words) if place.start <= word.start < place.end]
    return QuoteLabel(quote, place, words) if words else None


def _is_shouted(line: Clauses) -> bool:
    """Return whether capitals show no names, as A Headline Writes Each Word With One."""
    quoted = [place for place in range(len(line.words)) if line.is_quoted(place)]
    long = [line.written(place)[0].isupper() for place in quoted[1:] if len(line.form(place)) > 3]
    return line.in_capitals or (bool(long) and sum(long) > len(long) / 2)


def _is_speaker(line: Clauses, start: int, end: int, *, shouted: bool) -> bool:
    """Return whether a label surely names who speaks."""
    forms = line.forms(start, end)
    grammar, code = line.grammar, line.language
    unsure = grammar.negating | grammar.doubting | grammar.contrasting | grammar.finite | TOPICS
    if any(line.form(at) in grammar.asking and not line.written(at).isupper() for at in range(start, end)):
        return False
    verbs = ACTIVE[code].keys() | QUOTING[code].keys()
    if len(forms) > MOST_WORDS or any(form in unsure or form in verbs for form in forms):
        return False
    if any(line.words[at].digits or (at > start and line.has_comma(at)) for at in range(start, end)):
        return False
    if len(forms) == 1 and line.written(start) in INITIALS[code]:
        return True
    if _is_full_name(line, start, end):
        return True
    if code == "ar":
        return _arabic(line, start, end)
    return {"en": _english, "fr": _french, "tr": _turkish}[code](line, start, end, shouted)


def _is_full_name(line: Clauses, start: int, end: int) -> bool:
    """Return whether words are a name that begins with a given name, with initials or with a title."""
    titles = TITLES[line.language]
    title = line.form(start) in titles
    first = start + 1 if title else start
    size = end - first
    if line.language == "ar":
        return (1 if title else 2) <= size <= LONGEST_NAME and (title or _is_arabic_name(line, first))
    capitals = all(line.written(at)[0].isupper() or line.form(at) in PARTICLES for at in range(first, end))
    if (
        not capitals
        or not 1 <= size <= LONGEST_NAME
        or VERBAL.search(line.form(end - 1))
        or len(line.form(end - 1)) < 2
    ):
        return False
    initials = sum(len(line.form(at)) == 1 for at in range(first, end))
    return title or (size > 1 and (line.form(first) in GIVEN_NAMES or initials == size - 1 > 0))


def _is_arabic_name(line: Clauses, place: int) -> bool:
    return line.form(place) in ARABIC_GIVEN_NAMES


def _names(line: Clauses, start: int, end: int, *, shouted: bool) -> bool:
    """Return whether what follows an office is nothing or the name of who holds it."""
    if start == end or _is_full_name(line, start, end):
        return True
    name = line.written(start)
    alone = end - start == 1 and line.form(start - 1) in HOLDERS[line.language] and not shouted
    return alone and name[0].isupper() and not VERBAL.search(line.form(start))


def _english(line: Clauses, start: int, end: int, shouted: bool) -> bool:
    offices = OFFICES["en"]
    stop = next((at for at in range(start, end) if line.form(at) in PREPOSITIONS), end)
    head = max((at for at in range(start, stop) if line.form(at) in offices), default=-1)
    if head < 0:
        return False
    for at in range(start, head):
        written, form = line.written(at), line.form(at)
        known = form in MODIFIERS or form in offices or NATIONALITY.match(written)
        capital = written[0].isupper() and not shouted and not VERBAL.search(form)
        if not (known or (len(written) > 1 and written.isupper() and not line.in_capitals) or capital):
            return False
    if stop == end:
        return _names(line, head + 1, end, shouted=shouted)
    rest = range(stop + 1, end)
    placed = all(
        line.form(at) in MODIFIERS | PREPOSITIONS | {"and"} or (line.written(at)[0].isupper() and not shouted)
        for at in rest
    )
    return head + 1 == stop and bool(rest) and placed


def _french(line: Clauses, start: int, end: int, shouted: bool) -> bool:
    determined = line.form(start) in {"le", "la", "l", "les", "un", "une", "des"}
    head = start + determined
    if head >= end or line.form(head) not in OFFICES["fr"] or not (determined or line.form(head) in BARE):
        return False
    if line.form(head) == "porte":
        head += 1
        if line.form(head) != "parole":
            return False
    at = head + 1
    while at < end:
        if line.form(at) in FRENCH_OF:
            at += 1
            at += line.form(at) in {"la", "l", "le", "les"}
            if at >= end:
                return False
        elif not ADJECTIVE.search(line.form(at)):
            return _names(line, at, end, shouted=shouted)
        at += 1
    return True


def _turkish(line: Clauses, start: int, end: int, shouted: bool) -> bool:
    forms = [line.form(at) for at in range(start, end)]
    member = MEMBER.search(line.text[line.words[start].start : line.words[min(start + 1, end - 1)].end])
    if member and end - start > 2:
        return all(line.written(at)[0].isupper() for at in range(start + 2, end)) and not shouted
    head = max((at for at in range(start, end) if line.form(at) in OFFICES["tr"]), default=-1)
    if head < 0 or head - start > 5 or any(TURKISH_VERB.search(form) for form in forms[head - start + 1 :]):
        return False
    before = range(start, head)
    if any(line.form(at) not in OFFICES["tr"] and _is_turkish_object(line, at) for at in before):
        return False
    last = line.form(end - 1)
    compound = head + 1 == end - 1 and re.search(r"[^aeiou][iu]$", last) and not re.search(r"(?:oglu|l[iu])$", last)
    return not compound and _names(line, head + 1, end, shouted=shouted)


def _is_turkish_object(line: Clauses, place: int) -> bool:
    """Return whether a word before an office has a case, or ends a clause, so that a verb may be left out."""
    form = line.form(place)
    return bool(TURKISH_CASE.search(form) or TURKISH_VERB.search(form)) or form in line.grammar.adding


def _arabic(line: Clauses, start: int, end: int) -> bool:
    if line.form(start) not in OFFICES["ar"]:
        return False
    for at in range(start + 1, end):
        form = line.form(at)
        if _is_arabic_name(line, at):
            return end - at <= 3
        if not (form.startswith(("ال", "لل", "وال")) or form in ARABIC_OF):
            return False
    return line.form(start).startswith("ال") or end - start > 1
