"""Build the text of a file line by line, with the places of its labelled parts, within the length that is kept."""

from __future__ import annotations

from collections.abc import Sequence

from sources.formats import charset
from sources.formats.text_parts import Part

MOST_TEXT = 2_000_000  # characters; a novel has one million
MOST_PARTS = 20_000


class LineText:
    """Lines of a text as they come; ``is_full`` once no more are kept."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self.parts: list[Part] = []
        self.is_full = False

    @property
    def text(self) -> str:
        """Return the lines, joined."""
        return "\n".join(self._lines)

    def add(self, line: str) -> None:
        """Add a line; one without words is left out."""
        self._add(one_line(line))

    def add_parts(self, pieces: Sequence[tuple[str, str]], kind: str, between: str) -> None:
        """Add a line of several pieces, each a part with its label."""
        start = self._length
        said = [(words, label) for piece, label in pieces if (words := one_line(piece))]
        if not self._add(between.join(words for words, _label in said)):
            return
        for words, label in said:
            self.parts.append(Part(kind, start, start + len(words), label=label))
            start += len(words) + len(between)
        self.is_full = self.is_full or len(self.parts) >= MOST_PARTS

    def _add(self, line: str) -> bool:
        if self.is_full or not line:
            return False
        if self._length + len(line) > MOST_TEXT:
            self.is_full = True
            return False
        self._lines.append(line)
        self._length += len(line) + 1
        return True


def one_line(text: str) -> str:
    """Return a text on one line, without characters that no database holds."""
    return " ".join(charset.clean(text).split())
