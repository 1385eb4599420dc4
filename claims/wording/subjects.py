"""Find the subject of a verb in English and French, and the bounds of the clause that it stands in."""

from __future__ import annotations

import re

from claims.wording.clauses import Clauses
from sources.language.folding import fold
from sources.language.numerals import NUMERALS
from sources.language.sentences import Span

LONGEST = 160  # characters; a longer text is no name
MOST_WORDS = 22
QUANTIFIERS = {"many", "all", "both", "several", "most", "some", "hundreds", "thousands", "dozens"}
ADJECTIVE = re.compile(
    r"(?:ien|ienne|al|ale|aux|ales|ique|iques|if|ive|aires?|ais|aise|ains?|aines?|eux|euse|iers?|iere|oise?)s?$"
)
ARTICLES = {
    "the",
    "a",
    "an",
    "this",
    "its",
    "his",
    "her",
    "their",
    "le",
    "la",
    "l",
    "les",
    "un",
    "une",
    "cette",
    "sa",
    "son",
}
Words = tuple[int, int]  # the places of the first word and of the word after the last


def has_verb(line: Clauses, start: int, end: int) -> bool:
    """Return whether words hold a verb that makes them a clause."""
    return any(_is_verb(line, place, start) for place in range(start, end) if not line.is_quoted(place))


def _is_verb(line: Clauses, place: int, start: int) -> bool:
    form, before = line.form(place), line.form(place - 1) if place > start else ""
    if line.language == "fr":
        if form == "a" and line.written(place).lower() != "a":
            return False  # "à"
        return form in line.grammar.finite or (len(form) > 5 and form.endswith(("aient", "erent")))
    if form in line.grammar.finite:
        return True
    past = len(form) > 3 and form.endswith("ed") and form not in {"united", "hundred", "indeed", "allied", "armed"}
    if not past or place == start or (line.written(place)[0].isupper() and not line.in_capitals):
        return False
    counted = before in NUMERALS["en"] or line.words[place - 1].digits or before in QUANTIFIERS
    if counted:  # "nine died on Monday" but "nine injured people"
        following = line.form(place + 1)
        return (
            not following or line.has_comma(place + 1) or following in line.grammar.prepositions | line.grammar.adding
        )
    return before not in line.grammar.determiners


def starts_phrase(line: Clauses, place: int) -> bool:
    """Return whether a word opens a noun phrase: an article, a pronoun, a number or a name."""
    if place >= len(line.words):
        return False
    form = line.form(place)
    if form in line.grammar.determiners | line.grammar.pronouns or line.words[place].digits:
        return True
    if form in NUMERALS[line.language]:
        return True
    return line.written(place)[0].isupper() and not line.in_capitals


def opens_clause(line: Clauses, place: int) -> bool:
    """Return whether a conjunction opens a clause of its own: "but", or "yet" after a comma."""
    form, grammar = line.form(place), line.grammar
    if line.is_quoted(place):
        return False
    if form in {"alors", "tandis"} and not line.form(place + 1).startswith("qu"):
        return False
    if form == "while" and line.form(place - 1) == "a":
        return False
    if form in grammar.contrasting:
        return (
            line.has_comma(place)
            or line.has_comma(place + 1)
            or place == 0
            or starts_phrase(line, place + 1)
            or form in {"alors", "tandis"}
        )
    return form in grammar.contrasting_after_comma and (line.has_comma(place) or place == 0)


def left_bound(line: Clauses, place: int) -> int:
    """Return the first word of the stretch that a word stands in: after a mark, a quotation or a conjunction."""
    for at in range(place, 0, -1):
        if line.is_hard(at):
            return at
        if at < place and opens_clause(line, at):
            return at + 1
    return 1 if place and opens_clause(line, 0) else 0


