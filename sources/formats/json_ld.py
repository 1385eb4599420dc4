"""Read the JSON-LD of a page, and tell which of its articles is the one on the page."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from sources.formats.headline import alike
from sources.formats.page_address import is_elsewhere, same_page

ARTICLES = {"Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
            "BackgroundNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "BlogPosting", "Report", "ClaimReview",
            "SocialMediaPosting", "DiscussionForumPosting", "AdvertiserContentArticle", "SatiricalArticle",
            "ScholarlyArticle", "TechArticle"}  # fmt: skip
JSON_LD = "ld+json"  # in the type of a script, which may name a character set too
# What hides a script from browsers of long ago and from XML: <!-- -->, //<![CDATA[ //]]>, /*<![CDATA[*/ /*]]>*/.
OPENING = re.compile(r"\s*(?:(?:<!--|(?://|/\*)?[ \t]*<!\[CDATA\[)(?:[ \t]*\*/)?\s*)*+")
CLOSING = re.compile(r"\s*(?:(?://|/\*)?[ \t]*(?:\]\]>|-->)(?:[ \t]*\*/)?\s*)*\Z")
LONGEST_CLOSING = 100  # characters
MOST_JSON = 2_000_000  # characters of one JSON-LD block; that of a live blog holds all its posts
MOST_NODES = 2_000
ELSEWHERE = -3  # what the address of another page takes off; more than a headline that differs
OTHERS = {"itemListElement", "relatedLink", "hasPart", "mentions", "citation", "isBasedOn", "blogPost", "comment",
          "liveBlogUpdate", "subjectOf", "itemReviewed", "significantLink"}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """An object of JSON-LD; ``is_other`` says that it stands in a list of other things."""

    data: dict[str, Any]
    is_other: bool = False

    @property
    def types(self) -> set[str]:
        """Return the names of its types, without the address of their vocabulary."""
        kinds = self.data.get("@type", [])
        return {str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])}

    @property
    def addresses(self) -> list[str]:
        """Return the addresses that it names as its own or its page's."""
        whole = self.data.get("mainEntityOfPage")
        pages = [whole.get("@id"), whole.get("url")] if isinstance(whole, dict) else [whole]
        named = [self.data.get("url"), self.data.get("@id"), *pages]
        return [name for name in named if isinstance(name, str) and name]


def nodes(page: HtmlElement) -> list[Node]:
    """Return every object in the JSON-LD of a page, block by block, outermost first."""
    blocks = (script for script in page.iter("script") if JSON_LD in (script.get("type") or "").lower())
    return [node for script in blocks for node in _nodes(_unwrapped(script.text or ""))]


def parts_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parts that an object names (schema.org/hasPart)."""
    parts = node.get("hasPart")
    return [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)]


def yes_or_no(value: object) -> bool | None:
    """Return a truth value as publishers write it; None for anything else."""
    return {"true": True, "false": False}.get(str(value).strip().lower().rsplit("/", 1)[-1])


def own_article(found: Sequence[Node], own: Sequence[str], titles: Sequence[str]) -> dict[str, Any]:
    """Return the object that describes the article of a page; an empty one if none does.

    ``own`` are the addresses of the page: asked for and canonical. An object belongs to the page by its address or by
    its headline. One that names another page, or that has another headline, describes another article.
    """
    articles = [node for node in found if node.types & ARTICLES]
    scored = [(_score(node, own, titles), node) for node in articles]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is None:
        return {}
    score, node = best
    is_only = len([1 for each in articles if not each.is_other]) == 1 and not node.is_other
    return node.data if score > 0 or (is_only and score >= 0) else {}


def names_page(node: Node, own: Sequence[str]) -> bool:
    """Return whether an object names one of these addresses as its own."""
    return any(same_page(name, url) for name in node.addresses for url in own)


def _score(node: Node, own: Sequence[str], titles: Sequence[str]) -> int:
    """Return how much says that an object is about the page: its address counts most, then its headline."""
    score = -2 if node.is_other else 0
    if names_page(node, own):
        score += 4
    elif any(is_elsewhere(name, own) for name in node.addresses):
        score += ELSEWHERE
    headline = node.data.get("headline") or node.data.get("name")
    if isinstance(headline, str) and headline.strip() and titles:
        score += 3 if any(alike(headline, title) for title in titles) else -2
    return score


def _unwrapped(text: str) -> str:
    """Return the JSON in a script without the comment around it."""
    text = OPENING.sub("", text, count=1).rstrip()
    return text[:-LONGEST_CLOSING] + CLOSING.sub("", text[-LONGEST_CLOSING:], count=1)


def _nodes(text: str) -> Iterator[Node]:
    """Yield every object in a JSON-LD block, outermost first; none for a block that is broken or huge."""
    if len(text) > MOST_JSON:
        return
    try:
        waiting: deque[tuple[Any, bool]] = deque([(json.loads(text, strict=False), False)])
    except (ValueError, RecursionError):
        return
    for _count in range(MOST_NODES):
        if not waiting:
            return
        value, is_other = waiting.popleft()
        if isinstance(value, dict):
            yield Node(value, is_other)
            waiting.extend((inner, is_other or key in OTHERS) for key, inner in value.items())
        elif isinstance(value, list):
            waiting.extend((inner, is_other) for inner in value)
