"""Find "according to" in English and French sentences: whom it names, and where the news begins."""

from __future__ import annotations

from collections.abc import Iterator

from claims.wording import subjects
from claims.wording.attributed import Attributed, framed, quote_before
from claims.wording.clauses import Clauses
from claims.wording.modality import Cue
from sources.language.languages.registry import LANGUAGES
from sources.language.numerals import NUMERALS, tokens
from sources.language.sentences import Span

# The phrases for "according to", as folded words, and as written.
ACCORDING = {
    code: [([word.form for word in tokens(phrase)], phrase) for phrase in LANGUAGES[code].speech.according]
    for code in ("en", "fr")
}


def according(line: Clauses) -> Iterator[Attributed]:
    """Selon X, …; …, according to X."""
    for forms, phrase in ACCORDING[line.language]:
        size = len(forms)
        for place in range(len(line.words) - size):
            following = line.form(place + size)
            if line.forms(place, place + size) != forms or line.is_quoted(place):
                continue
            if following in line.speech.interrogatives | line.grammar.nobody | line.speech.that or line.is_question:
                continue
            first = place + size - (1 if phrase.startswith("de source") else 0)
            yield from _according(line, place, first, Cue(phrase, "asserts"))


def _according(line: Clauses, place: int, first: int, cue: Cue) -> Iterator[Attributed]:
    end = next((at for at in range(first + 1, len(line.words)) if line.has_comma(at) or line.is_hard(at)), None)
    stop = len(line.words) if end is None else end
    if place and (quote := quote_before(line, place)):
        yield from _after_quotation(line, quote, place, (first, stop), cue)
        return
    bound = subjects.left_bound(line, place)
    joining = line.grammar.adding | line.grammar.contrasting | {"que", "qu", "that"}
    if place and line.form(place - 1) in joining:  # "but, according to X, …"
        bound = place
    if place > bound + 1 or (place > bound and not opens(line, bound, place)):
        before = subjects.content_start(line, place)
        news = place - before > 2 or line.words[before].digits or line.form(before) in NUMERALS[line.language]
        if subjects.has_verb(line, before, place) or (news and end is None):
            content = Span(line.words[before].start, line.words[_without_learned(line, before, place) - 1].end)
            speaker = line.trimmed(line.words[first].start, min(line.words[stop - 1].end, line.end))
            if speaker and not subjects.has_verb(line, first, stop):
                yield from framed(
                    line, subjects.without_adjuncts(line, speaker), cue, "indirect", content, before, place
                )
            return
    if end is None:
        yield from _without_comma(line, place, first, cue)
        return
    named, start = _past_appositions(line, (first, stop))
    if named and start is not None and not subjects.has_verb(line, *named):
        content = Span(line.words[start].start, subjects.content_end(line, start))
        yield from framed(line, line.span(*named), cue, "indirect", content, place)


def _after_quotation(line: Clauses, quote: Span, place: int, named: tuple[int, int], cue: Cue) -> Iterator[Attributed]:
    """“…,” according to X."""
    speaker = line.trimmed(line.words[named[0]].start, min(line.words[named[1] - 1].end, line.end))
    if speaker and not subjects.has_verb(line, *named):
        yield from framed(line, subjects.without_adjuncts(line, speaker), cue, "direct", quote, place)


def _without_learned(line: Clauses, start: int, end: int) -> int:
    """Return where the news ends before "according to": before "a-t-on appris" if that leads to it."""
    comma = next((at for at in range(end - 1, start, -1) if line.has_comma(at)), end)
    learned = any(line.form(at) == "on" and "-" in line.gap(at) for at in range(comma + 1, min(comma + 3, end)))
    return comma if learned else end


def opens(line: Clauses, bound: int, place: int) -> bool:
    """Return whether "according to" opens its clause, after a conjunction or an adverb at most."""
    return place == bound or line.form(bound) in line.speech.leading | line.grammar.adding


def _without_comma(line: Clauses, place: int, first: int, cue: Cue) -> Iterator[Attributed]:
    """Selon le maire la ville est calme: the second noun phrase begins what he says."""
    grammar = line.grammar
    for at in range(first + 2, len(line.words)):
        before = line.form(at - 1)
        if not starts_new_phrase(line, at) or before in grammar.prepositions | grammar.adding | grammar.determiners:
            continue
        if subjects.has_verb(line, at, len(line.words)) and not subjects.has_verb(line, first, at):
            content = Span(line.words[at].start, subjects.content_end(line, at))
            yield from framed(line, line.span(first, at), cue, "indirect", content, place)
        return


def starts_new_phrase(line: Clauses, place: int) -> bool:
    """Return whether an article or pronoun opens another noun phrase."""
    return line.form(place) in line.grammar.determiners | line.grammar.pronouns


def _past_appositions(line: Clauses, named: tuple[int, int]) -> tuple[tuple[int, int] | None, int | None]:
    """Return the speaker after "according to" and where the news begins, past what is only said about the speaker."""
    end = next(
        (at for at in range(named[1], len(line.words)) if at > named[1] and opens_hard(line, at)), len(line.words)
    )
    pieces = line.segments(named[1], end)
    if not pieces:
        return None, None
    whole = next((at for at, piece in enumerate(pieces) if _is_whole(line, piece)), None)
    tail = next((at for at, piece in enumerate(pieces) if subjects.has_verb(line, *piece)), None)
    if tail is None:
        opens_text = line.form(0) == line.form(named[0] - 1) or named[0] < 3
        return (named, pieces[0][0]) if len(pieces) == 1 and opens_text else (None, None)
    if tail == 0:
        if line.form(pieces[0][0]) in line.speech.relatives | {"whose"}:
            return (named, pieces[1][0]) if len(pieces) > 1 else (None, None)
        return named, pieces[0][0]
    if whole == tail:
        return _past_noun_phrases(line, named, pieces, tail)
    own = tail == 3 or (tail == 2 and line.form(pieces[0][0]) in line.grammar.roles)
    return named, pieces[1][0] if own else pieces[0][0]


def _past_noun_phrases(
    line: Clauses, named: tuple[int, int], pieces: list[tuple[int, int]], tail: int
) -> tuple[tuple[int, int] | None, int | None]:
    """Return speaker and news where a whole clause follows what stands between commas: an apposition, or when."""
    opening = line.form(pieces[0][0])
    if opening in line.grammar.prepositions and opening not in {"des", "du", "de", "of"}:
        return named, pieces[0][0]
    return (_named(line, named, pieces[0]), pieces[1][0]) if tail == 1 else (None, None)


def opens_hard(line: Clauses, place: int) -> bool:
    """Return whether a semicolon stands before a word."""
    return ";" in line.gap(place)


def _is_whole(line: Clauses, piece: tuple[int, int]) -> bool:
    """Return whether a piece has both a subject and a verb."""
    start, end = piece
    form = line.form(start)
    if form in line.speech.relatives or not subjects.has_verb(line, start, end):
        return False
    return not subjects.has_verb(line, start, start + 1) or form in line.grammar.determiners | line.grammar.pronouns


def _named(line: Clauses, named: tuple[int, int], apposition: tuple[int, int]) -> tuple[int, int]:
    """Return the name where "according to" gives a role first: le PDG, John Bruce."""
    capital = all(line.written(at)[0].isupper() for at in range(*apposition)) and not line.in_capitals
    return apposition if capital and line.written(named[0])[0].islower() else named
