"""Show a passage in the words around it."""

from __future__ import annotations

WIDEST = 600  # characters on each side; a paragraph of news has 300 to 500
CUT = "…"


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after ``text[start:end]`` in its paragraph, cut at a word where it is long."""
    opens = text.rfind("\n", 0, start) + 1
    closes = text.find("\n", end)
    before, after = text[opens:start], text[end : closes if closes >= 0 else len(text)]
    if len(before) > WIDEST:
        before = CUT + (before[-WIDEST:].partition(" ")[2] or before[-WIDEST:])
    if len(after) > WIDEST:
        after = (after[:WIDEST].rpartition(" ")[0] or after[:WIDEST]) + CUT
    return before, after


def window(text: str, start: int, end: int, widest: int = 2_000) -> tuple[str, str]:
    """Return what stands before and after ``text[start:end]`` in the whole text, cut at a word where it is long."""
    before, after = text[max(0, start - widest) : start], text[end : end + widest]
    if start > widest:
        before = CUT + (before.partition(" ")[2] or before)
    if len(text) > end + widest:
        after = (after.rpartition(" ")[0] or after) + CUT
    return before, after
