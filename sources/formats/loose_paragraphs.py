"""Put back the paragraphs that a reader left out because they are no ``p``: a ``div`` or loose text among paragraphs.

A reader takes such a box for what a site says beside its article. Here it is a paragraph where it stands as a child
among the paragraphs, has one whole sentence or more, and nothing in it that paragraphs do not have.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lxml.html import HtmlElement

from sources.formats.page_text import LONG, PARAGRAPHS, PageText, squeezed
from sources.formats.page_tree import INLINE, text_of

LEAST = 60  # characters; what is shorter is a label, a caption, a button
FEWEST = 2  # paragraphs among which another one may stand
MOST_LINKED = 0.3  # of its characters
WHOLE = re.compile(r"[.!?…。！？؟۔।][\"'”’“‘»›)\]」』]*$")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
PICTURES = ("figure", "img", "picture", "video", "audio", "iframe")


@dataclass(frozen=True, slots=True)
class LoosePiece:
    """A child of the element with the paragraphs, or the loose text between two of its children.

    ``is_loose`` is what may be a paragraph without its mark-up; ``is_named`` has a class or an id, as boxes have.
    """

    words: str
    is_loose: bool
    is_named: bool = False


@dataclass(slots=True)
class LooseLine:
    """The loose text between two blocks, as it is gathered."""

    words: str = ""
    linked: int = 0

    def add(self, text: str | None, linked: int = 0) -> None:
        """Add a stretch of text, and how many of its characters are those of links."""
        self.words += text or ""
        self.linked += linked

    def pieces(self) -> list[LoosePiece]:
        """Return it as a piece, if it has any words."""
        words = " ".join(self.words.split())
        return [LoosePiece(words, _is_paragraph(words, self.linked))] if words else []


def completed(lines: list[str], page: PageText) -> list[str]:
    """Return the paragraphs of a text with those that a reader left out, each where it stands on the page."""
    blocks = dict.fromkeys(one.block for one in page.article if one.block.tag in PARAGRAPHS)
    homes = Counter(parent for block in blocks if (parent := block.getparent()) is not None)
    home, number = homes.most_common(1)[0] if homes else (None, 0)
    return lines if home is None or number < FEWEST or page.is_live else _placed(lines, _pieces(home, page))


def _placed(lines: list[str], pieces: list[LoosePiece]) -> list[str]:
    """Return the lines with the pieces that they lack. A piece with a name is a box where nothing follows it."""
    keys = {squeezed(line): at for at, line in reversed(list(enumerate(lines)))}
    text = "\n".join(map(squeezed, lines))
    found: list[tuple[int, str]] = []
    waiting: list[LoosePiece] = []
    after = -1
    for piece in pieces:
        key = squeezed(piece.words)
        if key in keys:
            found += [(keys[key] if after < 0 else after, each.words) for each in waiting]
            after = max(after, keys[key] + 1)
            waiting = []
        elif piece.is_loose and key not in text:
            waiting.append(piece)
    found += [(after, each.words) for each in waiting if after >= 0 and not each.is_named]
    whole = list(lines)
    for at, words in reversed(found):
        whole.insert(at, words)
    return whole


def _pieces(home: HtmlElement, page: PageText) -> list[LoosePiece]:
    """Return what stands in an element below the headline, in its order."""
    found: list[LoosePiece] = []
    line = LooseLine()
    line.add(home.text)
    is_below_picture = False
    for child in home:
        if isinstance(child.tag, str) and (child.tag not in INLINE or child.tag == "br" or not _is_inline(child)):
            found += line.pieces()
            line = LooseLine()
            if any(each is page.headline for each in child.iter()):
                found = []
            elif child.tag != "br":
                found += _of_block(child, page, is_below_picture=is_below_picture)
                is_below_picture = next(child.iter(*PICTURES), None) is not None
        elif isinstance(child.tag, str):
            line.add(text_of(child), linked=_linked(child))
        line.add(child.tail)
    return [*found, *line.pieces()]


def _of_block(child: HtmlElement, page: PageText, *, is_below_picture: bool) -> list[LoosePiece]:
    words = text_of(child)
    inner = child
    while inner.tag == "div" and len(inner) == 1 and inner[0].tag == "div" and not (inner.text or "").strip():
        inner = inner[0]
    if inner.tag == "div" and _is_inline(inner):
        is_named = any(each.get("class") or each.get("id") for each in (child, inner))
        is_out = page.is_boxed(child) or _is_hidden(child) or (is_named and is_below_picture)
        return [LoosePiece(words, not is_out and _is_paragraph(words, _linked(child)), is_named)]
    texts = [" ".join(text.split()) for text in child.itertext()]
    return [LoosePiece(words, False), *[LoosePiece(text, False) for text in texts if LONG <= len(text) < len(words)]]


def _is_inline(element: HtmlElement) -> bool:
    return all(each.tag in INLINE or not isinstance(each.tag, str) for each in element.iterdescendants())


def _is_hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or HIDDEN.search(element.get("style") or "") is not None


def _linked(element: HtmlElement) -> int:
    """Return how many characters of an element are those of links."""
    links = element.iter("a") if element.tag != "a" else iter([element])
    return sum(len(text_of(link)) for link in links)


def _is_paragraph(words: str, linked: int) -> bool:
    return len(words) >= LEAST and WHOLE.search(words) is not None and linked <= MOST_LINKED * len(words)
