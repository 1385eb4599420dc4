"""What an attribution is: who said what, as spans of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.wording.clauses import Clauses
from claims.wording.modality import Cue
from sources.language.sentences import Span

FEWEST_WORDS = 2  # of a quotation that is a statement
EDGE = re.compile("[\\s,،]+")  # between a quotation and who said it


@dataclass(frozen=True)
class Attributed:
    """Who said what, as spans of the text. ``speaker`` is None where the text names nobody.

    ``verb`` is the dictionary form, or the phrase for "according to". ``modality`` and ``directness`` are words of
    claims.models.vocabulary. ``frame`` is all that the attribution surely covers, with speaker and verb.
    """

    speaker: Span | None
    verb: str
    modality: str
    directness: str
    content: Span
    frame: Span

    def moved(self, by: int) -> Attributed:
        """Return the attribution in a text that begins so many characters earlier."""

        def there(span: Span) -> Span:
            return Span(span.start + by, span.end + by)

        speaker = there(self.speaker) if self.speaker else None
        return replace(self, speaker=speaker, content=there(self.content), frame=there(self.frame))


def quote_before(line: Clauses, place: int) -> Span | None:
    """Return the quotation of several words that ends before a word, if it is all that its clause holds."""
    end = line.words[place].start
    found = next(
        (quote for quote in line.quotes if quote.end <= end and not EDGE.sub("", line.text[quote.end : end])), None
    )
    if found is None:
        return None
    before = line.text[: found.start].rstrip(" \u00a0\u202f")
    words = sum(found.start <= word.start < found.end for word in line.words)
    return found if words >= FEWEST_WORDS and before[-1:] in ("", ":", ";", ".", "–", "—", "-") else None


def framed(
    line: Clauses, speaker: Span | None, cue: Cue, directness: str, content: Span, *places: int
) -> Iterator[Attributed]:
    """Yield an attribution with its frame, which also covers some words; nothing where nothing is said."""
    kept = content if directness == "direct" else line.trimmed(content.start, min(content.end, line.end))
    if kept is None:
        return
    speaker = speaker and line.closed(speaker)
    kept = kept if directness == "direct" else line.closed(kept)
    spans = [kept, *([speaker] if speaker else [])]
    starts = [span.start for span in spans] + [line.words[place].start for place in places if place >= 0]
    ends = [span.end for span in spans] + [line.words[place].end for place in places if place >= 0]
    yield Attributed(speaker, cue.verb, cue.modality, directness, kept, Span(min(starts), max(ends)))
