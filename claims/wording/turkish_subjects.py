"""Find the clauses of a Turkish sentence and their subjects by the endings of words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.wording.clauses import Clauses
from sources.language.languages.registry import LANGUAGES
from sources.language.numerals import NUMERALS
from sources.language.sentences import Span

LONGEST_SUBJECT = 160  # characters; a longer text is no name
MOST_WORDS = 8  # of a subject without a comma after it
AFTER_SPEAKER = re.compile(rf"\s(?:{LANGUAGES['tr'].speech.after_speaker})(?:\s.*)?$", re.DOTALL)
# A verb that may end a clause: past, reported past, present, future, aorist, and "is".
FINITE = re.compile(
    r"(?:(?:[fstkchp]t|[^fstkchp]d)[iu](?:lar|ler|k|m|n)?|m[iu]s(?:t[iu]r?|lar|ler)?|[iu]yor(?:lar|du)?"
    r"|[ea]ca[kg](?:lar|t[iu]r)?|ecek(?:ler|tir)?|maz|mez|m[ae]kt[ae](?:d[iu]r|ydi)?|[iu]r(?:lar|ler)|d[iu]r(?:lar|ler)?|yok|var|degil|[ao]l[iu]r)$"
)
NOT_FINITE = frozenset(
    [
        "simdi",
        "ordu",
        "yurdu",
        "kendi",
        "adi",
        "cumhurbaskani",
        "hadi",
        "yedi",
        "kadi",
        "bandi",
        "haydi",
        "ciddi",
        "kedi",
        "cadi",
    ]
)
# Inside a clause that is said: köprünün çöktüğünü, yıkılacağı, gitmediğini, olduklarına.
PARTICIPLE = re.compile(
    r"(?:[dt][iu]g[iu]|[dt][iu]kl[ae]r[iu]|[ea]cag[iu]|[ea]cakl[ae]r[iu]|m[ae]s[iu])(?:n[iuae]?|nin|nun|nda|nde)?$"
)
GENITIVE_PLURAL = re.compile(r"l[ae]rin$")  # köylerin, whose verb is in what is said
SOFTENED = "ğĞ"  # mostly k before an ending: valilik, valiliğe
POSSESSIVE = re.compile(r"(?:s[iu]|l[ae]r[iu]|[^aeiou][iu])$")


def clauses(line: Clauses) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence: each ends with its verb, before a comma or a conjunction."""
    start = 0
    for place in range(1, len(line.words)):
        if line.is_quoted(place - 1) or line.words[place].start >= line.end:
            continue
        form, comma = line.form(place), line.has_comma(place) or bool(re.search("[;:]", line.gap(place)))
        ends = is_finite(line, place - 1)
        if (
            (";" in line.gap(place))
            or (ends and comma)
            or (form in line.grammar.contrasting and (comma or ends))
            or (ends and form in line.grammar.adding and not _continues(line, place))
        ):
            yield start, place
            start = place
    end = next((at for at, word in enumerate(line.words) if word.start >= line.end), len(line.words))
    if start < end:
        yield start, end


def _continues(line: Clauses, place: int) -> bool:
    return place + 1 >= len(line.words)


def is_finite(line: Clauses, place: int) -> bool:
    """Return whether a word may be the verb that ends a clause."""
    form = line.form(place)
    if form in NOT_FINITE or len(form) < 3 or PARTICIPLE.search(form):
        return False
    return bool(FINITE.search(form)) and not (line.written(place)[0].isupper() and place)


def without_conjunction(line: Clauses, start: int, end: int) -> int:
    """Return the first word of a clause after the words that join it to another."""
    joining = (
        line.grammar.contrasting | line.grammar.adding | {"ise", "ayrica", "sonra", "boylece", "ardindan", "cunku"}
    )
    while start < end and line.form(start) in joining:
        start += 1
    return start


def is_supposed(line: Clauses, start: int, end: int) -> bool:
    """Return whether words say that something is only supposed, or that neither … nor … says it."""
    plain = [line.form(at) for at in range(start, end) if not line.is_quoted(at) and line.gap(at) not in {"'", "’"}]
    return bool(line.grammar.doubting & set(plain)) or plain.count("ne") > 1


def subject_before(line: Clauses, first: int, opening: int) -> Span | None:
    """Return the subject that stands before a quotation."""
    pieces = line.segments(first, opening)
    for start, end in pieces:
        if not is_nominal(line, start, end):
            continue
        found = line.trimmed(line.words[start].start, line.words[end - 1].end)
        if found:
            return _bare_speaker(line, found)
    return None


