"""Find the bounds of clauses and quotations in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from claims.wording.modality import ACTIVE, COMPOUNDS, QUOTING, Cue
from sources.language.languages.registry import LANGUAGES
from sources.language.languages.tables import ClauseWords, SpeechWords
from sources.language.numerals import WordToken, tokens
from sources.language.sentences import Span

TRANSITIVE = {"suspect", "reject", "blame", "expect"}  # they lead to no quotation: Prime Suspect: “…”
CLOSES = "»”’\"'"
QUOTES = {"«": "»", "“": "”", "„": "“”", "‘": "’", '"': '"'}
LONGEST_QUOTE = 2_000  # characters
LONGEST_CREDIT = 5  # characters of "(via", before the name of another account
HARD = re.compile(r"[;؛:…!?؟—–|]|\s-\s")
COMMA = re.compile("[,،]")
# What stands around words without being part of them: spaces, marks, emoji.
EDGE = re.compile(r"[^\w\u0300-\u036f\u064b-\u065f\u0670«»“”„\"()\[\]%٪€$£₺#@°]")
BRACKETS = {"(": ")", "[": "]"}
CLOSING = re.compile(r"[^\w,()\[\]]{0,5}[)\]]")
WORD = re.compile(r"\w")
CLUTTER = re.compile(r"(?:\s*+(?:#\w++|https?://\S++|www\.\S++|@\w++))++\W*$")  # after the last word of a post
TAG = re.compile(r"\s*[#@]\w+")
# Single quotation marks, which look like apostrophes: ‘…’, '…'.
OPENING = re.compile(r"(?<![^\W_])(?<![.,!?…’'])(?:‘|'(?!\d))(?=([^\W_]+|[«“\"]))")
CLOSING_SINGLE = re.compile(r"(?<=\S)(?<!')[’'](?![^\W_]|')")
POSSESSIVE = re.compile(r"s[’'] [^\W\d_A-Z]")  # the ministers’ bridge
SHORTENED = frozenset({"em", "til", "tis", "twas", "n", "cause", "bout", "round"})  # with an apostrophe before them


@dataclass(frozen=True)
class Clauses:
    """A sentence with its words, its quotations and the bounds of its clauses."""

    text: str
    language: str

    @cached_property
    def words(self) -> list[WordToken]:
        """The words of the sentence."""
        return tokens(self.text)

    @cached_property
    def speech(self) -> SpeechWords:
        """The words for saying, in the language of the sentence."""
        return LANGUAGES[self.language].speech

    @cached_property
    def grammar(self) -> ClauseWords:
        """The words that join clauses, in the language of the sentence."""
        return LANGUAGES[self.language].clauses

    @cached_property
    def quotes(self) -> list[Span]:
        """The outermost quotations, with their marks."""
        return quotations(self.text)

    @cached_property
    def end(self) -> int:
        """The end of the sentence, without the hashtags and addresses after it."""
        clutter = CLUTTER.search(self.text)
        if clutter is None:
            return len(self.text)
        opened = unclosed(self.text[: clutter.start()])
        if opened and clutter.start() - opened[0] <= LONGEST_CREDIT:
            return opened[0]
        if tag := self._tag_in_clause(clutter.start()):
            return tag
        goes_on = opened and BRACKETS[self.text[opened[-1]]] in clutter[0]
        return len(self.text) if goes_on else clutter.start()

    def _tag_in_clause(self, start: int) -> int:
        """Return the end of a tag after a preposition or article: died in #Breval; 0 where there is none."""
        before = [word.form for word in self.words if word.end <= start][-1:]
        tag = TAG.match(self.text, start)
        needed = self.grammar.prepositions | self.grammar.determiners
        return tag.end() if tag and needed.intersection(before) else 0

    @cached_property
    def is_question(self) -> bool:
        """Whether a question mark ends the sentence, and no quotation before it."""
        text = self.text.rstrip(" \u00a0\u202f»”\"'")
        return text.endswith(("?", "؟")) and not self.text.rstrip().endswith(("»", "”", '"'))

    @cached_property
    def in_capitals(self) -> bool:
        """Whether the sentence is written in capitals, so that these show no names."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return sum(letter.isupper() for letter in letters) > len(letters) * 0.7

    @cached_property
    def cues(self) -> list[tuple[int, Cue]]:
        """The verbs that attribute, with their places, except inside quotation marks."""
        return self._cues(ACTIVE[self.language])

    @cached_property
    def quoting(self) -> list[tuple[int, Cue]]:
        """The verbs that attribute a quotation: those that attribute anything, and those that do so only beside one."""
        cues = [*self.cues, *self._cues(QUOTING[self.language])]
        return sorted((place, cue) for place, cue in cues if cue.verb not in TRANSITIVE)

    def _cues(self, known: dict[str, Cue]) -> list[tuple[int, Cue]]:
        found = [(place, known.get(self._cue_form(place))) for place in range(len(self.words))]
        return [
            (place, cue)
            for place, cue in found
            if cue and not self.is_quoted(place) and self.words[place].end <= self.end
        ]

    def _cue_form(self, place: int) -> str:
        """Return a word as it stands in the tables of verbs, with the words before it that belong to it."""
        last = self.form(place)
        if last == "saying" and self._quoted_as(place):
            return "say"
        for form in COMPOUNDS[self.language].get(last, ()):
            words = form.split()
            if self.forms(place + 1 - len(words), place + 1) == words:
                return form
        return last

    def cue_start(self, place: int) -> int:
        """Return the first word of a verb that ends at a word: of "pointed out", or of "quoted by X as saying"."""
        return self._quoted_as(place) or place + 1 - len(self._cue_form(place).split())

    def _quoted_as(self, place: int) -> int:
        """Return the place of "quoted" before "as saying"; 0 where it does not stand there."""
        if self.language != "en" or self.form(place) != "saying" or self.form(place - 1) != "as":
            return 0
        near = range(place - 2, max(place - 8, 0), -1)
        return next((at for at in near if self.form(at) in {"quoted", "cited"}), 0)

    @cached_property
    def _quoted(self) -> frozenset[int]:
        return frozenset(
            place
            for place, word in enumerate(self.words)
            if any(quote.start <= word.start < quote.end for quote in self.quotes)
        )

    def is_quoted(self, place: int) -> bool:
        """Return whether a word stands in a quotation."""
        return place in self._quoted

    def gap(self, place: int) -> str:
        """Return what stands between a word and the one before it."""
        start = self.words[place - 1].end if place else 0
        end = self.words[place].start if place < len(self.words) else len(self.text)
        return self.text[start:end]

    def form(self, place: int) -> str:
        """Return the folded form of a word; empty outside the sentence."""
        return self.words[place].form if 0 <= place < len(self.words) else ""

    def written(self, place: int) -> str:
        """Return a word as it is written."""
        word = self.words[place]
        return self.text[word.start : word.end]

    def forms(self, start: int, end: int) -> list[str]:
        """Return the folded forms of some words."""
        return [word.form for word in self.words[max(0, start) : end]]

    def span(self, start: int, end: int) -> Span | None:
        """Return the characters of words ``start`` to ``end``."""
        return Span(self.words[start].start, self.words[end - 1].end) if start < end else None

    def trimmed(self, start: int, end: int) -> Span | None:
        """Return the span without spaces, marks and emoji at its edges, or None if nothing is left."""
        while start < end and EDGE.match(self.text[start]):
            start += 1
        while end > start and EDGE.match(self.text[end - 1]):
            end -= 1
        return Span(start, end) if start < end else None

    def closed(self, span: Span) -> Span:
        """Return the span with the brackets that close those opened in it, or without one that opens nothing."""
        start, end = span
        for opening in unclosed(self.text[start:end]):
            if found := CLOSING.match(self.text, end):
                end = found.end()
            elif start + opening + 1 >= end:
                return self.trimmed(start, start + opening) or span
        for quote in self.quotes:
            closed = self.text[quote.end - 1] in CLOSES
            if closed and start <= quote.start < end < quote.end and not WORD.search(self.text, end, quote.end):
                end = quote.end
            if quote.start < start < quote.end <= end and not WORD.search(self.text, quote.start, start):
                start = quote.start
        return Span(start, end)

    def is_hard(self, place: int) -> bool:
        """Return whether a mark that ends a clause, or the edge of a quotation, stands before a word."""
        gap = self.gap(place)
        start = self.words[place].start - len(gap)
        edges = any(start < quote.end <= start + len(gap) for quote in self.quotes)
        return edges or bool(HARD.search(gap))

    def has_comma(self, place: int) -> bool:
        """Return whether a comma stands before a word."""
        return bool(COMMA.search(self.gap(place)))

    def segments(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the words ``start`` to ``end`` in the pieces that commas leave."""
        cuts = [start, *(place for place in range(start + 1, end) if self.has_comma(place)), end]
        return [(one, other) for one, other in pairwise(cuts) if one < other]


