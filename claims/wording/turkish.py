"""Find attributions in Turkish sentences: the verb ends its clause, and endings of words tell who says what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.wording.attributed import Attributed, framed
from claims.wording.clauses import Line
from claims.wording.modality import ACTIVE, NOBODY, NOT_CONFIRMED, PASSIVE, Cue
from sources.language.languages.registry import LANGUAGES
from sources.language.numerals import NUMERALS
from sources.language.sentences import Span

LONGEST_SUBJECT = 160  # characters; a longer text is no name
MOST_WORDS = 8  # of a subject without a comma after it
SHORTEST_QUOTE = 1  # words
ACCORDING = LANGUAGES["tr"].speech.according[0]
AFTER_SPEAKER = re.compile(rf"\s(?:{LANGUAGES['tr'].speech.after_speaker})(?:\s.*)?$", re.DOTALL)
# A verb that may end a clause: past, reported past, present, future, aorist, and "is".
FINITE = re.compile(
    r"(?:(?:[fstkchp]t|[^fstkchp]d)[iu](?:lar|ler|k|m|n)?|m[iu]s(?:t[iu]r?|lar|ler)?|[iu]yor(?:lar|du)?|[ea]ca[kg](?:lar|t[iu]r)?|ecek(?:ler|tir)?"
    r"|maz|mez|m[ae]kt[ae](?:d[iu]r|ydi)?|[iu]r(?:lar|ler)|d[iu]r(?:lar|ler)?|yok|var|degil|[ao]l[iu]r)$"
)
NOT_FINITE = {"simdi", "ordu", "yurdu", "kendi", "adi", "cumhurbaskani", "hadi", "yedi", "kadi", "bandi", "haydi", "ciddi", "kedi", "cadi"}
# Inside a clause that is said: köprünün çöktüğünü, yıkılacağı, gitmediğini, olduklarına.
PARTICIPLE = re.compile(r"(?:[dt][iu]g[iu]|[dt][iu]kl[ae]r[iu]|[ea]cag[iu]|[ea]cakl[ae]r[iu]|m[ae]s[iu])(?:n[iuae]?|nin|nun|nda|nde)?$")
CASES = re.compile(r"(?:nin|nun|in|un|ya|ye|yi|yu|da|de|dan|den|ta|te|tan|ten|na|ne|nda|nde|ndan|nden|la|le|yla|yle)$")
POSSESSIVE = re.compile(r"(?:s[iu]|l[ae]r[iu]|[^aeiou][iu])$")
REFUSED = re.compile(r"m[ae]y[iu]$|m[ae]kten$|m[ae]ktan$")
ABLATIVE = re.compile(r"['’]?[dt][ae]n$")
AGENTIVE = re.compile(r"['’]?[cç][ae]$")
GENITIVE = re.compile(r"['’]n?[iıuü]n$")
STATEMENT = re.compile(r"(?:aciklamada|aciklamasinda|aciklamalarda|duyuruda|duyurusunda|bildiride|bildirisinde|raporda)$")
NEGATED = {"dogrulamadi", "dogrulamiyor", "dogrulamadilar", "dogrulamis", "teyit etmedi", "teyit etmiyor"}


def clauses(line: Line) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence: each ends with its verb, before a comma or a conjunction."""
    start = 0
    for place in range(1, len(line.words)):
        if line.is_quoted(place - 1) or line.words[place].start >= line.end:
            continue
        form, comma = line.form(place), line.has_comma(place) or bool(re.search("[;:]", line.gap(place)))
        ends = _is_finite(line, place - 1)
        if (";" in line.gap(place)) or (ends and comma) or (form in line.grammar.contrasting and (comma or ends)):
            yield start, place
            start = place
        elif ends and form in line.grammar.adding and not _continues(line, place):
            yield start, place
            start = place
    end = next((at for at, word in enumerate(line.words) if word.start >= line.end), len(line.words))
    if start < end:
        yield start, end


