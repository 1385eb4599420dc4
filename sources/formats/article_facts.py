"""What a page says about its article: its own headline, article mark-up, whether it is paid, and its length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from sources.formats import json_ld
from sources.formats.metadata import declared, free
from sources.formats.page_boxes import Block, names_of, plain
from sources.formats.page_parts import PageParts

LEAST_PART = 2  # blocks of a paid part that is there; one alone is an offer
LONG_PART = 400  # characters of one block that is no offer
SHORTEST_HEADLINE = 8  # characters in a title that a headline may be part of
WHOLE = 0.75  # of the words that the publisher counts
CUT = 0.5
FEWEST_WORDS = 60  # a count below is of something else
MOST_MARKS = 3

_SELECTOR = re.compile(r"([.#])(-?[A-Za-z_][\w-]*)")
_WORDS = re.compile(r"\w+")
_HAS_BODY = etree.XPath("boolean(.//*[@itemprop='articleBody'])")
_HAS_TIME_OR_AUTHOR = etree.XPath("boolean(.//article//time[@datetime] | .//*[@rel='author'])")
_PUBLISHED = {
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "dc.date.issued",
}


@dataclass(frozen=True)
class ArticleFacts:
    """What a page says about its article, and what it shows of it."""

    is_headlined: bool  # the headline stands outside boxes and is the one that the page names
    marks: int  # kinds of article mark-up, at most three
    has_media: bool
    is_free: bool | None  # as the publisher says
    part: str  # the paid part: ``served``, ``missing``; empty where none is named
    length: str  # by the publisher's own count of words: ``whole``, ``cut``; empty where there is none


def facts(parts: PageParts, url: str) -> ArticleFacts:
    """Return what a page says about its article."""
    says = declared(parts.page, url)
    own = says.node
    return ArticleFacts(
        is_headlined=_is_headlined(parts, [*says.titles, str(own.get("headline") or "")]),
        marks=min(MOST_MARKS, _marks(parts, says.meta, own)),
        has_media=_has_media(parts),
        is_free=free(says),
        part=_part(parts, own),
        length=_length(parts.story, own),
    )


def _is_among(headline: str, titles: list[str]) -> bool:
    words = plain(headline)
    known = [plain(title) for title in titles if title]
    return len(words) >= SHORTEST_HEADLINE and any(words in title or (title and title in words) for title in known)


def _is_headlined(parts: PageParts, titles: list[str]) -> bool:
    headline = parts.headline
    if headline is None or parts.place(headline):
        return False
    return _is_among("".join(headline.itertext()), titles)


def _marks(parts: PageParts, meta: dict[str, str], own: dict[str, Any]) -> int:
    """Return how many kinds of article mark-up the page has; each counts once."""
    body = parts.body
    inside = [block.element for block in parts.own] + ([] if parts.headline is None else [parts.headline])
    return sum(
        [
            any(next(element.iterancestors("article"), None) is not None for element in inside),
            meta.get("og:type", "").lower() == "article",
            bool(_PUBLISHED & meta.keys()) or parts.page.find(".//meta[@itemprop='datePublished']") is not None,
            bool(own),
            bool(_HAS_BODY(body)),
            bool(_HAS_TIME_OR_AUTHOR(body)),
        ]
    )


def _has_media(parts: PageParts) -> bool:
    """Return whether the page shows a video, a sound or a gallery of its own."""
    body = parts.body
    if next(body.iter("video", "audio"), None) is not None:
        return True
    players = [frame for frame in body.iter("iframe") if re.search(r"embed|player|video", frame.get("src") or "")]
    figures = [figure for figure in body.iter("figure") if not parts.place(figure)]
    return bool(players) or len(figures) >= MOST_MARKS or bool(re.search(r"video|player", _names_in(body)))


def _names_in(body: Any) -> str:
    return " ".join(names_of(element) for element in body.iter("div", "section", "figure"))[:20_000].lower()


def _part(parts: PageParts, own: dict[str, Any]) -> str:
    """Return whether the part that the publisher says is paid stands on the page with its text."""
    paid = [part for part in json_ld.parts_of(own) if json_ld.yes_or_no(part.get("isAccessibleForFree")) is False]
    said = [part.get("cssSelector") for part in paid]
    selectors = [selector for each in said for selector in (each if isinstance(each, list) else [each])]
    names = [match.groups() for selector in selectors for match in _last_names(str(selector or ""))]
    if not names:
        return ""
    own_blocks = [block for block in parts.own if _is_in(block, names)]
    size = sum(len(block.text) for block in own_blocks)
    return "served" if len(own_blocks) >= LEAST_PART or size >= LONG_PART else "missing"


def _last_names(selector: str) -> list[re.Match[str]]:
    """Return the classes and ids at the end of each selector of a list."""
    ends = [each.split()[-1] for each in selector.split(",") if each.split()]
    return [match for end in ends for match in _SELECTOR.finditer(end)]


def _is_in(block: Block, names: list[tuple[str | Any, ...]]) -> bool:
    for above in (block.element, *block.element.iterancestors()):
        classes, key = (above.get("class") or "").split(), above.get("id")
        if any(name in classes if sign == "." else name == key for sign, name in names):
            return True
    return False


def _length(own: list[Block], node: dict[str, Any]) -> str:
    """Return whether the page shows as many words as the publisher counts."""
    count = str(node.get("wordCount") or "").strip()
    if not count.isdigit() or int(count) < FEWEST_WORDS:
        return ""
    share = sum(len(_WORDS.findall(block.text)) for block in own) / int(count)
    return "whole" if share >= WHOLE else "cut" if share < CUT else ""