def quotations(text: str) -> list[Span]:
    """Return the outermost quotations of a text in order. One that is never closed goes on to the end."""
    found: list[Span] = []
    open_: list[tuple[int, str]] = []
    for at, end, mark in _marks(text):
        if open_ and mark in open_[-1][1] and not (mark == '"' and len(open_) < 2 and _opens(text, at, end)):
            start, _closing = open_.pop()
            if not open_ and at - start <= LONGEST_QUOTE:
                found.append(Span(start, end))
        elif mark in QUOTES:
            open_.append((at, QUOTES[mark]))
        elif mark in "»”" and not open_ and not found:
            found.append(Span(0, end))  # it began in a sentence before
    if open_ and open_[0][1] != "’":
        found.append(Span(open_[0][0], len(text)))
    return found


def unclosed(text: str) -> list[int]:
    """Return where the brackets stand that a text opens and does not close."""
    opened: list[int] = []
    for at, mark in enumerate(text):
        if mark in BRACKETS:
            opened.append(at)
        elif opened and mark == BRACKETS[text[opened[-1]]]:
            opened.pop()
    return opened


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    singles = dict(_singles(text))
    for match in re.finditer("[«»“”„\"]|''|[‘’']", text):
        at, end, mark = *match.span(), match[0]
        if mark == "''" or mark not in "‘’'":
            yield at, end, '"' if mark == "''" else mark
        elif at in singles:
            yield at, end, singles[at]


