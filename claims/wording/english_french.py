"""Find attributions in English and French sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.wording import subjects
from claims.wording.according_to import according
from claims.wording.attributed import Attributed, framed
from claims.wording.clauses import Clauses
from claims.wording.headlines import labelled
from claims.wording.modality import ACTIVE, NOBODY, PARTICIPLES, Cue
from claims.wording.verb_groups import group
from sources.language.folding import fold
from sources.language.languages.registry import LANGUAGES
from sources.language.sentences import Span

FAR = 10  # words from a verb to its "that", or from a quotation to its verb
SHORTEST_QUOTE = 2  # words; a shorter quotation inside a sentence is a word that somebody used
AMBIGUOUS = {form for verb in LANGUAGES["en"].speech.verbs if verb.ambiguous for form in verb.active}
COLLECTIVES = {"officials", "police", "sources", "authorities", "investigators", "witnesses", "state", "researchers"}
STOPS = re.compile(r"[,;:(–—!?|]|\s-\s")
AGENT_ENDS = re.compile(r"[,;:.(–—|]")


def passive(line: Clauses) -> Iterator[Attributed]:
    """Il a été annoncé (par X) que …; it was claimed (by X) that …; …, it was announced by X."""
    for place, cue in line.cues:
        found = group(line, place, cue)
        start = found.start
        if found.voice != "passive" or found.cue is None or found.cue.modality != cue.modality:
            continue
        if line.form(start - 1) in line.speech.impersonal or line.form(start) in line.speech.impersonal:
            yield from _impersonal(line, place, found.cue, start - 1)
        elif cue.verb not in {"tell", "accuse", "accuser", "dire", "blame", "suspect", "soupçonner", "expect"}:
            yield from _personal(line, place, found.cue, start)


def _impersonal(line: Clauses, place: int, cue: Cue, start: int) -> Iterator[Attributed]:
    that = _that(line, place, cue, passive=True)
    agent = _agent(line, place, that if that is not None else len(line.words))
    if agent is not None and agent.start == agent.end:
        return
    cue = cue if agent else Cue(cue.verb, NOBODY)
    if line.form(start - 1) in line.grammar.doubting or line.is_question:
        return
    if that is not None:
        if start and not line.has_comma(start) and not line.is_hard(start) and subjects.has_verb(line, 0, start):
            return
        end = subjects.content_end(line, that + 1)
        yield from framed(line, agent, cue, "indirect", Span(line.words[that].end, end), start)
    elif start > 0 and line.has_comma(start) and (agent or _ends_after(line, place)):
        content = Span(line.words[subjects.content_start(line, start)].start, line.words[start - 1].end)
        yield from framed(line, agent, cue, "indirect", content, start, place)


def _personal(line: Clauses, place: int, cue: Cue, start: int) -> Iterator[Attributed]:
    """The closure was announced by the council; la fermeture a été annoncée par la mairie."""
    subject = subjects.subject(line, start)
    agent = _agent(line, place, len(line.words))
    if subject is None or agent is None or agent.start == agent.end or line.is_question:
        return
    if line.form(subject[0]) in line.grammar.pronouns:
        return
    content = line.span(*subject)
    if content:
        yield from framed(line, agent, cue, "indirect", content, subject[0], place)


def _agent(line: Clauses, place: int, end: int) -> Span | None:
    """Return whom a passive names, an empty span where "by" tells how instead, or None without "by"."""
    by = next((at for at in range(place + 1, min(end, place + FAR)) if line.form(at) in line.speech.agents), None)
    if by is None or by + 1 >= len(line.words) or any(AGENT_ENDS.search(line.gap(at)) for at in range(place + 2, by)):
        return None
    if not _only_adjuncts(line, place + 1, by):
        return None
    first = line.form(by + 1)
    if first in line.grammar.means and by + 2 == end:
        return None  # "by email": how, not who
    named = subjects.starts_phrase(line, by + 1) or (line.language == "en" and first not in line.grammar.means)
    if not named or first in line.grammar.means or re.match(line.grammar.adjuncts, first):
        return Span(0, 0)
    if line.form(by + 2) in line.grammar.means:
        return Span(0, 0)
    stop = line.words[end].start if end < len(line.words) else line.end
    cut = AGENT_ENDS.search(line.text, line.words[by].end, stop)
    found = line.trimmed(line.words[by].end, cut.start() if cut else stop)
    return subjects.without_adjuncts(line, found) if found else None


def _that(line: Clauses, place: int, cue: Cue, *, passive: bool = False) -> int | None:
    """Return the place of the "that" of a verb: what stands between them tells only when, where or to whom."""
    for at in range(place + 1, min(place + 1 + FAR, len(line.words))):
        if line.is_quoted(at) or (line.is_hard(at) and at > place + 1):
            return None
        if line.form(at) not in line.speech.that:
            continue
        if line.form(at - 1) == "ce" or (line.form(at + 1) in line.grammar.finite and line.language == "en"):
            return None
        between = line.forms(place + 1, at)
        nouns = set(between) & line.grammar.speech_nouns and cue.modality in {"denies", "confirms"}
        listener = cue.verb in line.grammar.told and "," not in line.text[line.words[place].end : line.words[at].start]
        agent = passive and set(between) & line.speech.agents
        return at if nouns or listener or agent or _only_adjuncts(line, place + 1, at) else None
    return None


def _only_adjuncts(line: Clauses, start: int, end: int) -> bool:
    """Return whether words tell only when, where, to whom and how: they open with a preposition, a day or an adverb."""
    if start >= end:
        return True
    grammar = line.grammar
    for one, other in line.segments(start, end):
        form = line.form(one)
        adverb = form.endswith(("ly", "ment")) or form in line.speech.auxiliaries | {"again", "il", "elle", "ils", "t"}
        rest = fold(line.text[line.words[one].start :])
        if not (form in grammar.prepositions or adverb or re.match(grammar.adjuncts, rest)):
            return False
        if subjects.has_verb(line, one, other):
            return False
    return True


def _ends_after(line: Clauses, place: int) -> bool:
    """Return whether nothing but when, where and to whom follows a verb in its clause."""
    stop = next((at for at in range(place + 1, len(line.words)) if line.has_comma(at) or line.is_hard(at)), None)
    end = len(line.words) if stop is None else stop
    end = next((at for at in range(place + 1, end) if line.words[at].start >= line.end), end)
    if stop == place + 1:
        return True
    if line.form(place) in {"told", "tells", "tell"} and not set(line.forms(place + 1, end)) & line.speech.that:
        return not subjects.has_verb(line, place + 1, end)
    return _only_adjuncts(line, place + 1, end)


def direct(line: Clauses) -> Iterator[Attributed]:
    """« … », a déclaré X; “…,” X said; X said: “…”."""
    for quote in line.quotes:
        inside = [place for place in range(len(line.words)) if quote.start <= line.words[place].start < quote.end]
        if not inside or (len(inside) < SHORTEST_QUOTE and line.text[: quote.start].strip()):
            continue
        for place, cue in line.quoting:
            found = group(line, place, cue)
            if found.cue is None or found.voice == "passive" or found.cue.modality != cue.modality:
                continue
            if (
                place > inside[-1]
                and _stands_alone(line, quote)
                and (speaker := _after_quote(line, inside[-1] + 1, found.start, place))
            ):
                yield from framed(line, speaker, cue, "direct", quote, inside[0], place)
            elif place < inside[0] and (speaker := _before_quote(line, found.start, place, inside[0])):
                yield from framed(line, speaker, cue, "direct", quote, found.start)


def _stands_alone(line: Clauses, quote: Span) -> bool:
    """Return whether a quotation is a statement and no words inside another clause: Oz is “smart as hell”, X wrote."""
    before, after = line.text[: quote.start].rstrip(" \u00a0\u202f"), line.text[quote.end :].lstrip(" \u00a0\u202f")
    inside = line.text[quote.start + 1 : quote.end].rstrip("»”’\"' \u00a0\u202f")
    if line.language == "en" and not (inside.endswith((",", ".", "!", "?", "…")) or after.startswith(",")):
        return False
    if not before or before[-1] in ",:;.–—-":
        return True
    place = next((at for at, word in enumerate(line.words) if word.start >= quote.start), 0)
    return line.form(place - 1) in line.grammar.adding | line.grammar.contrasting or not before[-1].isalnum()


def _after_quote(line: Clauses, first: int, start: int, place: int) -> Span | None:
    """Return the speaker of a verb that follows a quotation: “…,” X said; “…,” said X; « … », a-t-il dit."""
    if place - first > FAR or any(re.search("[;:]", line.gap(at)) for at in range(first + 1, place + 1)):
        return None
    if start > first:
        if line.form(first) in line.grammar.adding | line.grammar.contrasting | line.speech.that:
            return None
        found = subjects.subject(line, start)
        return line.span(*found) if found and found[0] >= first else None
    return _inverted(line, first, place)


def _before_quote(line: Clauses, start: int, place: int, first: int) -> Span | None:
    """Return the speaker of a verb that leads to a quotation: X said: “…”."""
    gap = line.gap(first)
    opened = ":" in gap or "," in gap
    if not opened or first - place > FAR or not (_only_adjuncts(line, place + 1, first) or ":" in gap):
        return None
    if subjects.has_verb(line, place + 1, first):
        return None
    found = subjects.subject(line, start) or _shared_subject(line, start)
    return line.span(*found) if found else None


def _inverted(line: Clauses, first: int, place: int) -> Span | None:
    """Return the speaker after its verb, or the pronoun next to it: a-t-il déclaré."""
    for at in [*range(first, place), *range(place + 1, min(place + 3, len(line.words)))]:
        if line.form(at) in line.speech.pronouns and "-" in line.gap(at):
            return line.span(at, at + 1) if line.form(at) != "on" else None
    following = _phrase_after(line, place)
    if following is None or line.form(following) in line.grammar.nobody:
        return None
    quotes = [quote.start for quote in line.quotes if quote.start >= line.words[following].start]
    stop = STOPS.search(line.text, line.words[following].end)
    end = min(stop.start() if stop else line.end, line.end, *quotes)
    found = line.trimmed(line.words[following].start, end)
    if not found or found.end - found.start > subjects.LONGEST:
        return None
    last = max(at for at in range(len(line.words)) if line.words[at].end <= found.end)
    if subjects.has_verb(line, following, last + 1) or set(line.forms(following, last + 1)) & line.speech.that:
        return None
    return subjects.without_adjuncts(line, found)


def _phrase_after(line: Clauses, place: int) -> int | None:
    """Return where the noun phrase after a verb begins, past the day and the listener."""
    for at in range(place + 1, min(place + FAR, len(line.words))):
        if line.words[at].start >= line.end or (at > place + 1 and (line.has_comma(at) or line.is_hard(at))):
            return None
        if line.form(at) in line.speech.that | line.grammar.empty:
            return None
        known = line.language == "en" and line.form(at) in COLLECTIVES
        opens = known or subjects.starts_phrase(line, at) or line.in_capitals
        day = re.match(line.grammar.adjuncts, line.form(at))
        if opens and not day and line.form(at - 1) not in line.grammar.prepositions | line.grammar.determiners:
            return None if line.form(at) in line.grammar.prepositions else at
        if line.language == "en" and at > place + 1:
            return None
        if at == place + 1 and not day and line.form(at) not in line.grammar.prepositions:
            return None
    return None


def trailing(line: Clauses) -> Iterator[Attributed]:
    """…, ont annoncé les autorités; …, the hospital said; …, says the prefect."""
    for place, cue in line.cues:
        found = group(line, place, cue)
        if found.cue is None or found.voice == "passive" or line.is_question:
            continue
        first = next((at for at in range(found.start, 0, -1) if line.has_comma(at) or line.is_hard(at)), 0)
        if not first or not line.has_comma(first) or not _may_trail(line, first, place, cue):
            continue
        speaker = _trailing_speaker(line, first, found.start, place)
        if speaker is None:
            continue
        content = _around(line, first, place, speaker)
        if content:
            yield from framed(line, speaker, found.cue, "indirect", content, first, place)


def _may_trail(line: Clauses, first: int, place: int, cue: Cue) -> bool:
    """Return whether a verb may follow what is said, which ends before word ``first``."""
    grammar = line.grammar
    if line.form(first - 1) in line.speech.relatives | line.speech.that | grammar.adding | grammar.contrasting:
        return False
    quote = next((quote for quote in line.quotes if quote.start < line.words[first - 1].end <= quote.end), None)
    if quote and (_stands_alone(line, quote) or line.language == "fr"):
        return False
    if line.language == "fr":
        return True
    if line.form(place) in AMBIGUOUS or (line.form(place) == cue.verb and cue.verb not in {"say", "report"}):
        return False
    following = place + 1 >= len(line.words) or line.has_comma(place + 1)
    return following or cue.verb not in {
        "believe",
        "suggest",
        "expect",
        "suspect",
        "blame",
        "accuse",
        "dispute",
        "deny",
    }


def _trailing_speaker(line: Clauses, first: int, start: int, place: int) -> Span | None:
    if start == first:
        return _inverted(line, first, place)
    if line.form(first) in {"comme", "ainsi", "as"} and line.form(start) in {"l", "a", "ont"} | line.speech.auxiliaries:
        return _inverted(line, start, place)
    if line.language != "en" or not _ends_after(line, place):
        return None
    found = subjects.subject(line, start)
    if not found or found[0] != first or line.form(first) in line.speech.relatives | line.grammar.subordinating:
        return None
    return line.span(*found)


def _around(line: Clauses, first: int, place: int, speaker: Span) -> Span | None:
    """Return what a speaker and verb between commas, or after one, attribute: what stands before, or after, them."""
    start = subjects.content_start(line, first)
    before = Span(line.words[start].start, line.words[first - 1].end)
    if subjects.has_verb(line, start, first):
        return before
    last = max(place, *(at for at in range(len(line.words)) if line.words[at].end <= speaker.end))
    following = next((at for at in range(last + 1, len(line.words)) if line.has_comma(at)), None)
    if following is not None and subjects.has_verb(line, following, len(line.words)):
        return Span(line.words[following].start, subjects.content_end(line, following))
    opened = line.form(start) in line.grammar.prepositions
    return before if first - start > 2 and not opened and following is None else None


def verb_that(line: Clauses) -> Iterator[Attributed]:
    """X a annoncé que …; X said that …; X said …."""
    for place, cue in line.cues:
        found = group(line, place, cue)
        if found.cue is None or found.voice == "passive" or line.is_question:
            continue
        that = _that(line, place, cue)
        start = that + 1 if that is not None else _without_that(line, place, cue)
        if start is None or start >= len(line.words):
            continue
        subject = subjects.subject(line, found.start) or _shared_subject(line, found.start)
        if subject is None:
            continue
        relative = line.form(found.start - 1) in line.speech.relatives
        end = _relative_end(line, start) if relative else subjects.content_end(line, start)
        content = Span(line.words[start].start, end)
        if line.form(subject[0]) == "on" and subject[1] - subject[0] == 1:
            yield from framed(line, None, Cue(cue.verb, NOBODY), "indirect", content, subject[0])
            continue
        yield from framed(line, line.span(*subject), found.cue, "indirect", content, subject[0])


def participle(line: Clauses) -> Iterator[Attributed]:
    """Il a quitté la ville en affirmant que …; she left the town, saying that …."""
    known = PARTICIPLES[line.language]
    for place, word in enumerate(line.words):
        cue = known.get(word.form)
        leads = line.form(place - 1) == "en" or (line.has_comma(place) and not line.is_hard(place))
        if cue is None or not place or line.is_quoted(place) or not leads or line.is_question:
            continue
        that = _that(line, place, cue)
        if that is None or that + 1 >= len(line.words):
            continue
        subject = _main_subject(line, place - 1 if line.form(place - 1) == "en" else place)
        if subject:
            content = Span(line.words[that].end, subjects.content_end(line, that + 1))
            yield from framed(line, line.span(*subject), cue, "indirect", content, place)


def _main_subject(line: Clauses, end: int) -> tuple[int, int] | None:
    """Return the subject of the clause that a participle closes; None where that clause is negated or not one."""
    start = subjects.left_bound(line, end)
    pieces = line.segments(start, end)
    with_verb = [piece for piece in pieces if subjects.has_verb(line, *piece)]
    if len(with_verb) != 1 or with_verb[0] != pieces[-1]:
        return None
    one, other = with_verb[0]
    verb = next((at for at in range(one + 1, other) if subjects.has_verb(line, at - 1, at + 1)), None)
    if verb is None or set(line.forms(one, other)) & (line.grammar.negating | line.speech.that):
        return None
    known = ACTIVE[line.language].keys()
    return None if set(line.forms(one, other)) & known else subjects.subject(line, verb)


def _relative_end(line: Clauses, start: int) -> int:
    """Return where a clause inside a relative clause ends: at the next comma."""
    end = subjects.content_end(line, start)
    comma = next((at for at in range(start + 1, len(line.words)) if line.has_comma(at)), None)
    return end if comma is None else min(end, line.words[comma - 1].end)


def _without_that(line: Clauses, place: int, cue: Cue) -> int | None:
    """Return where a clause begins that follows an English verb without "that"."""
    if line.language != "en" or cue.verb not in line.grammar.bare or place + 3 > len(line.words):
        return None
    start = place + 1
    if cue.verb in line.grammar.told:  # "told reporters he would go"
        near = range(start + 1, min(start + 5, len(line.words)))
        return next((at for at in near if line.form(at) in line.grammar.pronouns), None)
    first = line.form(start)
    if line.has_comma(start) or (line.is_hard(start) and not line.is_quoted(start)):
        return None
    if first in line.grammar.asking | {"if", "whether", "nothing", "so", "as", "goodbye", "anything", "something"}:
        return None
    if first in line.grammar.pronouns:
        return start
    if cue.verb != "say" and first not in line.grammar.determiners:
        return None
    stop = subjects.content_end(line, start)
    last = max(at for at in range(len(line.words)) if line.words[at].start < stop)
    if subjects.has_verb(line, start, last + 1):
        return start
    sure = cue.verb == "say" and first not in line.grammar.empty and subjects.starts_phrase(line, start)
    return start if sure and not re.match(line.grammar.adjuncts, first) and last - start > 2 else None


def _shared_subject(line: Clauses, start: int) -> tuple[int, int] | None:
    """Return the subject of a sentence whose second verb says something: "X met Y and said that"."""
    if line.form(start - 1) not in line.grammar.adding or line.has_comma(start):
        return None
    first = subjects.left_bound(line, start)
    pieces = line.segments(first, start - 1)
    if len(pieces) > 2 or not pieces:
        return None
    one, other = pieces[-1]
    verb = next((at for at in range(one + 1, other) if subjects.has_verb(line, at - 1, at + 1)), None)
    return subjects.subject(line, verb) if verb is not None else None


PATTERNS = (passive, according, direct, trailing, verb_that, participle, labelled)