def _continues(line: Line, place: int) -> bool:
    return place + 1 >= len(line.words)


def _is_finite(line: Line, place: int) -> bool:
    form = line.form(place)
    if form in NOT_FINITE or len(form) < 3 or PARTICIPLE.search(form):
        return False
    return bool(FINITE.search(form)) and not (line.written(place)[0].isupper() and place)


def _without_conjunction(line: Line, start: int, end: int) -> int:
    joining = line.grammar.contrasting | line.grammar.adding | {"ise", "ayrica", "sonra", "boylece", "ardindan", "cunku"}
    while start < end and line.form(start) in joining:
        start += 1
    return start


def said(line: Line) -> Iterator[Attributed]:
    """X, … söyledi; … iddia edildi; … X tarafından açıklandı: the verb ends the clause."""
    if line.text.rstrip().endswith("?") and not line.quotes:
        return
    for start, end in clauses(line):
        first = _without_conjunction(line, start, end)
        for size in (2, 1):
            ending = " ".join(line.forms(end - size, end))
            verb = end - size
            if verb <= first or line.is_quoted(verb) or line.is_quoted(end - 1):
                continue
            if cue := PASSIVE["tr"].get(ending):
                yield from _passive(line, first, verb, Cue(cue.verb, cue.modality), end)
                break
            if cue := _active(line, ending, first, verb):
                yield from _spoken(line, first, verb, cue, end)
                break


def _active(line: Line, ending: str, first: int, verb: int) -> Cue | None:
    """Return what a verb attributes, or None where it is refused or supposed."""
    if _is_supposed(line, first, verb):
        return None
    if ending in NEGATED:
        return Cue("doğrulamak", NOT_CONFIRMED)
    cue = ACTIVE["tr"].get(ending)
    return None if cue is None or REFUSED.search(line.form(verb - 1)) else cue


def _is_supposed(line: Line, start: int, end: int) -> bool:
    """Return whether words say that something is only supposed, or that neither … nor … says it."""
    plain = [
        line.form(at) for at in range(start, end) if not line.is_quoted(at) and line.gap(at) not in {"'", "’"}
    ]
    return bool(line.grammar.doubting & set(plain)) or plain.count("ne") > 1


def _spoken(line: Line, first: int, verb: int, cue: Cue, end: int) -> Iterator[Attributed]:
    quote = next((quote for quote in line.quotes if 0 <= line.words[verb].start - quote.end <= 3), None)
    opening = next((at for at in range(first, verb) if quote and line.words[at].start >= quote.start), verb)
    if quote:
        found = _subject_before(line, first, opening) or _subject_after(line, end)
        if found:
            yield from framed(line, found, cue, "direct", quote, first if found.start < quote.start else verb, end - 1)
        return
    statement = _statement(line, first, verb)
    if statement:
        speaker, begin = statement
        if speaker and (content := line.span(begin, verb)):
            yield from framed(line, speaker, cue, "indirect", content, first, end - 1)
        return
    speaker, begin = _subject(line, first, verb)
    content = line.span(begin, verb)
    if speaker is None or content is None or set(line.forms(begin, verb)) <= line.grammar.empty:
        return
    yield from framed(line, speaker, cue, "indirect", content, end - 1)


def _subject_before(line: Line, first: int, opening: int) -> Span | None:
    """Return the subject that stands before a quotation."""
    pieces = line.segments(first, opening)
    for start, end in pieces:
        if not _is_nominal(line, start, end):
            continue
        found = line.trimmed(line.words[start].start, line.words[end - 1].end)
        if found:
            return _bare_speaker(line, found)
    return None


def inverted(line: Line) -> Iterator[Attributed]:
    """“…” dedi Vali Ahmet Kaya."""
    for quote in line.quotes:
        verb = next((at for at, word in enumerate(line.words) if word.start >= quote.end), None)
        cue = ACTIVE["tr"].get(line.form(verb)) if verb is not None else None
        if verb is None or cue is None or line.words[verb].start - quote.end > 3 or verb + 1 >= len(line.words):
            continue
        speaker = None if line.has_comma(verb + 1) or line.is_hard(verb + 1) else _subject_after(line, verb + 1)
        if speaker:
            yield from framed(line, speaker, cue, "direct", quote, verb)


