"""Find the attribution in one sentence: who said what, and how the sentence presents it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from claims.wording.modality import ACTIVE, NOBODY, PASSIVE, Cue
from sources.language.folding import fold
from sources.language.languages.registry import LANGUAGES
from sources.language.languages.tables import SpeechWords
from sources.language.numerals import WordToken, tokens
from sources.language.sentences import Span

EXTRACTOR = "quotes@2"

LONGEST = 3_000  # characters; a longer text is no sentence
FAR = 8  # tokens from a verb to its "that", or from a quotation to its verb
FAR_IN_ARABIC = 15  # the same, with the subject in between
NEGATING = 3  # tokens from a negation to its verb
LONGEST_SUBJECT = 160  # characters; a longer text is no name
QUOTATION = re.compile(r"«[^«»]{1,2000}»|“[^“”]{1,2000}”|\"[^\"]{1,2000}\"")
STOPS = re.compile(r"[,،;؛:(–—]|\s-\s")
CLAUSE = re.compile(r"[,،;؛:()«»“”\"–—]")
EDGES = " \t\u00a0\u202f,،;؛:.…!?–—-’'"
NEGATIONS = {code: re.compile(language.negations) for code, language in LANGUAGES.items()}
# The phrases for "according to" as folded words, and as written.
ACCORDING = {
    code: [([word.form for word in tokens(phrase)], phrase) for phrase in language.speech.according]
    for code, language in LANGUAGES.items()
}
TURKISH_AFTER_SPEAKER = re.compile(rf"\s(?:{LANGUAGES['tr'].speech.after_speaker})\s.*", re.DOTALL)
ARABIC_ADVERB = re.compile(r"\s\S+(?:ا\u064b|\u064bا)(?=\s|$).*", re.DOTALL)


@dataclass(frozen=True)
class Attributed:
    """Who said what, as spans of the sentence. ``speaker`` is None where the sentence names nobody.

    ``verb`` is the dictionary form, or the phrase for "according to". ``modality`` and ``directness`` are words of
    claims.models.vocabulary.
    """

    speaker: Span | None
    verb: str
    modality: str
    directness: str
    content: Span


def attribution(sentence: str, language: str) -> Attributed | None:
    """Return the outermost attribution of a sentence, or None if it has none that we understand.

    We look at this sentence alone: the speaker of the sentence before never gets a passive that names nobody.
    """
    if len(sentence) > LONGEST:
        return None
    line = _Line(sentence, language)
    return next((found for pattern in PATTERNS.get(language, ()) if (found := pattern(line))), None)


@dataclass(frozen=True)
class _Line:
    """A sentence and its words."""

    text: str
    language: str

    @cached_property
    def words(self) -> list[WordToken]:
        return tokens(self.text)

    @cached_property
    def speech(self) -> SpeechWords:
        return LANGUAGES[self.language].speech

    @cached_property
    def cues(self) -> list[tuple[int, Cue]]:
        """The verbs that attribute, with their places, except inside quotation marks or with a negation."""
        quoted = [match.span() for match in QUOTATION.finditer(self.text)]
        known = ACTIVE[self.language]
        return [
            (place, known[word.form])
            for place, word in enumerate(self.words)
            if word.form in known
            and not any(start <= word.start < end for start, end in quoted)
            and not self.is_negated(place)
        ]

    def is_negated(self, place: int, near: int = NEGATING) -> bool:
        """Return whether one of the few words before a verb, in its clause, negates it."""
        start, end = self.words[max(0, place - near)].start, self.words[place].start
        clause = CLAUSE.split(self.text[start:end])[-1]
        return bool(NEGATIONS[self.language].search(fold(clause)))

    @cached_property
    def quotation(self) -> Span | None:
        """The longest quotation of the sentence, with its quotation marks."""
        spans = [Span(*match.span()) for match in QUOTATION.finditer(self.text)]
        return max(spans, key=lambda span: span.end - span.start, default=None)

    def forms(self, start: int, end: int) -> list[str]:
        return [word.form for word in self.words[max(0, start) : end]]

    def trimmed(self, start: int, end: int) -> Span | None:
        """Return the span without spaces and punctuation at its edges, or None if nothing is left."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip(EDGES))
        end = start + len(piece.strip(EDGES))
        return Span(start, end) if start < end else None


def _passive(line: _Line) -> Attributed | None:
    """Il a été affirmé que …; it was claimed that …. It names nobody, unless "par" or "by" does."""
    for place, cue in line.cues:
        before = set(line.forms(place - 4, place))
        impersonal = before & line.speech.impersonal and before & line.speech.passive_auxiliaries
        that = _that(line, place)
        if impersonal and that is not None:
            agent = line.words[place + 1] if place + 1 < that else None
            named = agent is not None and agent.form in line.speech.agents
            speaker = line.trimmed(agent.end, line.words[that].start) if agent and named else None
            modality = cue.modality if speaker else NOBODY
            return _indirect(line, speaker, Cue(cue.verb, modality), line.words[that].end, len(line.text))
    return None


