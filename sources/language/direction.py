"""Tell the direction of a text from its letters."""

from __future__ import annotations

import unicodedata

RIGHT_TO_LEFT = {"R", "AL"}
ISOLATES, ISOLATE_ENDS = {"LRI", "RLI", "FSI"}, "PDI"


def direction(text: str) -> str:
    """Return "rtl" or "ltr" from the first strong letter outside isolates (Unicode UAX 9, rules P2 and P3).

    Browsers do the same for ``dir="auto"``, but not for a text inside a bdi element, and paper has no browser. Pages
    that know the language of a text use the filter ``direction`` of workbench.pages instead.
    """
    depth = 0
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ISOLATES:
            depth += 1
        elif kind == ISOLATE_ENDS:
            depth = max(0, depth - 1)
        elif depth == 0 and (kind == "L" or kind in RIGHT_TO_LEFT):
            return "rtl" if kind in RIGHT_TO_LEFT else "ltr"
    return "ltr"