def _subject_after(line: Line, end: int) -> Span | None:
    """Return the subject that follows its verb: “…” dedi Vali Ahmet Kaya."""
    stop = next((at for at in range(end, len(line.words)) if line.has_comma(at) or line.is_hard(at)), len(line.words))
    stop = next((at for at in range(end, stop) if line.words[at].start >= line.end), stop)
    return line.span(end, stop) if end < stop and _is_nominal(line, end, stop) else None


def _is_nominal(line: Line, start: int, end: int) -> bool:
    """Return whether words are a noun phrase in the first case, and no clause, time or place."""
    if start >= end or line.words[end - 1].end - line.words[start].start > LONGEST_SUBJECT:
        return False
    if any(_is_finite(line, at) or PARTICIPLE.search(line.form(at)) for at in range(start, end)):
        return False
    if _is_supposed(line, start, end) or set(line.forms(start, end)) & line.grammar.contrasting:
        return False
    last = line.form(end - 1)
    return not (re.match(line.grammar.adjuncts, last) or (CASES.search(last) and _is_oblique(line, end - 1)))


def _is_oblique(line: Line, place: int) -> bool:
    """Return whether a word has a case ending: after an apostrophe in a name, or with others like it."""
    form = line.form(place)
    if line.text[line.words[place].start - 1 : line.words[place].start] in {"'", "’"}:
        return True
    return bool(re.search(r"(?:nin|nun|da|de|dan|den|tan|ten|nda|nde|ndan|nden|yla|yle)$", form)) and len(form) > 4


def _is_time(line: Line, start: int, end: int) -> bool:
    return all(re.match(line.grammar.adjuncts, line.form(at)) for at in range(start, end))


def _bare_speaker(line: Line, found: Span) -> Span | None:
    name = AFTER_SPEAKER.sub("", line.text[found.start : found.end])
    return line.trimmed(found.start, found.start + len(name))


def _subject(line: Line, first: int, verb: int) -> tuple[Span | None, int]:
    """Return the subject of a clause, and the word where what is said begins."""
    pieces = line.segments(first, verb)
    if len(pieces) > 1:
        for at, (start, end) in enumerate(pieces[:-1]):
            if _is_nominal(line, start, end):
                found = line.trimmed(line.words[start].start, line.words[end - 1].end)
                begin = next((one for one, last in pieces[at + 1 : -1] if not _is_time(line, one, last)), pieces[-1][0])
                return (_bare_speaker(line, found) if found else None), begin
            if not (re.match(line.grammar.adjuncts, line.form(end - 1)) or _is_oblique(line, end - 1)):
                return None, first
        first = pieces[-1][0]
    while first < verb and re.match(line.grammar.adjuncts, line.form(first)) and not _names(line, first):
        first += 1
    end = _noun_phrase_end(line, first, verb)
    if end == first or end >= verb:
        return None, first
    return line.span(first, end), end


def _names(line: Line, place: int) -> bool:
    return place > 0 and line.written(place)[0].isupper() and not line.in_capitals


def _noun_phrase_end(line: Line, first: int, verb: int) -> int:
    """Return where the noun phrase in the first case ends that opens a clause: belediye başkanı | köprünün …."""
    end = first
    while end < min(verb, first + MOST_WORDS):
        form, following = line.form(end), line.form(end + 1)
        if line.words[end].digits or PARTICIPLE.search(form) or _is_finite(line, end):
            break
        if re.match(line.grammar.adjuncts, form):
            return first if end == first else end
        apostrophe = line.text[line.words[end].end : line.words[end].end + 1] in {"'", "’"} and end + 1 < verb
        if apostrophe or _is_oblique(line, end) or _is_genitive(line, end):
            break
        if end > first and (form in NUMERALS["tr"] or form in line.grammar.determiners):
            break
        if end > first and POSSESSIVE.search(form) and (PARTICIPLE.search(following) or end + 1 == verb):
            break  # an object: köyleri aldığını
        if end > first and not _may_follow(line, end):
            return first  # "sahil güvenlik": perhaps one noun, perhaps not
        end += 1
    return end