def _that(line: _Line, place: int, far: int = FAR) -> int | None:
    """Return the place of the first "that" after a verb, if there is one nearby."""
    for at in range(place + 1, min(place + 1 + far, len(line.words))):
        if line.words[at].form in line.speech.that:
            return at
    return None


def _direct(line: _Line) -> Attributed | None:
    """« … », a déclaré X; “…,” X said; X said: “…”."""
    quote = line.quotation
    if quote is None:
        return None
    for place, cue in line.cues:
        word = line.words[place]
        if word.start >= quote.end and len(line.forms(0, place)) - _count(line, quote.end) <= FAR:
            speaker = _inverted(line, place, quote.end) or _after(line, place)
            return Attributed(speaker, cue.verb, cue.modality, "direct", quote)
        if word.end <= quote.start and line.text[word.end : quote.start].strip()[-1:] in {":", ","}:
            return Attributed(_subject(line, place), cue.verb, cue.modality, "direct", quote)
    return None


def _count(line: _Line, end: int) -> int:
    return sum(word.start < end for word in line.words)


def _inverted(line: _Line, place: int, start: int) -> Span | None:
    """Return the pronoun next to a verb (a-t-il déclaré), or the words between quotation and verb (X said)."""
    near = line.words[max(0, place - 2) : place + 3]
    pronoun = next((word for word in near if word.form in line.speech.pronouns and word.start >= start), None)
    if pronoun:
        return Span(pronoun.start, pronoun.end)
    between = [word for word in line.words[:place] if word.start >= start]
    named = [word for word in between if word.form not in line.speech.auxiliaries]
    return line.trimmed(named[0].start, named[-1].end) if named else None


def _after(line: _Line, place: int) -> Span | None:
    start = line.words[place].end
    stop = STOPS.search(line.text, start + 1)
    return line.trimmed(start, stop.start() if stop else len(line.text))


def _according(line: _Line) -> Attributed | None:
    """Selon X, …; …, according to X; بحسب X."""
    for forms, phrase in ACCORDING[line.language]:
        size = len(forms)
        for place in range(len(line.words) - size):
            if line.forms(place, place + size) != forms or line.words[place + size].form in line.speech.interrogatives:
                continue
            first = line.words[place]
            start = line.words[place + size - 1].end
            if line.words[place + size].form in line.speech.what and place + size + 1 < len(line.words):
                start = line.words[place + size + 1].end  # "according to what X reported"
            stop = STOPS.search(line.text, start + 1)
            end = stop.start() if stop else len(line.text)
            speaker = line.trimmed(start, end)
            content = line.trimmed(0, first.start) if place > 1 and not stop else line.trimmed(end, len(line.text))
            if speaker and content:
                return Attributed(speaker, phrase, "asserts", "indirect", content)
    return None


def _verb_that(line: _Line) -> Attributed | None:
    """X a annoncé que …; X said that …; X said …."""
    for place, cue in line.cues:
        that = _that(line, place)
        speaker = _subject(line, place)
        if speaker is None:
            continue
        if that is not None:
            return _indirect(line, speaker, cue, line.words[that].end, len(line.text))
        if line.language == "en" and cue.verb == "say" and len(line.words) - place > FAR // 2:
            return _indirect(line, speaker, cue, line.words[place].end, len(line.text))
    return None


