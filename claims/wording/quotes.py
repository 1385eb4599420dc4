"""Find who is said to have said what in one sentence, and how the sentence puts it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from claims.wording import cues
from claims.wording.cues import AUXILIARIES, CUES, PRONOUNS, Cue
from sources.language.numerals import Token, tokens
from sources.language.sentences import Span

EXTRACTOR = "quotes@1"

NOBODY = "unattributed_passive"
LONGEST = 3_000  # characters; what is longer is no sentence
FAR = 8  # tokens from a verb to its "that", or from a quotation to its verb
LONGEST_SUBJECT = 160  # characters; what is longer is no name
QUOTATION = re.compile(r"«[^«»]{1,2000}»|“[^“”]{1,2000}”|\"[^\"]{1,2000}\"")
STOPS = re.compile(r"[,،;؛:(–—]|\s-\s")
EDGES = " \t\u00a0\u202f,،;؛:.…!?–—-’'"
WHICH = frozenset({"lequel", "laquelle", "lesquels", "lesquelles", "which"})
TURKISH_NOBODY = frozenset({"iddiaya", "iddialara", "haberlere", "bildirildigine", "soylentilere", "edinilen"})
TURKISH_REPORTS = frozenset({"haberine", "aciklamasina", "verilerine", "raporuna", "iddiasina", "aktardigina"})
TURKISH_AFTER_SPEAKER = re.compile(r"\s(?:ise|da|de|yazılı|yaptığı|açıklamasında)\s.*", re.DOTALL)
ARABIC_ADVERB = re.compile(r"\s\S+(?:ا\u064b|\u064bا)(?=\s|$).*", re.DOTALL)


@dataclass(frozen=True)
class Attribution:
    """Who said what: spans of the sentence. ``speaker`` is None where the sentence names nobody: then nobody is meant.

    ``verb`` is the dictionary form, or the phrase for "according to"; ``modality`` and ``directness`` are words of
    claims.models.vocabulary.
    """

    speaker: Span | None
    verb: str
    modality: str
    directness: str
    content: Span


def attribution(sentence: str, language: str) -> Attribution | None:
    """Return the outermost attribution of a sentence, or None when it speaks in its own words or is not understood.

    Only this sentence is looked at: a passive that names nobody is never given to the speaker of the one before.
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
    def words(self) -> list[Token]:
        return tokens(self.text)

    @cached_property
    def cues(self) -> list[tuple[int, Cue]]:
        """The verbs that attribute, outside quotation marks, with their places."""
        quoted = [match.span() for match in QUOTATION.finditer(self.text)]
        known = CUES[self.language]
        return [
            (place, known[word.form])
            for place, word in enumerate(self.words)
            if word.form in known and not any(start <= word.start < end for start, end in quoted)
        ]

    @cached_property
    def quotation(self) -> Span | None:
        """The longest quotation of the sentence, marks included."""
        spans = [Span(*match.span()) for match in QUOTATION.finditer(self.text)]
        return max(spans, key=lambda span: span.end - span.start, default=None)

    def forms(self, start: int, end: int) -> list[str]:
        return [word.form for word in self.words[max(0, start) : end]]

    def trimmed(self, start: int, end: int) -> Span | None:
        """Return the span without spaces and punctuation at its edges; None when nothing is left."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip(EDGES))
        end = start + len(piece.strip(EDGES))
        return Span(start, end) if start < end else None


def _passive(line: _Line) -> Attribution | None:
    """Il a été affirmé que …; it was claimed that …: nobody is named, unless "par" or "by" names somebody."""
    for place, cue in line.cues:
        before = line.forms(place - 4, place)
        impersonal = "ete" in before and "il" in before if line.language == "fr" else _impersonal(before)
        that = _that(line, place)
        if impersonal and that is not None:
            agent = line.words[place + 1] if place + 1 < that else None
            named = agent is not None and agent.form in {"par", "by"}
            speaker = line.trimmed(agent.end, line.words[that].start) if agent and named else None
            modality = cue.modality if speaker else NOBODY
            return _indirect(line, speaker, Cue(cue.verb, modality), line.words[that].end, len(line.text))
    return None


def _impersonal(before: list[str]) -> bool:
    return "it" in before and bool({"was", "is", "been", "being"} & set(before))


def _that(line: _Line, place: int) -> int | None:
    """Return the place of the "that" of a verb, if it has one nearby and no other verb takes it."""
    for at in range(place + 1, min(place + 1 + FAR, len(line.words))):
        if line.words[at].form in cues.THAT[line.language]:
            return at
    return None


def _direct(line: _Line) -> Attribution | None:
    """« … », a déclaré X; “…,” X said; X said: “…”."""
    quote = line.quotation
    if quote is None:
        return None
    for place, cue in line.cues:
        word = line.words[place]
        if word.start >= quote.end and len(line.forms(0, place)) - _count(line, quote.end) <= FAR:
            speaker = _inverted(line, place, quote.end) or _after(line, place)
            return Attribution(speaker, cue.verb, cue.modality, "direct", quote)
        if word.end <= quote.start and line.text[word.end : quote.start].strip()[-1:] in {":", ","}:
            return Attribution(_subject(line, place), cue.verb, cue.modality, "direct", quote)
    return None


def _count(line: _Line, end: int) -> int:
    return sum(word.start < end for word in line.words)


def _inverted(line: _Line, place: int, start: int) -> Span | None:
    """Return the pronoun around a verb (a-t-il déclaré), or what stands between quotation and verb (X said)."""
    near = line.words[max(0, place - 2) : place + 3]
    pronoun = next((word for word in near if word.form in PRONOUNS and word.start >= start), None)
    if pronoun:
        return Span(pronoun.start, pronoun.end)
    between = [word for word in line.words[:place] if word.start >= start]
    named = [word for word in between if word.form not in AUXILIARIES[line.language]]
    return line.trimmed(named[0].start, named[-1].end) if named else None


def _after(line: _Line, place: int) -> Span | None:
    start = line.words[place].end
    stop = STOPS.search(line.text, start + 1)
    return line.trimmed(start, stop.start() if stop else len(line.text))


def _according(line: _Line) -> Attribution | None:
    """Selon X, …; …, according to X; بحسب X."""
    for phrase in cues.ACCORDING[line.language]:
        size = len(phrase.split())
        for place in range(len(line.words) - size):
            if line.forms(place, place + size) != phrase.split() or line.words[place + size].form in WHICH:
                continue
            first = line.words[place]
            start = line.words[place + size - 1].end
            if line.words[place + size].form == "ما" and place + size + 1 < len(line.words):
                start = line.words[place + size + 1].end  # "according to what X reported"
            stop = STOPS.search(line.text, start + 1)
            end = stop.start() if stop else len(line.text)
            speaker = line.trimmed(start, end)
            content = line.trimmed(0, first.start) if place > 1 and not stop else line.trimmed(end, len(line.text))
            if speaker and content:
                return Attribution(speaker, phrase, "asserts", "indirect", content)
    return None


def _verb_that(line: _Line) -> Attribution | None:
    """X a annoncé que …; X said that …; X said …."""
    for place, cue in line.cues:
        that = _that(line, place)
        speaker = _subject(line, place)
        if speaker is None or cues.NEGATIONS & set(line.forms(place - 3, place)):
            continue
        if that is not None:
            return _indirect(line, speaker, cue, line.words[that].end, len(line.text))
        if line.language == "en" and cue.verb == "say" and len(line.words) - place > FAR // 2:
            return _indirect(line, speaker, cue, line.words[place].end, len(line.text))
    return None


def _trailing(line: _Line) -> Attribution | None:
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
        elif not english and all(word.form in AUXILIARIES["fr"] | PRONOUNS for word in group):
            speaker = _inverted(line, place, commas[-1]) or _after(line, place)
        else:
            continue
        if speaker and commas[-1] > LONGEST_SUBJECT // 8:
            return _indirect(line, speaker, cue, 0, commas[-1])
    return None


def _subject(line: _Line, place: int) -> Span | None:
    """Return the subject of a verb: what stands before it in its clause, without an aside between commas."""
    while place > 0 and line.words[place - 1].form in AUXILIARIES[line.language] | cues.NEGATIONS:
        place -= 1
    if place > 0 and line.words[place - 1].form in cues.RELATIVES:
        place -= 1
    end = line.words[place].start
    pieces = [Span(*piece.span()) for piece in re.finditer("[^,،;؛:]+", line.text[:end])]
    kept = [span for piece in pieces if (span := line.trimmed(*piece))]
    if not kept:
        return None
    aside = line.text[:end].rstrip(" \u00a0").endswith(",")
    span = kept[0] if aside else kept[-1]
    leading = next((word for word in line.words if word.start == span.start), None)
    if leading and leading.form in cues.LEADING:
        span = line.trimmed(leading.end, span.end) or span
    return span if span.end - span.start <= LONGEST_SUBJECT else None


def _indirect(line: _Line, speaker: Span | None, cue: Cue, start: int, end: int) -> Attribution | None:
    piece = line.text[start:end]
    start += len(piece) - len(piece.lstrip(EDGES))
    content = Span(start, start + len(line.text[start:end].rstrip(EDGES)))
    return Attribution(speaker, cue.verb, cue.modality, "indirect", content) if content.start < content.end else None


def _turkish_according(line: _Line) -> Attribution | None:
    """X’e göre, …; iddiaya göre … names nobody."""
    for place, word in enumerate(line.words[:12]):
        content = line.trimmed(word.end, len(line.text))
        if word.form != "gore" or place == 0 or content is None:
            continue
        if TURKISH_NOBODY & set(line.forms(place - 2, place)):
            return Attribution(None, "göre", NOBODY, "indirect", content)
        suffix = line.words[place - 2 if place > 1 and line.words[place - 1].form in TURKISH_REPORTS else place - 1]
        apostrophe = line.text[suffix.start - 1 : suffix.start] in {"'", "’"}
        speaker = line.trimmed(0, suffix.start - 1 if apostrophe else suffix.end)
        return Attribution(speaker, "göre", "asserts", "indirect", content) if speaker else None
    return None


def _turkish(line: _Line) -> Attribution | None:
    """X, … söyledi; … iddia edildi: the verb ends the sentence."""
    for size in (2, 1):
        ending = " ".join(line.forms(len(line.words) - size, len(line.words)))
        end = line.words[-size].start if len(line.words) > size else 0
        if end and (passive := cues.TURKISH_PASSIVES.get(ending)):
            return _indirect(line, None, passive, 0, end)
        if end and (cue := CUES["tr"].get(ending)):
            speaker, start = _turkish_subject(line, end)
            quote = line.quotation
            if quote and end - quote.end <= 2:
                return Attribution(speaker, cue.verb, cue.modality, "direct", quote)
            return _indirect(line, speaker, cue, start, end)
    return None


def _turkish_subject(line: _Line, end: int) -> tuple[Span | None, int]:
    """Return what stands before the first comma, or the capitalized words that begin, and where the rest begins."""
    comma = line.text.find(",", 0, end)
    words = [word for word in line.words if word.end <= end]
    if 0 < comma <= LONGEST_SUBJECT:
        return line.trimmed(0, len(TURKISH_AFTER_SPEAKER.sub("", line.text[:comma]))), comma
    capital = 0
    while capital < len(words) and line.text[words[capital].start].isupper():
        capital += 1
    if capital == 1 and len(words) > 1:
        capital = 2  # "İran medyası": a name and what it belongs to
    return (Span(words[0].start, words[capital - 1].end), words[capital - 1].end) if capital else (None, 0)


def _arabic(line: _Line) -> Attribution | None:
    """قال X إن …; زُعم أن … names nobody."""
    for place, word in enumerate(line.words):
        bare = word.form if word.form in CUES["ar"] or word.form in cues.ARABIC_PASSIVES else word.form[1:]
        cue = CUES["ar"].get(bare) or (Cue(bare, NOBODY) if bare in cues.ARABIC_PASSIVES else None)
        if cue is None or (bare != word.form and word.form[0] not in "وف"):
            continue
        that = next((at for at in range(place + 1, min(place + 16, len(line.words))) if _is_that(line, at)), None)
        if that is not None:
            named = ARABIC_ADVERB.sub("", line.text[word.end : line.words[that].start].split("،")[0])
            speaker = line.trimmed(word.end, word.end + len(named))
            if speaker is None and bare in cues.ARABIC_PASSIVES:
                cue = Cue(cue.verb, NOBODY)
            return _indirect(line, speaker, cue, line.words[that].end, len(line.text))
        quote = line.quotation
        if quote and quote.start > word.end and line.text[: quote.start].rstrip().endswith(":"):
            return Attribution(line.trimmed(word.end, quote.start), cue.verb, cue.modality, "direct", quote)
    return None


def _is_that(line: _Line, at: int) -> bool:
    return line.words[at].form in cues.THAT["ar"]


Pattern = Callable[[_Line], Attribution | None]
PATTERNS: dict[str, tuple[Pattern, ...]] = {
    "fr": (_passive, _direct, _according, _verb_that, _trailing),
    "en": (_passive, _direct, _according, _trailing, _verb_that),
    "tr": (_turkish_according, _turkish),
    "ar": (_arabic, _according),
}