def _is_genitive(line: Line, place: int) -> bool:
    form = line.form(place)
    capital = line.written(place)[0].isupper() and place > 0
    return len(form) > 4 and bool(re.search(r"[iu]n$", form)) and not capital


def _may_follow(line: Line, place: int) -> bool:
    """Return whether a word still belongs to the noun before it: a name, or a noun with a possessive ending."""
    capital = line.written(place)[0].isupper() and not line.in_capitals
    if capital and line.written(place - 1)[0].isupper():
        return True
    following_possessive = POSSESSIVE.search(line.form(place + 1)) and not PARTICIPLE.search(line.form(place + 1))
    return capital or bool(POSSESSIVE.search(line.form(place))) or bool(following_possessive)


def _passive(line: Line, first: int, verb: int, cue: Cue, end: int) -> Iterator[Attributed]:
    """… belediye tarafından açıklandı; belediyeden yapılan açıklamada … bildirildi; … iddia edildi names nobody."""
    if _is_supposed(line, first, verb):
        return
    active = _active_of(cue.verb)
    if statement := _statement(line, first, verb):
        speaker, begin = statement
        content = line.span(begin, verb)
        quote = next((quote for quote in line.quotes if 0 <= line.words[verb].start - quote.end <= 3), None)
        directness = "direct" if quote else "indirect"
        if content:
            yield from framed(
                line, speaker, active if speaker else cue, directness, quote or content, first, end - 1
            )
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


def _agent(line: Line, first: int, verb: int) -> tuple[Span | None, int, int] | None:
    """Return the agent of a passive with the bounds of what it says; None for the agent where we are not sure."""
    by = next((at for at in range(verb - 1, first, -1) if line.form(at) in line.speech.agents), None)
    if by is not None:
        if not all(re.match(line.grammar.adjuncts, line.form(at)) for at in range(by + 1, verb)):
            inner = any(PARTICIPLE.search(line.form(at)) for at in range(by + 1, min(by + 4, verb)))
            return None if inner and any(PARTICIPLE.search(line.form(at)) for at in range(by + 1, by + 2)) else (None, 0, 0)
        start = _said_end(line, first, by)
        return (line.span(start, by), first, start) if first < start < by else (None, 0, 0)
    for place in (verb - 1, first):
        form = line.form(place)
        agentive = len(form) > 4 and AGENTIVE.search(form) and form not in line.grammar.means
        if not agentive or PARTICIPLE.search(form) or (place == first and line.form(first + 1) in line.grammar.means):
            continue
        stem = AGENTIVE.sub("", line.text[line.words[place].start : line.words[place].end])
        speaker = Span(line.words[place].start, line.words[place].start + len(stem))
        return (speaker, first, place) if place > first else (speaker, first + 1, verb)
    return None


def _said_end(line: Line, first: int, by: int) -> int:
    """Return where what is said ends before "X tarafından": after its last participle."""
    return next((at + 1 for at in range(by - 1, first, -1) if PARTICIPLE.search(line.form(at)) or line.has_comma(at + 1)), first)


