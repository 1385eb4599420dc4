"""Find attributions in Arabic sentences: the verb stands before its subject, or after it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from claims.wording.attributed import Attributed, framed, quote_before
from claims.wording.clauses import Clauses
from claims.wording.headlines import labelled
from claims.wording.modality import ACTIVE, NOBODY, NOT_CONFIRMED, PASSIVE, QUOTING, Cue
from sources.language.languages.registry import LANGUAGES
from sources.language.numerals import tokens
from sources.language.sentences import Span

FAR = 15  # words from a verb to its "that", with the subject in between
MOST_WORDS = 12  # of a subject
LANGUAGE = LANGUAGES["ar"]
CONJUNCTIONS = LANGUAGE.conjunctions
ACCORDING = [([word.form for word in tokens(phrase)], phrase) for phrase in LANGUAGE.speech.according]
TO = {"وفقا", "طبقا"}  # phrases for "according to" that write "to" together with the name
ADVERB = re.compile(r"\S+(?:ا\u064b|\u064bا)$")
PASSIVE_VOWEL = "\u064f"  # after the first letter
IMPERFECT = ("ي", "ت")
CAME = {"جا", "ورد", "ذكر", "اعلن", "كتب", "نشر"}  # "it came in a statement of"
OPINION = "رأي"  # a noun, which is folded as the verb رأى is
AS = {"كما", "حسبما", "هكذا"}  # between a quotation and its verb
DONE = {"تم", "جري"}  # "it was done: the announcement"
ANNOUNCING = {"الاعلان", "التاكيد", "الكشف", "الابلاغ", "التصريح"}


class SpokenVerb(NamedTuple):
    """A verb that attributes, and whether its written form is sure to be a passive."""

    place: int
    cue: Cue
    may_be_passive: bool
    is_passive: bool


def _bare(form: str, known: Collection[str]) -> str:
    """Return a word without the "and" that is written together with it, where that gives a known one."""
    return form if form in known or form[:1] not in CONJUNCTIONS or form[1:] not in known else form[1:]


def _contrasts(line: Clauses, place: int) -> int:
    """Return how many words of a conjunction at a place open a clause of its own; 0 where none does."""
    grammar = line.grammar
    form = _bare(line.form(place), grammar.contrasting | grammar.contrasting_after_comma)
    if line.is_quoted(place):
        return 0
    if form in grammar.contrasting:
        return 1
    if form == "في" or line.form(place) == "في":
        return 2 if line.form(place + 1) == "حين" else 0
    if form in {"غير", "الا", "بيد"}:
        return 2 if line.form(place + 1) in line.speech.that else 0
    return int(form in {"بينما", "فيما"} and (line.has_comma(place) or place == 0))


def _left_bound(line: Clauses, place: int) -> tuple[int, bool]:
    """Return the first word of the clause that a word stands in, and whether a contrasting conjunction opens it."""
    for at in range(place, -1, -1):
        size = _contrasts(line, at)
        if size and at + size <= place:
            return at + size, True
        if at and line.is_hard(at):
            return at, False
    return 0, False


def _verbs(line: Clauses) -> Iterator[SpokenVerb]:
    """Yield the verbs that attribute. One that is denied or supposed ends the search: what follows is in its scope."""
    active, passive = ACTIVE["ar"] | QUOTING["ar"], PASSIVE["ar"]
    known = active.keys() | passive.keys()
    for place, word in enumerate(line.words):
        bare = _bare(word.form, known)
        cue = active.get(bare) or passive.get(bare)
        if cue is None or line.is_quoted(place):
            continue
        conjunction = len(word.form) - len(bare)
        written = line.text[word.start + conjunction : word.end]
        if written == OPINION:
            continue
        sure = bare not in active or written[1:2] == PASSIVE_VOWEL
        mood = _mood(line, place, bare, cue)
        if mood is None:
            if _that(line, place) is not None:
                return
            continue
        yield SpokenVerb(place, mood, bare in passive, sure)


def _mood(line: Clauses, place: int, bare: str, cue: Cue) -> Cue | None:
    """Return what a verb attributes after the words before it, or None where nothing is said."""
    if line.has_comma(place) or line.is_hard(place) or not place:
        return cue
    grammar = line.grammar
    if line.form(place)[:1] in CONJUNCTIONS and line.form(place) != bare:
        return cue
    before = _bare(line.form(place - 1), grammar.negating | grammar.supposing)
    further = _bare(line.form(place - 2), grammar.negating | grammar.supposing)
    if before in grammar.negating - {"ما"} or (before == "ما" and further not in {"بحسب", "حسب", "وفق", "كل"}):
        confirms = cue.verb == "أكد" and bare.endswith("وكد")
        return Cue(cue.verb, NOT_CONFIRMED) if confirms and before != "لن" else None
    if further in grammar.negating and before in grammar.told | {"قد", "احد", "يسبق"}:
        return None
    if before == "مما":  # "which shows that"
        return None
    if before in line.speech.that and further not in {"الا", "غير", "بعد", "بيد"}:
        return None
    if before == "قد":
        return None if bare.startswith(IMPERFECT) and bare not in {"توقع", "تردد"} else cue
    return None if before in grammar.supposing or further in grammar.supposing - {"قد", "كان"} else cue


def _that(line: Clauses, place: int) -> int | None:
    """Return the place of the "that" of a verb, before the next clause and not after "before" or "without"."""
    known = ACTIVE["ar"].keys()
    for at in range(place + 1, min(place + 1 + FAR, len(line.words))):
        if line.is_quoted(at) or line.is_hard(at) or _contrasts(line, at):
            return None
        joined = line.form(at)[:1] in CONJUNCTIONS and line.form(at)[1:] in known
        if joined:
            return None  # the "that" of another verb
        if line.form(at) in line.speech.that:
            return None if line.form(at - 1) in line.grammar.asking else at
    return None


def said(line: Clauses) -> Iterator[Attributed]:
    """قال X إن …; X قال إن …; زُعم أن … names nobody."""
    if line.text.rstrip().endswith("؟") and not line.quotes:
        return
    for verb in _verbs(line):
        yield from _said(line, verb)


def _said(line: Clauses, verb: SpokenVerb) -> Iterator[Attributed]:
    place, cue = verb.place, verb.cue
    that = _that(line, place)
    if that is None or _bare(line.form(place), QUOTING["ar"].keys()) in QUOTING["ar"]:
        yield from _quoted(line, verb)
        return
    if line.form(place + 1) == "في" and line.form(place + 2) in line.grammar.speech_nouns:
        speaker = _subject_before(line, place) or _author(line, place + 3, that)
        if speaker is None and _bare(line.form(place), CAME) in CAME:
            return  # "it came in a statement of"
    else:
        speaker = _subject_of(line, verb, that)
    if line.form(place).endswith(("نقل", "نقلت")) and "عن" in line.forms(place, that):
        return
    if speaker is None and not (verb.is_passive or (verb.may_be_passive and line.form(place).startswith("ي"))):
        return
    cue = cue if speaker else Cue(cue.verb, NOBODY)
    if speaker and line.text[speaker.start : speaker.end].split()[0] in {"أحد", "أي"}:
        return
    content = Span(line.words[that].end, _content_end(line, that))
    yield from framed(line, speaker, cue, "indirect", content, place)


def _subject_of(line: Clauses, verb: SpokenVerb, that: int) -> Span | None:
    """Return the subject of a verb before its "that", or the agent of a passive: من قبل البلدية."""
    place = verb.place
    for at in range(place + 1, min(place + 4, that)):
        if line.form(at) in {"من", "علي"} and line.form(at + 1) in line.grammar.means | {"لسان"}:
            return _name(line, at + 2, that)
    found = _name(line, place + 1, that)
    return found if found or verb.is_passive else _subject_before(line, place)


def _quoted(line: Clauses, verb: SpokenVerb) -> Iterator[Attributed]:
    """قال X: «…»; «…»، قال X."""
    quote = next((quote for quote in line.quotes if quote.start > line.words[verb.place].end), None)
    if quote and line.text[: quote.start].rstrip().endswith((":", "،")):
        first = next((at for at, word in enumerate(line.words) if word.start >= quote.start), len(line.words))
        if first - verb.place <= FAR and not any(_contrasts(line, at) for at in range(verb.place, first)):
            speaker = _name(line, verb.place + 1, first) or _subject_before(line, verb.place)
            if speaker:
                yield from framed(line, speaker, verb.cue, "direct", quote, verb.place)
        return
    opening = verb.place - (line.form(verb.place - 1) in AS)
    before = next((quote for quote in line.quotes if 0 <= line.words[opening].start - quote.end <= 3), None)
    if before:
        stop = next((at for at in range(verb.place + 1, len(line.words)) if line.has_comma(at)), len(line.words))
        stop = next((at for at in range(verb.place + 1, stop) if line.words[at].start >= line.end), stop)
        speaker = _name(line, verb.place + 1, stop)
        if speaker:
            yield from framed(line, speaker, verb.cue, "direct", before, verb.place)


def _name(line: Clauses, start: int, end: int) -> Span | None:
    """Return the noun phrase that begins at a word, up to a comma, a day, a listener or "in a statement"."""
    stop = start
    while stop < end:
        form = line.form(stop)
        if stop > start and (line.has_comma(stop) or line.is_hard(stop)):
            break
        if re.match(line.grammar.adjuncts, form) or ADVERB.search(line.written(stop)):
            break
        if form == "في" and line.form(stop + 1) in line.grammar.speech_nouns | {
            "موتمر",
            "مقابله",
            "كلمه",
            "حديث",
            "وقت",
        }:
            break
        if form in line.grammar.prepositions and (
            stop == start or (form in {"الي", "علي", "عن", "من", "في"} and stop + 1 == end)
        ):
            break
        stop += 1
    if stop == start or stop - start > MOST_WORDS or line.form(start) in line.grammar.nobody | line.speech.that:
        return None
    return line.trimmed(line.words[start].start, line.words[stop - 1].end)


def _subject_before(line: Clauses, place: int) -> Span | None:
    """Return the subject before its verb: العمدة قال إن …."""
    start, contrasted = _left_bound(line, place)
    pieces = line.segments(start, place)
    if not pieces or (len(pieces) > 1 and not all(line.form(one) in {"الذي", "التي"} for one, _end in pieces[1:])):
        if not pieces or (line.form(pieces[-1][0])[:1] in CONJUNCTIONS and not _is_definite(line, pieces[-1][0])):
            return None
        pieces = pieces[-1:]
    one, other = pieces[0]
    while other > one and line.form(other - 1) in {"قد", "كان", "كانت", "فقد"}:
        other -= 1
    if one >= other or other - one > MOST_WORDS:
        return None
    form = line.form(one)
    known = ACTIVE["ar"].keys() | PASSIVE["ar"].keys()
    if any(_bare(word, known) in known for word in line.forms(one, other)) or form in line.grammar.prepositions:
        return None
    if not (_is_definite(line, one) or form in line.grammar.roles or contrasted):
        return None
    if form in line.grammar.nobody | line.grammar.negating | line.grammar.supposing or re.match(
        line.grammar.adjuncts, form
    ):
        return None
    conjunction = int(form[:1] in CONJUNCTIONS and form[1:3] == "ال")
    return line.trimmed(line.words[one].start + conjunction, line.words[other - 1].end)


def _is_definite(line: Clauses, place: int) -> bool:
    form = line.form(place)
    return form.startswith("ال") or (form[:1] in CONJUNCTIONS and form[1:3] == "ال")


def _content_end(line: Clauses, start: int) -> int:
    """Return the character where what is surely said ends, after its "that"."""
    known = ACTIVE["ar"].keys()
    for place in range(start + 2, len(line.words)):
        before = line.words[place - 1].end
        if line.words[place].start >= line.end:
            break
        if line.is_quoted(place):
            continue
        form, comma = line.form(place), line.has_comma(place)
        if re.search("[;؛]", line.gap(place)) or _contrasts(line, place):
            return before
        joined = form[:1] in CONJUNCTIONS and len(form) > 3
        if joined and form[1:] in known:
            return before
        if comma and joined and form[1:] not in line.speech.that and not _is_definite(line, place):
            return before
        if comma and [form] in [forms for forms, _phrase in ACCORDING]:
            return before
    return line.end


def in_statement(line: Clauses) -> Iterator[Attributed]:
    """جاء في بيان للبلدية أن …; تم الإعلان من قبل البلدية أن …."""
    for place in range(len(line.words) - 3):
        form = line.form(place)
        if _bare(form, CAME) in CAME and line.form(place + 1) == "في" and not line.is_quoted(place):
            noun = place + 2
            if line.form(noun) not in line.grammar.speech_nouns:
                continue
        elif _bare(form, DONE) in DONE and line.form(place + 1) in ANNOUNCING:
            noun = place + 1
        else:
            continue
        cue = Cue("جاء" if noun == place + 2 else "أعلن", "asserts" if noun == place + 2 else "reports")
        before = _bare(line.form(place - 1), line.grammar.negating | line.grammar.supposing)
        that = _that(line, noun)
        if that is None or before in line.grammar.negating | line.grammar.supposing | line.speech.that:
            continue
        speaker = _author(line, noun + 1, that)
        content = Span(line.words[that].end, _content_end(line, that))
        if speaker is None and noun + 2 < that:
            continue
        yield from framed(line, speaker, cue if speaker else Cue(cue.verb, NOBODY), "indirect", content, place)


def _author(line: Clauses, start: int, end: int) -> Span | None:
    """Return whose statement it is: للبلدية, صادر عن البلدية, من قبل البلدية, (بيان) البلدية."""
    for place in range(start, end):
        form = line.form(place)
        if form in {"عن", "من"} and place + 1 < end:
            named = place + 2 if line.form(place + 1) in line.grammar.means else place + 1
            return _name(line, named, end)
        if form in {"نشرته", "اصدرته", "نشره", "اصدره", "وزعته"}:
            return _name(line, place + 1, end)
        if form.startswith("ل") and len(form) > 3 and form not in {"لها", "له"}:
            name = _name(line, place, end)
            return name and Span(name.start + (2 if form.startswith("لل") else 1), name.end)
    if start < end and (_is_definite(line, start) or (line.form(start + 1).startswith("ال") and start + 1 < end)):
        return _name(line, start, end)
    return None


def according(line: Clauses) -> Iterator[Attributed]:
    """بحسب X، …; …، بحسب X."""
    for forms, phrase in ACCORDING:
        size = len(forms)
        for place in range(len(line.words) - size):
            found = line.forms(place, place + size)
            found[0] = _bare(found[0], {forms[0]})
            if found == forms and not line.is_quoted(place):
                yield from _according(line, place, place + size, Cue(phrase, "asserts"))


def _according(line: Clauses, place: int, first: int, cue: Cue) -> Iterator[Attributed]:
    what = line.form(first) in line.speech.what | {"لما"}
    first += 2 if what else 0  # "according to what X reported"
    if first >= len(line.words) or line.form(first) in line.grammar.nobody:
        return
    end = next((at for at in range(first + 1, len(line.words)) if line.has_comma(at) or line.is_hard(at)), None)
    end = next((at for at in range(first, end or 0) if line.words[at].start >= line.end), end)
    stop = len(line.words) if end is None else end
    speaker = _according_speaker(line, first, stop, joined=cue.verb in TO and not what)
    if place and (quote := quote_before(line, place)):
        yield from framed(line, speaker, cue, "direct", quote, place) if speaker else ()
        return
    bound = place if _is_joined(line, place) else _left_bound(line, place)[0]
    if place > bound:
        content = Span(line.words[_content_start(line, bound, place)].start, line.words[place - 1].end)
        if speaker and stop - first <= MOST_WORDS and place - bound > 1:
            yield from framed(line, speaker, cue, "indirect", content, place)
        return
    yield from _before_news(line, place, first, end, speaker, cue)


def _according_speaker(line: Clauses, first: int, stop: int, *, joined: bool) -> Span | None:
    """Return the name after "according to", without the "to" that may be written together with it."""
    speaker = line.trimmed(line.words[first].start, min(line.words[stop - 1].end, line.end))
    if speaker and joined and line.form(first).startswith("ل"):
        return Span(speaker.start + (2 if line.form(first).startswith("لل") else 1), speaker.end)
    return speaker


def _before_news(
    line: Clauses, place: int, first: int, end: int | None, speaker: Span | None, cue: Cue
) -> Iterator[Attributed]:
    """بحسب X، …."""
    start = _past_apposition(line, end) if end is not None else None
    if end is None:
        start = next((at for at in range(first + 1, len(line.words)) if not _is_definite(line, at)), None)
        if start is None or not _is_definite(line, first):
            return
        speaker = line.trimmed(speaker.start if speaker else 0, line.words[start - 1].end)
    if start is not None and speaker:
        content = Span(line.words[start].start, _content_end(line, start - 1))
        yield from framed(line, speaker, cue, "indirect", content, place)


def _is_joined(line: Clauses, place: int) -> bool:
    """Return whether an "according to" is written together with "and", and opens its clause: وبحسب X، …."""
    form = line.form(place)
    return form[:1] in CONJUNCTIONS and form[1:] in {forms[0] for forms, _phrase in ACCORDING}


def _content_start(line: Clauses, bound: int, place: int) -> int:
    """Return where what is said before "according to" begins, after a contrast if there is one."""
    return next((at for at in range(place - 1, bound, -1) if ";" in line.gap(at) or "؛" in line.gap(at)), bound)


def _past_apposition(line: Clauses, start: int) -> int | None:
    """Return where the news begins after "according to X,": past "the spokesman of the police,"."""
    pieces = line.segments(start, len(line.words))
    if len(pieces) < 2:
        return start
    form, following = line.form(start), line.form(pieces[1][0])
    joined = following[:1] in CONJUNCTIONS and len(following) > 3
    if form in {"الذي", "التي", "الذين", "وهو", "وهي", "وهم"} or form in line.grammar.roles:
        return pieces[1][0]
    if _is_definite(line, start) and not joined and form[:1] not in CONJUNCTIONS:
        return pieces[1][0]
    return start


PATTERNS = (in_statement, according, said, labelled)
