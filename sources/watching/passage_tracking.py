"""Follow a cited passage through the edits of the text around it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from sources.language.sentences import Span, split
from sources.watching import significance
from sources.watching.diff import ALIKE_ELSEWHERE, SentenceEdit, alike


class Became(NamedTuple):
    """The fate of a passage, its present words (empty once it is gone), and the edits that touch it."""

    what: Literal["kept", "moved", "altered", "gone", "back"]
    reads: str
    edits: list[SentenceEdit]


class Edited:
    """A text before and after its edits, with the pairs of old and new sentences."""

    def __init__(self, edits: Iterable[SentenceEdit], before: str, after: str, language: str) -> None:
        self.edits = [edit for edit in edits if edit.place == "text"]
        self.before, self.after, self.language = before, after, language
        self.old, self.new = split(before, language), split(after, language)
        ends = {edit.before: edit.after for edit in self.edits if edit.before}
        self.come = {edit.after for edit in self.edits if edit.after and not edit.before}
        taken = {edit.after for edit in self.edits}
        # Not strict: our rules for sentences may have changed since we found the edits.
        same = zip((s for s in self.old if s not in ends), (s for s in self.new if s not in taken), strict=False)
        self.stands_for: dict[Span, Span | None] = {**ends, **dict(same)}

    def fate(self, words: str, near: int = 0) -> Became:
        """Return the fate of a passage, given its words in the text before and about where they stood.

        We judge whole sentences, because new words before or after a passage may deny it. We look for each line of the
        words on its own, since an edit may have split the passage. A passage missing from the text before is back or
        altered if a new sentence is similar to it; otherwise nothing changed for it, and it is kept.
        """
        found = [span for line in words.splitlines() if (span := find(line, self.before, near))]
        held = [sentence for sentence in self.old if any(_overlap(sentence, span) for span in found)]
        if not held:
            return self._returned(words)
        was = _runs(held, self.old, ())
        now = _runs(sorted(filter(None, map(self.stands_for.get, held))), self.new, self.come)
        touching = [edit for edit in self.edits if not edit.is_boring and self._touches(edit, held, now)]
        reads = "\n".join(" ".join(self.after[start:end].split()) for start, end in now)
        if not now:
            return Became("gone", "", touching)
        if any(edit.kind != "moved" for edit in touching):
            return Became("altered", reads, touching)
        return Became("moved" if touching or len(was) != len(now) else "kept", reads, touching)

    def _touches(self, edit: SentenceEdit, held: Container[Span], now: Iterable[Span]) -> bool:
        """Return whether an edit changes one of the sentences, or adds a new one between them."""
        if edit.before is None:
            return edit.after is not None and any(_overlap(edit.after, run) for run in now)
        return edit.before in held

    def _returned(self, words: str) -> Became:
        """Return the fate of a passage that was gone before."""
        come = [edit for edit in self.edits if edit.after and edit.kind != "moved" and not edit.is_boring]
        sentences = [words[start:end] for start, end in split(words, self.language)]
        pairs = [(sentence, edit) for sentence in sentences if (edit := _likest(sentence, come))]
        if not pairs:
            return Became("kept", "", [])
        same = len(pairs) == len(sentences) and all(significance.is_typesetting(one, edit.new) for one, edit in pairs)
        edits = [edit for _sentence, edit in pairs]
        return Became("back" if same else "altered", "\n".join(edit.new for edit in edits), edits)


def find(words: str, text: str, near: int) -> Span | None:
    """Return the place of words in a text, ignoring typesetting; of several places, the one nearest to ``near``."""
    for sought in (words, significance.undated(words)):
        pattern = r"\W+".join(re.findall(r"\w+", sought))
        places = [Span(*match.span()) for match in re.finditer(rf"\b{pattern}\b", text)] if pattern else []
        if places:
            return min(places, key=lambda place: abs(place.start - near))
    return None


def _likest(sentence: str, edits: Iterable[SentenceEdit]) -> SentenceEdit | None:
    """Return the edit whose new sentence is most similar to a sentence, if any is similar enough."""
    best = max(edits, key=lambda edit: alike(sentence, edit.new), default=None)
    return best if best and alike(sentence, best.new) >= ALIKE_ELSEWHERE else None


def _runs(spans: Sequence[Span], sentences: Sequence[Span], between: Container[Span]) -> list[Span]:
    """Return the spans, joined where only sentences that ``between`` contains separate them."""
    at = {sentence: place for place, sentence in enumerate(sentences)}
    runs = list(spans[:1])
    for one, other in pairwise(spans):
        if all(sentence in between for sentence in sentences[at[one] + 1 : at[other]]):
            runs[-1] = Span(runs[-1].start, other.end)
        else:
            runs.append(other)
    return runs


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
