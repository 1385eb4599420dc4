"""The shape of a language's word tables: number words, negations, attribution verbs, abbreviations and more.

Words are folded (``sources.language.folding``): lower case, without accents. Where a field holds words as they are
written, or a regular expression, its comment says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class SpeechVerb(NamedTuple):
    """A verb that attributes, with its dictionary form and the modality it gives (claims.models.vocabulary.Modality).

    ``passive`` holds the forms that name nobody. A verb is ``ambiguous`` when it as often tells of an act that is no
    statement ("launch", "add"): it attributes only where the rest of the sentence shows it. ``participle`` is the
    present one, where the language has it: "saying", "affirmant". A verb is ``quoting`` when it attributes only beside
    a quotation: "continued", "conclut". A form may have several words: "pointed out", "fait savoir".
    """

    lemma: str
    modality: str
    active: tuple[str, ...]
    passive: tuple[str, ...] = ()
    ambiguous: bool = False
    participle: str = ""
    quoting: bool = False


@dataclass(frozen=True, kw_only=True)
class SentenceWords:
    """Abbreviations that end with a full stop, as written but in lower case, without that stop; no word in two sets."""

    titles: frozenset[str]  # a name or number follows, so the sentence goes on even before a capital
    closing: frozenset[str]  # they may be the last word of a sentence
    abbreviations: frozenset[str]  # all others


@dataclass(frozen=True, kw_only=True)
class NumberWords:
    """Number words, and the words around a number that say how exact it is."""

    values: Mapping[str, int]
    scales: Mapping[str, int]  # words that multiply the number before them
    thousands: str  # signs that group digits by three
    joining: frozenset[str] = frozenset()  # "and" between two number words
    vague: Mapping[str, tuple[int, int]]  # numbers nobody counted: the least and the most that they can mean
    rounded: Mapping[str, int]  # "about so many" in one word
    quantities: frozenset[str]  # other words that tell a quantity
    before: Mapping[str, str]  # phrases before a number by qualifier, with | between them
    after: Mapping[str, str]  # the same after a number
    skipped: frozenset[str] = frozenset()  # words between a number and what it counts
    opening: frozenset[str] = frozenset()  # the first word of a range: "between 12 and 15"
    endings: str = ""  # regular expression: endings of a number word or scale, as cases are written
    abbreviations: Mapping[str, int] = field(
        default_factory=dict
    )  # scales after digits, as "m" in "2.5m"; a capital counts
    measures: frozenset[str] = frozenset()  # after "m": meters, as in "2.5m high"
    measured: frozenset[str] = frozenset()  # things of some length, in the singular: "the 100m final", "a 5k race"
    counted: str = ""  # regular expression: nouns that tell a number of things or money, as "people" in "3m people"
    halves: tuple[str, ...] = ()  # phrases for "and a half"
    half_of: tuple[str, ...] = ()  # phrases for half of the scale word that follows: "half a" million
    fractions: Mapping[str, int] = field(default_factory=dict)  # "third": the number of parts
    out_of: frozenset[str] = frozenset()  # between two numbers of a proportion: "one in three"
    ranging: frozenset[str] = frozenset()  # as written: between the ends of a range, sufficient alone ("12 to 15")
    ranging_if_opened: frozenset[str] = frozenset()  # as written: the same, after an opening word only


@dataclass(frozen=True, kw_only=True)
class CalendarWords:
    """Names of months and days, and the words next to a year."""

    months: frozenset[str]
    weekdays: frozenset[str]
    days: frozenset[str]  # yesterday, today, tomorrow
    ambiguous: frozenset[str] = frozenset()  # those of the names above that mostly mean something else ("may")
    before_year: frozenset[str] = frozenset()
    after_year: tuple[str, ...] = ()  # beginnings of words


@dataclass(frozen=True, kw_only=True)
class SpeechWords:
    """How news says who said something. A language needs only the fields that its patterns in claims.wording read."""

    verbs: tuple[SpeechVerb, ...]
    according: tuple[str, ...]  # as written: phrases for "according to"
    derived: str  # regular expression: other words that attribute (nouns, adverbs, the conditional)
    that: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()  # what may stand between a subject and its verb or participle
    pronouns: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()  # "who", before the verb of a relative clause
    interrogatives: frozenset[str] = frozenset()  # "which" after "according to": then no speaker follows
    what: frozenset[str] = frozenset()  # "what" after "according to": then a verb and a speaker follow
    leading: frozenset[str] = frozenset()  # conjunctions at the start of a sentence
    agents: frozenset[str] = frozenset()  # "by"
    impersonal: frozenset[str] = frozenset()  # the "it" of "it was said that"
    unnamed: frozenset[str] = frozenset()  # words with "according to" that name nobody: "reports", "claims"
    publications: frozenset[str] = frozenset()  # what may stand between a speaker and "according to": "its report"
    after_speaker: str = ""  # regular expression, as written: words between a speaker and the comma after it


@dataclass(frozen=True, kw_only=True)
class ClauseWords:
    """How clauses are joined, and what shows that nobody says anything: it is denied, refused, impossible or supposed.

    A language needs only the fields that its patterns in claims.wording read.
    """

    contrasting: frozenset[str] = frozenset()  # they open a clause of its own: "but", "while"
    contrasting_after_comma: frozenset[str] = frozenset()  # the same, after a comma only: "yet"
    adding: frozenset[str] = frozenset()  # "and", "or": between clauses or between nouns
    subordinating: frozenset[str] = frozenset()  # they open a clause that tells a fact: "because"
    doubting: frozenset[str] = frozenset()  # what their clause tells is only supposed: "if", "perhaps"
    negating: frozenset[str] = frozenset()  # next to a verb
    supposing: frozenset[str] = frozenset()  # auxiliaries of what has not been said, or perhaps not: "would", "aurait"
    nobody: frozenset[str] = frozenset()  # first words of a subject that is nobody: "no", "none"
    asking: frozenset[str] = frozenset()  # first words of a question
    finite: frozenset[str] = frozenset()  # verbs that make a clause of words; no form that is also a noun
    determiners: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()  # subjects
    empty: frozenset[str] = frozenset()  # after "said": they tell nothing
    told: frozenset[str] = frozenset()  # as written: verbs (dictionary form) that name their listener before "that"
    bare: frozenset[str] = frozenset()  # as written: verbs (dictionary form) that need no "that"
    speech_nouns: frozenset[str] = frozenset()  # "denied claims that"
    means: frozenset[str] = frozenset()  # after "by": how, not who
    adjuncts: str = ""  # regular expression of folded text: when and where, after a speaker
    roles: frozenset[str] = frozenset()  # nouns that open an apposition to a name


@dataclass(frozen=True, kw_only=True)
class PageWords:
    """Regular expressions for the words of a page around its article, as written; case does not matter.

    ``stamp`` alone is of folded text, as are ``stamp_words``; in ``agencies`` case matters.
    """

    challenge: str  # a test for humans
    paywall: str
    sign_in: str
    sign_in_path: str = ""  # a word in the address of a sign-in page
    cookies: str  # a notice on cookies or privacy
    accept: str  # the button of such a notice
    region: str  # the page is not for the country of its reader
    not_found: str
    stamp: str  # how a line begins that says when the page was updated
    stamp_words: frozenset[str]  # what else stands in such a line, dates aside
    agencies: str  # news agencies, as a dateline names them


@dataclass(frozen=True, kw_only=True)
class Language:
    """Every word table of one language."""

    code: str  # ISO 639-1
    stop_words: frozenset[str]  # words that tell nothing about what a text is on
    openers: frozenset[str]  # words that often open a sentence and are no names
    negations: str  # regular expression: words that negate the verb next to them
    negatives: str  # regular expression: other words that negate ("nobody", "without", "false", "to deny")
    elided: tuple[str, ...] = ()  # words that an apostrophe shortens before the next word ("l’", "qu’")
    conjunctions: str = ""  # letters that mean "and", "so" and are written together with the next word
    particles: str = ""  # letters that mean "in", "to", "like" and are written together with the next word
    article: str = ""  # regular expression: an article written together with its noun
    sentences: SentenceWords
    numbers: NumberWords
    calendar: CalendarWords
    speech: SpeechWords
    clauses: ClauseWords = ClauseWords()
    pages: PageWords


def words(line: str) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(line.split())


def counted(line: str, *, start: int = 0, step: int = 1) -> dict[str, int]:
    """Return the words of a line with the numbers they stand for, from ``start`` in steps."""
    return {word: start + step * place for place, word in enumerate(line.split())}