def _singles(text: str) -> Iterator[tuple[int, str]]:
    """Yield the single marks that surely open and close a quotation; the others are apostrophes."""
    opening = [match for match in OPENING.finditer(text) if match[1].lower() not in SHORTENED]
    closing = [match.start() for match in CLOSING_SINGLE.finditer(text)] if opening else []
    last = -1
    for place, opened in enumerate(opening):
        start = opened.start()
        stop = opening[place + 1].start() if place + 1 < len(opening) else len(text)
        after = bisect_right(closing, start)
        near = closing[after : bisect_right(closing, min(stop, start + LONGEST_QUOTE))]
        sure = [at for at in near if not POSSESSIVE.match(text, at - 1)]
        end = next(iter(sure or (near if opened[0][0] == "‘" else ())), None)
        if end is not None and start > last and _is_balanced(text[start:end]):
            yield start, "‘"
            yield end, "’"
            last = end


def is_closed(quotation: str) -> bool:
    """Return whether a quotation ends with the mark that closes it, and with no other of its kind before."""
    opening, closing = quotation[0], QUOTES.get(quotation[0], quotation[0])
    return quotation[-1] in closing and not set(quotation[1:-1]) & {opening, *closing} - {"’", "'"}


def _is_balanced(text: str) -> bool:
    """Return whether a text closes the quotations that it opens."""
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”") and text.count("«") == text.count("»")


def _opens(text: str, at: int, end: int) -> bool:
    """Return whether a straight quotation mark looks like an opening one."""
    before, after = text[at - 1 : at], text[end : end + 1]
    return (not before or before.isspace() or before in "('’") and bool(after) and not after.isspace()
