"""Drop the inline data of a large page before it is parsed: scripts, styles, drawings, comments and data: addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

KEPT_SCRIPT = re.compile(r"ld\+json", re.IGNORECASE)  # what a page says about itself
LONGEST_KEPT = 400_000  # characters; larger ones are product catalogs
LONGEST_TAG = 2_000  # characters in which the attributes of a script stand
START = re.compile(r"<!--|<(script|style|svg)(?=[\s/>])", re.IGNORECASE)
ENDS = {name: re.compile(rf"</{name}[^<>]{{0,100}}>", re.IGNORECASE) for name in ("script", "style", "svg")}
ADDRESS = re.compile(r"data:[\w.+/-]{0,100};?[\w=-]{0,50};?(?:base64)?,[^\s\"'<>()]{200,}+", re.IGNORECASE)


def dropped(markup: str) -> str:
    """Return a page without its inline data; JSON-LD stays. What is never closed stays too, as a parser sees it."""
    return ADDRESS.sub("data:,", "".join(_kept(markup)))


def _kept(markup: str) -> Iterator[str]:
    start, at = 0, 0
    unclosed: set[str] = set()
    while (found := START.search(markup, at)) is not None:
        name = (found[1] or "").lower()
        end = -1 if name in unclosed else _end(markup, found, name)
        if end < 0:
            unclosed.add(name)  # nor is a later one: each search for an end would go through the rest of the page
            at = found.end()
            continue
        if not _is_kept(markup[found.start() : end], name):
            yield markup[start : found.start()]
            start = end
        at = end
    yield markup[start:]


def _end(markup: str, found: re.Match[str], name: str) -> int:
    """Return where an element or a comment ends; -1 where it does not."""
    if not name:
        end = markup.find("-->", found.start() + 2)  # <!--> is one
        return end + 3 if end >= 0 else -1
    closing = ENDS[name].search(markup, found.end())
    return closing.end() if closing else -1


def _is_kept(element: str, name: str) -> bool:
    head = element[:LONGEST_TAG].partition(">")[0]
    return name == "script" and len(element) <= LONGEST_KEPT and bool(KEPT_SCRIPT.search(head))