def _statement(line: Line, first: int, verb: int) -> tuple[Span | None, int] | None:
    """Return who made the statement in which something is said, and where that begins: valilikten yapılan açıklamada."""
    place = next((at for at in range(first, verb) if STATEMENT.search(line.form(at)) and not line.is_quoted(at)), None)
    if place is None:
        return None
    made = next((at for at in range(place - 1, first - 1, -1) if line.form(at) in {"yapilan", "yayimlanan", "yayinlanan"}), None)
    stop = place if made is None else made
    while stop > first and line.form(stop - 1) in {"yazili", "yaptigi", "resmi", "konuya", "iliskin", "konuyla", "ilgili", "dun", "bugun"}:
        stop -= 1
    if stop == first:
        return None, place + 1
    by = stop - 1 if line.form(stop - 1) in line.speech.agents else stop
    start = next((at for at in range(by - 1, first, -1) if line.has_comma(at)), first)
    ending = {"agent": None, "made": ABLATIVE if ABLATIVE.search(line.form(by - 1)) else AGENTIVE, "own": None}["agent" if by < stop else "made" if made is not None else "own"]
    if any(_is_finite(line, at) or PARTICIPLE.search(line.form(at)) for at in range(start, by)):
        return None, place + 1
    return _without_ending(line, start, by, ending), place + 1


def _without_ending(line: Line, start: int, end: int, ending: re.Pattern[str] | None) -> Span | None:
    """Return a name without the case ending of its last word, after an apostrophe or in it."""
    if start >= end:
        return None
    last = line.words[end - 1]
    if line.text[last.start - 1 : last.start] in {"'", "’"}:
        return line.trimmed(line.words[start].start, last.start - 1)
    found = ending.search(line.text, last.start, last.end) if ending else None
    stop = found.start() if found and found.start() > last.start + 2 else last.end
    return line.trimmed(line.words[start].start, stop)


def according(line: Line) -> Iterator[Attributed]:
    """X’e göre, …; iddiaya göre … names nobody."""
    bounds_of = list(clauses(line)) if any(word.form == "gore" for word in line.words) else []
    for place, word in enumerate(line.words):
        if word.form != "gore" or line.is_quoted(place) or not place:
            continue
        bounds = next(((start, end) for start, end in bounds_of if start <= place < end), None)
        if bounds is None:
            continue
        first = _without_conjunction(line, *bounds)
        content, begin, named = _according_parts(line, first, place, bounds[1])
        if content is None or not named:
            continue
        unnamed = line.speech.unnamed & set(line.forms(place - 2, place))
        if unnamed:
            yield from framed(line, None, Cue(ACCORDING, NOBODY), "indirect", content, begin, place)
        elif speaker := _according_speaker(line, begin, place):
            yield from framed(line, speaker, Cue(ACCORDING, "asserts"), "indirect", content, begin, place)


def _according_parts(line: Line, first: int, place: int, end: int) -> tuple[Span | None, int, bool]:
    """Return what is said before or after "göre", and where the name before it begins."""
    commas = [at for at in range(first + 1, place + 1) if line.has_comma(at)]
    if place + 1 < end:
        clause = any(_is_finite(line, at) for at in range(first, place))
        begin = commas[-1] if commas and clause else first
        return line.span(place + 1, end), begin, True
    if first == 0 or commas:  # Dokuz kişi öldü, polise göre.
        begin = commas[-1] if commas else first
        return line.span(first, begin), begin, bool(commas)
    previous = [bounds for bounds in clauses(line) if bounds[1] == first]
    return (line.span(*previous[0]) if previous else None), first, bool(previous)


def _according_speaker(line: Line, begin: int, place: int) -> Span | None:
    """Return the name before "göre", without its ending and without "the report of"."""
    stop = place
    if place - begin > 1 and line.form(place - 1) in line.speech.publications:
        stop -= 1
        while stop > begin + 1 and line.form(stop - 1) in {"yazili", "yaptigi", "resmi", "son"}:
            stop -= 1
    if any(_is_finite(line, at) or PARTICIPLE.search(line.form(at)) for at in range(begin, stop)):
        return None
    if _is_supposed(line, begin, stop):
        return None
    return _without_ending(line, begin, stop, re.compile(r"(?:ya|ye|na|ne|a|e)$") if stop == place else None)


PATTERNS = (according, inverted, said)
