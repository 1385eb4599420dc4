"""Recognize walls before an article: consent walls, sign-in walls, paywalls, robot checks, blocks by country.

Evidence of an article comes first: a headline that the page names as its own, article mark-up, sentences outside bars
and boxes, an end that is an end. The words of walls come second. Every judgement keeps the evidence for and against,
and between two bounds it says that the page may be a wall.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from sources.formats.article_facts import facts
from sources.formats.page_boxes import names_of
from sources.formats.page_look import SURE, Look
from sources.formats.page_parts import PageParts
from sources.formats.page_tree import tree_of
from sources.formats.wall_signals import GENERAL, SeenPage, Weighed, judge

MOST_BLOCKS = 2_500  # characters of the first blocks that we keep
MOST_READ = 2_000_000

_STABLE = re.compile(r"[A-Za-z][A-Za-z_-]{2,30}")


def look(html: str, url: str) -> Look:
    """Return what we see of a page at a glance.

    Its ``wall`` is ``bot_challenge``, ``consent_wall``, ``login_wall``, ``paywall`` or ``blocked``, or None.
    """
    html = html[:MOST_READ]
    page = tree_of(html)
    if page is None:
        return Look()
    title = " ".join("".join(page.xpath("string(//title)")).split())
    canonical = "".join(page.xpath("string(//link[@rel='canonical']/@href)")).strip()
    parts = PageParts(page, url)
    about = facts(parts, url)
    found = judge(SeenPage(html, url, title, parts, about))
    return Look(
        wall=found.kind if found.confidence >= SURE else None,
        title=title,
        canonical_url=canonical,
        blocks=_first(parts),
        suspect=found.kind,
        confidence=round(found.confidence, 3),
        for_wall=found.named(against=False),
        against_wall=found.named(against=True),
        is_paid=about.is_free is False,
        layout=_layout(parts, found),
    )


def wall(html: str, url: str) -> str | None:
    """Return the wall of a page, as ``look`` does."""
    return look(html, url).wall


def _first(parts: PageParts) -> tuple[str, ...]:
    """Return the first blocks outside menus and footers, until together they have more than ``MOST_BLOCKS``."""
    found: list[str] = []
    for block in parts.every:
        if not any(above.tag in {"nav", "footer", "noscript"} for above in block.element.iterancestors()):
            found.append(block.text)
        if sum(map(len, found)) > MOST_BLOCKS:
            break
    return tuple(found)


def _layout(parts: PageParts, found: Weighed) -> str:
    """Return a fingerprint of how a page is built around its headline and boxes, whatever its text says.

    It holds the evidence by its names: a page of the same build on which a paywall appears is another layout.
    """
    places = [] if parts.headline is None else [_named(above) for above in parts.headline.iterancestors()]
    boxes = sorted({_named(box.element) for box in parts.boxes})
    names = sorted(found.signals.keys() - GENERAL)
    return hashlib.sha256(repr((places, boxes, found.kind, names)).encode()).hexdigest()[:16]


def _named(element: Any) -> str:
    """Return the tag and names of an element, without numbers, which name one article and no layout."""
    if element.tag in {"html", "body"}:
        return str(element.tag)
    words = {word for word in names_of(element).split() if _STABLE.fullmatch(word)}
    return f"{element.tag} {' '.join(sorted(words))}"