def subject(line: Clauses, end: int) -> Words | None:
    """Return the subject of a verb group that begins at word ``end``, or None if we are not sure of it."""
    pieces = line.segments(left_bound(line, end), end)
    if not pieces:
        return None
    at = len(pieces) - 1
    if line.form(end - 1) in line.speech.relatives:
        if pieces[at] != (end - 1, end) or not at:
            return _checked(line, (pieces[at][0], end - 1))
        at -= 1
    elif line.has_comma(end):
        while at > 0 and _is_aside(line, pieces[at]):
            at -= 1
    return _checked(line, _with_list(line, pieces[: at + 1]))


def _is_aside(line: Clauses, piece: Words) -> bool:
    """Return whether words between commas add to the noun before them: a relative clause, an apposition."""
    start, end = piece
    if line.form(start) in line.speech.relatives | {"whose", "where"}:
        return True
    return not has_verb(line, start, end)


def _with_list(line: Clauses, pieces: list[Words]) -> Words:
    """Return the last piece, with the ones before it where they are one list: A, B and C."""
    start, end = pieces[-1]
    adding = line.grammar.adding
    joined = [place for place in range(start + 1, end) if line.form(place) in adding]
    if len(pieces) == 1 or not (line.form(start) in adding or joined):
        return start, end
    first = pieces[0][0]
    if len(pieces) == 2 and line.form(start) in adding:
        return start, end  # "Hundreds marched, and the mayor said": no list
    if line.form(first) in line.grammar.prepositions or has_verb(line, first, start):
        return start, end
    return (first, end) if starts_phrase(line, first) else (start, end)


def _checked(line: Clauses, found: Words) -> Words | None:
    """Return a subject without the words that lead to it, or None where it may hold anything else."""
    place = _led_in(line, *found)
    if place is None:
        return None
    start, end = _after_and(line, place, found[1])
    forms = line.forms(start, end)
    if not forms or len(forms) > MOST_WORDS or forms[0] in line.grammar.nobody:
        return None
    if forms[0] in line.grammar.asking - line.grammar.determiners - line.grammar.pronouns:
        return None
    if forms[-1] in ARTICLES:
        return None  # "the claim that": a noun
    unsure = line.grammar.doubting | line.speech.that
    if unsure & set(forms) or has_verb(line, start, end):
        return None
    if forms[0] in line.grammar.prepositions and not (line.language == "fr" and forms[0] in {"des", "du", "de"}):
        return None
    return start, end


def _led_in(line: Clauses, start: int, end: int) -> int | None:
    """Return where a subject begins, after "because", "on Monday" or "in Paris"; None if its clause is supposed."""
    grammar = line.grammar
    if line.form(start) in grammar.doubting:
        return None
    while start < end and line.form(start) in grammar.subordinating | grammar.adding | line.speech.leading:
        start += 1
        if line.form(start) in grammar.doubting:
            return None
    if start < end and line.form(start) in grammar.asking and line.form(start) not in grammar.determiners:
        return None
    opening = line.form(start) in grammar.prepositions and not (
        line.language == "fr" and line.form(start) in {"des", "du", "de"}
    )
    return _past_adverbial(line, start, end) if opening or _is_time(line, start) else start


def _past_adverbial(line: Clauses, start: int, end: int) -> int | None:
    """Return where the noun phrase after "on Monday" or "in Paris" begins."""
    grammar = line.grammar
    for place in range(start + 1, end):
        before = line.form(place - 1)
        if starts_phrase(line, place) and before not in grammar.prepositions | grammar.determiners | grammar.adding:
            if _is_time(line, place) or (line.written(place)[0].isupper() and line.written(place - 1)[0].isupper()):
                continue
            return place
    return None


def _is_time(line: Clauses, place: int) -> bool:
    return place < len(line.words) and bool(re.match(line.grammar.adjuncts, line.form(place)))


