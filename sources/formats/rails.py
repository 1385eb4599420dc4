"""Rails: the cards on a page that lead to other articles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from sources.formats.page_tree import text_of

FEWEST_CARDS = 3
LONGEST_BEFORE_LINK = 25  # characters of a card before its link: a time or a section
SHORTEST_LINK = 15  # characters of a link that is a headline
CARD_TAGS = {"div", "li", "article", "section", "a", "td"}
ENOUGH = 0.7  # of the parts of one build
MOST_TARGETS = 2_000  # that are kept, because a link is asked about more than once


def target(link: Any, url: str) -> str:
    """Return the address of another page that a link leads to; empty for a place on this page, and for no page."""
    return _target(link.get("href") or "", url)


@lru_cache(maxsize=MOST_TARGETS)
def _target(href: str, url: str) -> str:
    try:
        whole = urlsplit(urljoin(url, href.strip()))
        here = urlsplit(url)
    except ValueError:
        return ""
    if whole.scheme not in {"http", "https"} or not href:
        return ""
    if (whole.netloc, whole.path.rstrip("/"), whole.query) == (here.netloc, here.path.rstrip("/"), here.query):
        return ""
    return f"{whole.netloc}{whole.path}?{whole.query}"


def rails(body: Any, url: str, headline: Any) -> Iterator[Any]:
    """Yield the cards of a page: parts of one build beside one another that each begin with a link to another page."""
    own = set() if headline is None else {headline, *headline.iterancestors()}
    for parent in body.iter("div", "ul", "ol", "section", "main", "aside", "body", "article", "tr"):
        alike: dict[tuple[str, str], list[Any]] = {}
        for child in parent:
            if child.tag in CARD_TAGS and child not in own:
                alike.setdefault((child.tag, child.get("class") or ""), []).append(child)
        for group in alike.values():
            if _are_cards(group, url):
                yield from group
    for link in body.iter("a"):
        if len(link) and link.find("p") is not None and target(link, url):
            yield link


def _is_card(element: Any, url: str) -> bool:
    """Return whether a part of a page begins with a link to another page, and that link is a headline or a picture."""
    before = 0
    links = [element] if element.tag == "a" else list(element.iter("a"))[:3]
    first = next((link for link in links if target(link, url)), None)
    if first is None:
        return False
    if len(text_of(first)) < SHORTEST_LINK and first.find(".//img") is None:
        return False
    for node in element.iter():
        if node is first:
            return before <= LONGEST_BEFORE_LINK
        if isinstance(node.tag, str):
            before += len((node.text or "").strip())
            if node is not element and first not in node.iter():
                before += len((node.tail or "").strip())
    return True


def _are_cards(group: list[Any], url: str) -> bool:
    if len(group) < FEWEST_CARDS:
        return False
    return sum(_is_card(child, url) for child in group) >= max(FEWEST_CARDS, ENOUGH * len(group))
