"""Cut a text into paragraphs and runs along spans, so that each passage is an anchor and one can be marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

BREAKS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class TextRun:
    """A run of characters within a paragraph, with the keys of the spans that begin there."""

    text: str
    begins: tuple[int, ...] = ()
    marked: bool = False


def paragraphs(
    text: str, spans: Iterable[tuple[int, int, int]], marked: tuple[int, int] = (0, 0)
) -> list[list[TextRun]]:
    """Return the paragraphs of a text, each as its runs; the span ``marked`` (start, end) is marked wherever it runs.

    Spans are (key, start, end) in characters, and may overlap. Paragraphs end at line breaks. Every key is on
    exactly one run, so that it can be an anchor.
    """
    begins: dict[int, list[int]] = {}
    cuts = {0, len(text), *marked}
    for key, start, end in spans:
        begins.setdefault(start, []).append(key)
        cuts |= {start, end}
    breaks = [(found.start(), found.end()) for found in BREAKS.finditer(text)]
    cuts |= {edge for gap in breaks for edge in gap}
    gaps = dict(breaks)
    return _folded(text, sorted(cut for cut in cuts if 0 <= cut <= len(text)), gaps, begins, marked)


def _folded(
    text: str, cuts: list[int], gaps: dict[int, int], begins: dict[int, list[int]], marked: tuple[int, int]
) -> list[list[TextRun]]:
    found: list[list[TextRun]] = [[]]
    resumes = 0
    waiting: list[int] = []  # keys of spans that begin in the white space between paragraphs
    for start, end in pairwise(cuts):
        waiting += begins.get(start, [])
        if start in gaps:
            resumes = gaps[start]
            found.append([])
        if start < resumes:
            continue
        found[-1].append(TextRun(text[start:end], tuple(waiting), marked[0] <= start and end <= marked[1]))
        waiting = []
    return [pieces for pieces in found if pieces]
