"""Find the posts of a live blog and their times: by what the page says of itself, or by how it is built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from sources.formats import json_ld
from sources.formats.page_tree import HEADINGS

LIVE = "LiveBlogPosting"  # schema.org
DECLARED = etree.XPath(
    f"boolean(//*[contains(@itemtype, '{LIVE}')] | //script[contains(@type, 'json')][contains(., '{LIVE}')])"
)
FEWEST = 3  # posts; two boxes with a time are an article and a teaser
MOST_SHARE = 0.6  # of a page's sentences, in the posts of a page that does not say that it is a live blog
MOST_POSTS = 2_000
BOXES = ("article", "div", "li", "section")


@dataclass(frozen=True)
class Post:
    """A post of a live blog: when the page says it was published, and its paragraphs, one a line."""

    at: str
    text: str


def is_declared(tree: HtmlElement) -> bool:
    """Return whether a page says that it is a live blog."""
    return bool(DECLARED(tree))


def posts_in(tree: HtmlElement, mass: Mapping[HtmlElement, int], *, declared: bool) -> list[HtmlElement]:
    """Return the elements of the posts on a page, where ``mass`` is how much text of sentences each element has.

    They are boxes of one kind side by side, each with a time and no headline that leads elsewhere. Where the page
    does not say that it is a live blog, they hold most of its sentences: else they are comments or teasers.
    """
    groups: Counter[tuple[HtmlElement, str, str]] = Counter()
    members: dict[tuple[HtmlElement, str, str], list[HtmlElement]] = {}
    for box in dict.fromkeys(_timed(tree)):
        parent = box.getparent()
        if parent is not None and mass.get(box, 0) and not _leads_elsewhere(box):
            key = (parent, box.tag, (box.get("class") or "").strip().partition(" ")[0])
            groups[key] += mass[box]
            members.setdefault(key, []).append(box)
    whole = mass.get(tree, 0)
    for key, size in groups.most_common():
        if len(members[key]) >= FEWEST and (declared or size >= MOST_SHARE * whole):
            return members[key][:MOST_POSTS]
    return []


def post(element: HtmlElement) -> Post:
    """Return the post in an element."""
    moments = (time.get("datetime") or "" for time in element.iter("time"))
    return Post(next((moment(text) for text in moments if text), ""), "\n".join(element.itertext()))


def told(tree: HtmlElement) -> list[Post]:
    """Return the posts that the JSON-LD of a page has word for word."""
    found = []
    for update in _updates(tree):
        body = "\n".join(str(update.get(name) or "").strip() for name in ("headline", "articleBody"))
        found.append(Post(moment(str(update.get("datePublished") or "")), body.strip()))
    return [each for each in found if each.text][:MOST_POSTS]


def moment(text: str) -> str:
    """Return a time with its zone in ISO 8601, or nothing: without a zone it could be that of two days."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return ""
    return found.isoformat() if found.tzinfo else ""


def _updates(tree: HtmlElement) -> list[dict[str, Any]]:
    lists = (node.data.get("liveBlogUpdate") for node in json_ld.nodes(tree))
    first = next((each for each in lists if isinstance(each, list)), [])
    return [update for update in first if isinstance(update, dict)]


def _timed(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the boxes around each time on a page, from the inside."""
    for time in tree.iter("time"):
        if time.get("datetime"):
            yield from (above for above in time.iterancestors(*BOXES) if isinstance(above, etree.ElementBase))


def _leads_elsewhere(box: HtmlElement) -> bool:
    """Return whether a box begins with a headline that is a link to another page."""
    heading = next(box.iter(*HEADINGS), None)
    if heading is None:
        return False
    links = [*heading.iter("a"), *(above for above in heading.iterancestors("a"))]
    return any(not (link.get("href") or "#").startswith("#") for link in links)