def subject_after(line: Clauses, end: int) -> Span | None:
    """Return the subject that follows its verb: “…” dedi Vali Ahmet Kaya."""
    stop = next((at for at in range(end, len(line.words)) if line.has_comma(at) or line.is_hard(at)), len(line.words))
    stop = next((at for at in range(end, stop) if line.words[at].start >= line.end), stop)
    return line.span(end, stop) if end < stop and is_nominal(line, end, stop) else None


def is_nominal(line: Clauses, start: int, end: int) -> bool:
    """Return whether words are a noun phrase in the first case, and no clause, time or place."""
    if start >= end or line.words[end - 1].end - line.words[start].start > LONGEST_SUBJECT:
        return False
    if any(is_finite(line, at) or PARTICIPLE.search(line.form(at)) for at in range(start, end)):
        return False
    if is_supposed(line, start, end) or set(line.forms(start, end)) & line.grammar.contrasting:
        return False
    last = line.form(end - 1)
    if GENITIVE_PLURAL.search(last):
        return False
    return not (re.match(line.grammar.adjuncts, last) or _is_oblique(line, end - 1))


def _is_oblique(line: Clauses, place: int) -> bool:
    """Return whether a word has a case ending: after an apostrophe in a name, or with others like it."""
    form = line.form(place)
    if line.text[line.words[place].start - 1 : line.words[place].start] in {"'", "’"}:
        return True
    return bool(re.search(r"(?:nin|nun|da|de|dan|den|tan|ten|nda|nde|ndan|nden|yla|yle)$", form)) and len(form) > 4


def _is_time(line: Clauses, start: int, end: int) -> bool:
    return all(re.match(line.grammar.adjuncts, line.form(at)) for at in range(start, end))


def _bare_speaker(line: Clauses, found: Span) -> Span | None:
    name = AFTER_SPEAKER.sub("", line.text[found.start : found.end])
    return line.trimmed(found.start, found.start + len(name))


def subject(line: Clauses, first: int, verb: int) -> tuple[Span | None, int]:
    """Return the subject of a clause, and the word where what is said begins."""
    pieces = line.segments(first, verb)
    if len(pieces) > 1:
        for at, (start, end) in enumerate(pieces[:-1]):
            if is_nominal(line, start, end):
                found = line.trimmed(line.words[start].start, line.words[end - 1].end)
                begin = next((one for one, last in pieces[at + 1 : -1] if not _is_time(line, one, last)), pieces[-1][0])
                return (_bare_speaker(line, found) if found else None), begin
            aside = re.match(line.grammar.adjuncts, line.form(end - 1)) or _is_oblique(line, end - 1)
            if not aside or GENITIVE_PLURAL.search(line.form(end - 1)):
                return None, first
        first = pieces[-1][0]
    while first < verb and re.match(line.grammar.adjuncts, line.form(first)) and not _names(line, first):
        first += 1
    end = _noun_phrase_end(line, first, verb)
    if end == first or end >= verb:
        return None, first
    return line.span(first, end), end


def _names(line: Clauses, place: int) -> bool:
    return place > 0 and line.written(place)[0].isupper() and not line.in_capitals


def _noun_phrase_end(line: Clauses, first: int, verb: int) -> int:
    """Return where the noun phrase in the first case ends that opens a clause: belediye başkanı | köprünün …."""
    end = first
    while end < min(verb, first + MOST_WORDS):
        form, following = line.form(end), line.form(end + 1)
        if line.words[end].digits or PARTICIPLE.search(form) or is_finite(line, end):
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


def _is_genitive(line: Clauses, place: int) -> bool:
    form = line.form(place)
    capital = line.written(place)[0].isupper() and place > 0
    return len(form) > 4 and bool(re.search(r"[iu]n$", form)) and not capital


def _may_follow(line: Clauses, place: int) -> bool:
    """Return whether a word still belongs to the noun before it: a name, or a noun with a possessive ending."""
    capital = line.written(place)[0].isupper() and not line.in_capitals
    if capital and line.written(place - 1)[0].isupper():
        return True
    following_possessive = POSSESSIVE.search(line.form(place + 1)) and not PARTICIPLE.search(line.form(place + 1))
    return capital or bool(POSSESSIVE.search(line.form(place))) or bool(following_possessive)


def without_ending(line: Clauses, start: int, end: int, ending: re.Pattern[str] | None) -> Span | None:
    """Return a name without the case ending of its last word, after an apostrophe or in it where that leaves a word."""
    if start >= end:
        return None
    last = line.words[end - 1]
    if line.text[last.start - 1 : last.start] in {"'", "’"}:
        return line.trimmed(line.words[start].start, last.start - 1)
    found = ending.search(line.text, last.start, last.end) if ending else None
    whole = found is None or found.start() <= last.start + 2 or line.text[found.start() - 1] in SOFTENED
    stop = last.end if found is None or whole else found.start()
    return line.trimmed(line.words[start].start, stop)
