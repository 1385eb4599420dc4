"""Find attributions in Turkish sentences: the verb ends its clause, and endings of words tell who says what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.wording.attributed import Attributed, framed
from claims.wording.clauses import Clauses
from claims.wording.headlines import labelled
from claims.wording.modality import ACTIVE, NOBODY, NOT_CONFIRMED, PASSIVE, QUOTING, Cue
from claims.wording.turkish_subjects import (
    PARTICIPLE,
    clauses,
    is_finite,
    is_nominal,
    is_supposed,
    subject,
    subject_after,
    subject_before,
    without_conjunction,
    without_ending,
)
from sources.language.languages.registry import LANGUAGES
from sources.language.sentences import Span

ACCORDING = LANGUAGES["tr"].speech.according[0]
# Verbs that as often tell of an act that is no statement, with what is no clause before them: kararı paylaştı.
AMBIGUOUS = frozenset(form for verb in LANGUAGES["tr"].speech.verbs if verb.ambiguous for form in verb.active)
REFUSED = re.compile(r"m[ae]y[iu]$|m[ae]kten$|m[ae]ktan$")
ABLATIVE = re.compile(r"['’]?[dt][ae]n$")
AGENTIVE = re.compile(r"['’]?[cç][ae]$")
STATEMENT = re.compile(
    r"(?:aciklamada|aciklamasinda|aciklamalarda|duyuruda|duyurusunda|bildiride|bildirisinde|raporda)$"
)
# "Valilik tarafından köprünün kapatıldığı açıklandı": who announces, or who closed the bridge?
GENITIVE = re.compile(r"\w{2,}[iu]n$")
RELATIVE = re.compile(r"[ae]n$|[dt][iu]g[iu]$")
BY_SOMEBODY = re.compile(r"(?:[iu]l|[iu]n|[ae]n)(?=d[iu](?:g|kl)|[ae]ca[gk]|m[ae]s)")  # a passive has an agent too
ANNOUNCED = {"aciklandi", "duyuruldu", "ilan edildi"}  # by somebody; others, as "it is reported", need nobody
NEGATED = {"dogrulamadi", "dogrulamiyor", "dogrulamadilar", "dogrulamis", "teyit etmedi", "teyit etmiyor"}


def said(line: Clauses) -> Iterator[Attributed]:
    """X, … söyledi; … iddia edildi; … X tarafından açıklandı: the verb ends the clause."""
    if line.text.rstrip().endswith("?") and not line.quotes:
        return
    for start, end in clauses(line):
        first = without_conjunction(line, start, end)
        for size in (3, 2, 1):
            ending = " ".join(line.forms(end - size, end))
            verb = end - size
            if verb <= first or line.is_quoted(verb) or line.is_quoted(end - 1):
                continue
            told = _told(line, first, verb)
            if cue := PASSIVE["tr"].get(ending):
                yield from _passive(line, first, told, Cue(cue.verb, cue.modality), end)
                break
            if cue := _active(line, ending, first, verb):
                if _is_said(line, ending, told):
                    yield from _spoken(line, first, told, cue, end)
                break


def _told(line: Clauses, first: int, verb: int) -> int:
    """Return the place after the last word of the speech: the verb, or “diye” where a quotation ends before it."""
    before = line.text[: line.words[verb - 1].start].rstrip(" \u00a0")
    quoted = line.form(verb - 1) == "diye" and any(quote.end == len(before) for quote in line.quotes)
    return verb - 1 if quoted and verb - 1 > first else verb


def _active(line: Clauses, ending: str, first: int, verb: int) -> Cue | None:
    """Return what a verb attributes, or None where it is refused or supposed."""
    if is_supposed(line, first, verb):
        return None
    if ending in NEGATED:
        return Cue("doğrulamak", NOT_CONFIRMED)
    cue = ACTIVE["tr"].get(ending) or QUOTING["tr"].get(ending)
    return None if cue is None or REFUSED.search(line.form(verb - 1)) else cue


def _is_said(line: Clauses, ending: str, verb: int) -> bool:
    """Return whether what stands before a verb may be said: for some a quotation only, for others a clause too."""
    if _quote_before(line, verb):
        return True
    clause = ending not in AMBIGUOUS or bool(PARTICIPLE.search(line.form(verb - 1)))
    return clause and ending not in QUOTING["tr"]


def _quote_before(line: Clauses, place: int) -> Span | None:
    """Return the quotation that ends before a word."""
    return next((quote for quote in line.quotes if 0 <= line.words[place].start - quote.end <= 3), None)


def _spoken(line: Clauses, first: int, verb: int, cue: Cue, end: int) -> Iterator[Attributed]:
    quote = _quote_before(line, verb)
    opening = next((at for at in range(first, verb) if quote and line.words[at].start >= quote.start), verb)
    if quote:
        found = subject_before(line, first, opening) or subject_after(line, end)
        if found:
            yield from framed(line, found, cue, "direct", quote, first if found.start < quote.start else verb, end - 1)
        return
    statement = _statement(line, first, verb)
    if statement:
        speaker, begin = statement
        if speaker and (content := line.span(begin, verb)):
            yield from framed(line, speaker, cue, "indirect", content, first, end - 1)
        return
    speaker, begin = subject(line, first, verb)
    content = line.span(begin, verb)
    if speaker is None or content is None or set(line.forms(begin, verb)) <= line.grammar.empty:
        return
    yield from framed(line, speaker, cue, "indirect", content, end - 1)


def inverted(line: Clauses) -> Iterator[Attributed]:
    """“…” dedi Vali Ahmet Kaya."""
    for quote in line.quotes:
        told = next((at for at, word in enumerate(line.words) if word.start >= quote.end), len(line.words))
        verb = told + (line.form(told) == "diye")
        cue = ACTIVE["tr"].get(line.form(verb)) or ACTIVE["tr"].get(" ".join(line.forms(told, verb + 1)))
        if cue is None or line.words[told].start - quote.end > 3 or verb + 1 >= len(line.words):
            continue
        speaker = None if line.has_comma(verb + 1) or line.is_hard(verb + 1) else subject_after(line, verb + 1)
        if speaker:
            yield from framed(line, speaker, cue, "direct", quote, verb)


def _passive(line: Clauses, first: int, verb: int, cue: Cue, end: int) -> Iterator[Attributed]:
    """… belediye tarafından açıklandı; belediyeden yapılan açıklamada … bildirildi; … iddia edildi names nobody."""
    if is_supposed(line, first, verb):
        return
    active = _active_of(cue.verb)
    if statement := _statement(line, first, verb):
        speaker, begin = statement
        content = line.span(begin, verb)
        quote = _quote_before(line, verb)
        directness = "direct" if quote else "indirect"
        if content:
            yield from framed(line, speaker, active if speaker else cue, directness, quote or content, first, end - 1)
        return
    agent = _agent(line, first, verb)
    if agent:
        speaker, begin, stop = agent
        content = line.span(begin, stop)
        if speaker and content:
            yield from framed(line, speaker, active, "indirect", content, first, end - 1)
        return
    content = line.span(first, verb)
    if content:
        yield from framed(line, None, cue, "indirect", content, first, end - 1)


def _active_of(lemma: str) -> Cue:
    return next(cue for cue in ACTIVE["tr"].values() if cue.verb == lemma)


def _agent(line: Clauses, first: int, verb: int) -> tuple[Span | None, int, int] | None:
    """Return the agent of a passive with the bounds of what it says; None for the agent where we are not sure."""
    by = next((at for at in range(verb - 1, first, -1) if line.form(at) in line.speech.agents), None)
    if by is not None:
        if speaker := _agent_first(line, first, by, verb):
            return speaker, by + 1, verb
        if not all(re.match(line.grammar.adjuncts, line.form(at)) for at in range(by + 1, verb)):
            inner = any(PARTICIPLE.search(line.form(at)) for at in range(by + 1, min(by + 4, verb)))
            return (
                None
                if inner and any(PARTICIPLE.search(line.form(at)) for at in range(by + 1, by + 2))
                else (None, 0, 0)
            )
        start = _said_end(line, first, by)
        named = next((at for at in range(start, by) if not re.match(line.grammar.adjuncts, line.form(at))), by)
        return (line.span(named, by), first, start) if first < start <= named < by else (None, 0, 0)
    for place in (verb - 1, first):
        form = line.form(place)
        agentive = len(form) > 4 and AGENTIVE.search(form) and form not in line.grammar.means
        if not agentive or PARTICIPLE.search(form) or (place == first and line.form(first + 1) in line.grammar.means):
            continue
        stem = AGENTIVE.sub("", line.text[line.words[place].start : line.words[place].end])
        speaker = Span(line.words[place].start, line.words[place].start + len(stem))
        return (speaker, first, place) if place > first else (speaker, first + 1, verb)
    return None


def _agent_first(line: Clauses, first: int, by: int, verb: int) -> Span | None:
    """Return the agent before what is said: Valilik tarafından köprünün çöktüğü açıklandı.

    None where the agent may be that of the clause that is said. Its subject must follow the agent at once, in the
    genitive; a passive in it must be announced, as what is done by somebody may be claimed by nobody.
    """
    named = next((at for at in range(first, by) if not re.match(line.grammar.adjuncts, line.form(at))), by)
    whose = next((at for at in range(by + 1, min(by + 4, verb)) if GENITIVE.search(line.form(at))), None)
    if whose is None or any(RELATIVE.search(line.form(at)) for at in range(by + 1, whose)):
        return None
    said = [at for at in range(whose + 1, verb) if PARTICIPLE.search(line.form(at))]
    if said != [verb - 1] or any(line.has_comma(at) for at in range(first + 1, verb)):
        return None
    announced = " ".join(line.forms(verb, verb + 1)) in ANNOUNCED or " ".join(line.forms(verb, verb + 2)) in ANNOUNCED
    if BY_SOMEBODY.search(line.form(verb - 1)) and not announced:
        return None
    return line.span(named, by) if is_nominal(line, named, by) else None


def _said_end(line: Clauses, first: int, by: int) -> int:
    """Return where what is said ends before "X tarafından": after its last participle."""
    return next(
        (at + 1 for at in range(by - 1, first, -1) if PARTICIPLE.search(line.form(at)) or line.has_comma(at + 1)), first
    )


def _statement(line: Clauses, first: int, verb: int) -> tuple[Span | None, int] | None:
    """Return who made the statement in which something is said, and where that begins."""
    place = next((at for at in range(first, verb) if STATEMENT.search(line.form(at)) and not line.is_quoted(at)), None)
    if place is None:
        return None
    made = next(
        (at for at in range(place - 1, first - 1, -1) if line.form(at) in {"yapilan", "yayimlanan", "yayinlanan"}), None
    )
    stop = place if made is None else made
    while stop > first and line.form(stop - 1) in {
        "yazili",
        "yaptigi",
        "resmi",
        "konuya",
        "iliskin",
        "konuyla",
        "ilgili",
        "dun",
        "bugun",
    }:
        stop -= 1
    if stop == first:
        return None, place + 1
    by = stop - 1 if line.form(stop - 1) in line.speech.agents else stop
    start = next((at for at in range(by - 1, first, -1) if line.has_comma(at)), first)
    ending = {"agent": None, "made": ABLATIVE if ABLATIVE.search(line.form(by - 1)) else AGENTIVE, "own": None}[
        "agent" if by < stop else "made" if made is not None else "own"
    ]
    if any(is_finite(line, at) or PARTICIPLE.search(line.form(at)) for at in range(start, by)):
        return None, place + 1
    return without_ending(line, start, by, ending), place + 1


def according(line: Clauses) -> Iterator[Attributed]:
    """X’e göre, …; iddiaya göre … names nobody."""
    bounds_of = list(clauses(line)) if any(word.form == "gore" for word in line.words) else []
    for place, word in enumerate(line.words):
        if word.form != "gore" or line.is_quoted(place) or not place:
            continue
        bounds = next(((start, end) for start, end in bounds_of if start <= place < end), None)
        if bounds is None:
            continue
        first = without_conjunction(line, *bounds)
        content, begin, named = _according_parts(line, first, place, bounds[1])
        if content is None or not named:
            continue
        unnamed = line.speech.unnamed & set(line.forms(place - 2, place))
        if unnamed:
            yield from framed(line, None, Cue(ACCORDING, NOBODY), "indirect", content, begin, place)
        elif speaker := _according_speaker(line, begin, place):
            yield from framed(line, speaker, Cue(ACCORDING, "asserts"), "indirect", content, begin, place)


def _according_parts(line: Clauses, first: int, place: int, end: int) -> tuple[Span | None, int, bool]:
    """Return what is said before or after "göre", and where the name before it begins."""
    commas = [at for at in range(first + 1, place + 1) if line.has_comma(at)]
    if place + 1 < end:
        clause = any(is_finite(line, at) for at in range(first, place))
        begin = commas[-1] if commas and clause else first
        begin = next((at for at in range(place - 1, begin, -1) if ":" in line.gap(at)), begin)
        return line.span(place + 1, end), begin, True
    if first == 0 or commas:  # Dokuz kişi öldü, polise göre.
        begin = commas[-1] if commas else first
        return line.span(first, begin), begin, bool(commas)
    previous = [bounds for bounds in clauses(line) if bounds[1] == first]
    return (line.span(*previous[0]) if previous else None), first, bool(previous)


def _according_speaker(line: Clauses, begin: int, place: int) -> Span | None:
    """Return the name before "göre", without its ending and without "the report of"."""
    stop = place
    if place - begin > 1 and line.form(place - 1) in line.speech.publications:
        stop -= 1
        while stop > begin + 1 and line.form(stop - 1) in {"yazili", "yaptigi", "resmi", "son"}:
            stop -= 1
    if any(is_finite(line, at) or PARTICIPLE.search(line.form(at)) for at in range(begin, stop)):
        return None
    if is_supposed(line, begin, stop):
        return None
    return without_ending(line, begin, stop, re.compile(r"(?:ya|ye|na|ne|a|e)$") if stop == place else None)


PATTERNS = (according, inverted, said, labelled)