def _trailing(line: _Line) -> Attributed | None:
    """…, ont annoncé les autorités; …, the hospital said."""
    for place, cue in line.cues:
        commas = [comma.start() for comma in re.finditer("[,»”]", line.text) if comma.start() < line.words[place].start]
        if not commas:
            continue
        group = [word for word in line.words[:place] if word.start > commas[-1]]
        english = line.language == "en"
        ends = line.text[line.words[place].end :].lstrip()[:1] in {"", ",", ".", ";"}
        if english and group and (ends or len(line.words) - place <= FAR // 2):
            speaker = line.trimmed(group[0].start, group[-1].end)
        elif not english and all(word.form in line.speech.auxiliaries | line.speech.pronouns for word in group):
            speaker = _inverted(line, place, commas[-1]) or _after(line, place)
        else:
            continue
        if speaker and commas[-1] > LONGEST_SUBJECT // 8:
            return _indirect(line, speaker, cue, 0, commas[-1])
    return None


def _subject(line: _Line, place: int) -> Span | None:
    """Return the subject of a verb: the words before it in its clause, without an aside between commas."""
    while place > 0 and line.words[place - 1].form in line.speech.auxiliaries:
        place -= 1
    if place > 0 and line.words[place - 1].form in line.speech.relatives:
        place -= 1
    end = line.words[place].start
    pieces = [Span(*piece.span()) for piece in re.finditer("[^,،;؛:]+", line.text[:end])]
    kept = [span for piece in pieces if (span := line.trimmed(*piece))]
    if not kept:
        return None
    aside = line.text[:end].rstrip(" \u00a0").endswith(",")
    span = kept[0] if aside else kept[-1]
    leading = next((word for word in line.words if word.start == span.start), None)
    if leading and leading.form in line.speech.leading:
        span = line.trimmed(leading.end, span.end) or span
    return span if span.end - span.start <= LONGEST_SUBJECT else None


def _indirect(line: _Line, speaker: Span | None, cue: Cue, start: int, end: int) -> Attributed | None:
    piece = line.text[start:end]
    start += len(piece) - len(piece.lstrip(EDGES))
    content = Span(start, start + len(line.text[start:end].rstrip(EDGES)))
    return Attributed(speaker, cue.verb, cue.modality, "indirect", content) if content.start < content.end else None


def _turkish_according(line: _Line) -> Attributed | None:
    """X’e göre, …; iddiaya göre … names nobody."""
    for place, word in enumerate(line.words[:12]):
        content = line.trimmed(word.end, len(line.text))
        phrase = next((phrase for forms, phrase in ACCORDING[line.language] if forms == [word.form]), None)
        if phrase is None or place == 0 or content is None:
            continue
        if line.speech.unnamed & set(line.forms(place - 2, place)):
            return Attributed(None, phrase, NOBODY, "indirect", content)
        published = place > 1 and line.words[place - 1].form in line.speech.publications
        suffix = line.words[place - 2 if published else place - 1]
        apostrophe = line.text[suffix.start - 1 : suffix.start] in {"'", "’"}
        speaker = line.trimmed(0, suffix.start - 1 if apostrophe else suffix.end)
        return Attributed(speaker, phrase, "asserts", "indirect", content) if speaker else None
    return None


def _turkish(line: _Line) -> Attributed | None:
    """X, … söyledi; … iddia edildi: the verb ends the sentence."""
    for size in (2, 1):
        ending = " ".join(line.forms(len(line.words) - size, len(line.words)))
        end = line.words[-size].start if len(line.words) > size else 0
        if end and (passive := PASSIVE[line.language].get(ending)):
            return _indirect(line, None, passive, 0, end)
        if end and (cue := ACTIVE[line.language].get(ending)):
            speaker, start = _turkish_subject(line, end)
            quote = line.quotation
            if quote and end - quote.end <= 2:
                return Attributed(speaker, cue.verb, cue.modality, "direct", quote)
            return _indirect(line, speaker, cue, start, end)
    return None


def _turkish_subject(line: _Line, end: int) -> tuple[Span | None, int]:
    """Return the words before the first comma, or the first words with a capital, and where the rest starts."""
    comma = line.text.find(",", 0, end)
    words = [word for word in line.words if word.end <= end]
    if 0 < comma <= LONGEST_SUBJECT:
        return line.trimmed(0, len(TURKISH_AFTER_SPEAKER.sub("", line.text[:comma]))), comma
    capital = 0
    while capital < len(words) and line.text[words[capital].start].isupper():
        capital += 1
    if capital == 1 and len(words) > 1:
        capital = 2  # "İran medyası": a name and the noun it belongs to
    return (Span(words[0].start, words[capital - 1].end), words[capital - 1].end) if capital else (None, 0)


def _arabic(line: _Line) -> Attributed | None:
    """قال X إن …; زُعم أن … names nobody."""
    active, passive = ACTIVE[line.language], PASSIVE[line.language]
    conjunctions = LANGUAGES[line.language].conjunctions
    for place, word in enumerate(line.words):
        is_whole = word.form in active or word.form in passive
        bare = word.form if is_whole else word.form[1:]
        cue = active.get(bare) or passive.get(bare)
        if cue is None or not (is_whole or word.form[0] in conjunctions) or line.is_negated(place, near=1):
            continue
        that = _that(line, place, far=FAR_IN_ARABIC)
        if that is not None:
            named = ARABIC_ADVERB.sub("", line.text[word.end : line.words[that].start].split("،")[0])
            speaker = line.trimmed(word.end, word.end + len(named))
            if speaker is None and bare in passive:
                cue = Cue(cue.verb, NOBODY)
            return _indirect(line, speaker, cue, line.words[that].end, len(line.text))
        quote = line.quotation
        if quote and quote.start > word.end and line.text[: quote.start].rstrip().endswith(":"):
            return Attributed(line.trimmed(word.end, quote.start), cue.verb, cue.modality, "direct", quote)
    return None


Pattern = Callable[[_Line], Attributed | None]
PATTERNS: dict[str, tuple[Pattern, ...]] = {
    "fr": (_passive, _direct, _according, _verb_that, _trailing),
    "en": (_passive, _direct, _according, _trailing, _verb_that),
    "tr": (_turkish_according, _turkish),
    "ar": (_arabic, _according),
}