def _after_and(line: Clauses, start: int, end: int) -> Words:
    """Return the words after the last "and" where it joins two clauses: "Two men died and the mayor said"."""
    for place in range(end - 2, start, -1):
        if _subordinates(line, start, place):
            return place + 1, end
        if line.form(place) not in line.grammar.adding:
            continue
        if has_verb(line, start, place) or (line.language == "fr" and _is_singular(line, end)):
            return place + 1, end
        if line.language == "en" and place - start > 2 and line.form(end) in {"says", "claims", "reports", "warns"}:
            return place + 1, end
        if not _is_noun_phrase(line, start, place):
            return end, end
    return start, end


def _subordinates(line: Clauses, start: int, place: int) -> bool:
    """Return whether "because" or "parce que" ends at a word and a clause that tells a fact stands before it."""
    first = place - 1 if line.language == "fr" and line.form(place) in line.speech.that else place
    if line.form(first) not in line.grammar.subordinating - line.grammar.adding - line.speech.that:
        return False
    unsure = line.grammar.negating | line.grammar.doubting | line.speech.that
    return has_verb(line, start, first) and not unsure & set(line.forms(start, first))


def _is_singular(line: Clauses, place: int) -> bool:
    """Return whether a French verb group, which begins with its auxiliary if it has one, is of the third singular."""
    form = line.form(place)
    while form in {"n", "ne", "l", "y", "lui", "leur", "en", "s", "se"}:
        place += 1
        form = line.form(place)
    return not form.endswith("nt")


def _is_noun_phrase(line: Clauses, start: int, end: int) -> bool:
    """Return whether words are surely a noun, and no short clause: "The bridge" but not "The bridge fell"."""
    plain = 0
    for place in range(start, end):
        form = line.form(place)
        if form in line.grammar.determiners | line.grammar.prepositions | line.grammar.adding or (
            line.written(place)[0].isupper() and not line.in_capitals
        ):
            plain = 0
        else:
            plain += 1
        known = form in line.grammar.roles or (line.language == "fr" and ADJECTIVE.search(form))
        if plain > 1 and line.form(start) in line.grammar.determiners and not known:
            return False
    return True


def content_end(line: Clauses, start: int) -> int:
    """Return the character where the clause that begins at a word ends, for what is surely still said."""
    for place in range(start + 1, len(line.words)):
        before = line.words[place - 1].end
        if line.words[place].start >= line.end:
            break
        if line.is_quoted(place):
            continue
        if re.search("[;؛]", line.gap(place)) or opens_clause(line, place):
            return before
        if line.form(place) in line.grammar.adding and _is_new_clause(line, place):
            return before
    return line.end


def _is_new_clause(line: Clauses, place: int) -> bool:
    """Return whether "and" opens a clause that need not be said by the same speaker."""
    following = place + 1
    if line.form(following) in line.speech.that or not starts_phrase(line, following):
        return False
    stop = next((at for at in range(following, len(line.words)) if line.has_comma(at)), len(line.words))
    if line.has_comma(place):
        return has_verb(line, following, stop)
    cue = next((at for at, _cue in line.cues if following < at < min(stop, following + 8)), 0)
    return bool(cue) and not has_verb(line, following, cue - 1)


def content_start(line: Clauses, end: int) -> int:
    """Return the first word of what is surely said before a speaker and verb that follow at word ``end``."""
    for place in range(end - 1, 0, -1):
        if line.is_quoted(place):
            continue
        if re.search("[;؛]", line.gap(place)):
            return place
        if line.has_comma(place) and opens_clause(line, place) and has_verb(line, 0, place):
            return place + 1 if has_verb(line, place, end) else 0
    return 0


def without_adjuncts(line: Clauses, span: Span) -> Span:
    """Return a speaker without the words that say when, where and how it spoke."""
    folded = fold(line.text[span.start : span.end])
    if len(folded) != span.end - span.start:
        return span
    found = re.search(line.grammar.adjuncts, folded)
    return (line.trimmed(span.start, span.start + found.start()) or span) if found and found.start() else span
