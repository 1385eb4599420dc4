"""The reference of ``benchmarks.walls``: how the product told walls before, by words alone and how long a page is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from sources.formats.metadata import declared, free
from sources.formats.page_tree import tree_of
from sources.language.languages.registry import either

MOST_WALL, MOST_TEASER, LEAST_ARTICLE, SHORTEST_BLOCK = 1_500, 2_500, 250, 40
ASIDE = ("script", "style", "noscript", "template", "nav", "footer", "svg", "select")
INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "br",
    "cite",
    "em",
    "i",
    "mark",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
}
MARKUP = re.compile(r"cf-chl|_cf_chl_opt|px-captcha|captcha-delivery\.com|_Incapsula_Resource|ddos-guard|sg-captcha")
CHALLENGE = re.compile(either(lambda language: language.pages.challenge), re.IGNORECASE)
PAY = re.compile(either(lambda language: language.pages.paywall), re.IGNORECASE)
SIGN_IN = re.compile(either(lambda language: language.pages.sign_in), re.IGNORECASE)
COOKIES = re.compile(either(lambda language: language.pages.cookies), re.IGNORECASE)
ACCEPT = re.compile(either(lambda language: language.pages.accept), re.IGNORECASE)


def wall(html: str, url: str) -> str | None:
    """Return the wall of a page, as the product did before; its words are those of today."""
    page = tree_of(html)
    if page is None:
        return None
    etree.strip_elements(page, *ASIDE, with_tail=False)
    blocks = list(_blocks(page))
    size = sum(map(len, blocks))
    words = " ".join(page.text_content().split())
    asides = sum(len(block) for block in blocks if COOKIES.search(block) or CHALLENGE.search(block))
    if size <= MOST_WALL and size - asides < LEAST_ARTICLE and (found := _small(page, html, url, words)):
        return found
    is_free = free(declared(tree_of(html), url))
    if is_free is not None:
        return "paywall" if not is_free and size <= MOST_TEASER else None
    return "paywall" if size <= MOST_WALL and PAY.search(words) else None


def _small(page: Any, html: str, url: str, words: str) -> str | None:
    if CHALLENGE.search(words) or MARKUP.search(html):
        return "bot_challenge"
    buttons = " | ".join(each.get("value") or each.text_content() for each in page.iter("button", "a", "input"))
    if COOKIES.search(words) and ACCEPT.search(buttons):
        return "consent_wall"
    return "login_wall" if SIGN_IN.search(words) or "login" in urlsplit(url).path else None


def _blocks(page: Any) -> Iterator[str]:
    for element in page.iter(etree.Element):
        if element.tag not in INLINE and element.tag not in {"title", "button"}:
            text = " ".join("".join(_own_words(element)).split())
            if len(text) >= SHORTEST_BLOCK:
                yield text


def _own_words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in INLINE and child.tag != "a":
            yield from child.itertext(with_tail=False)
        yield child.tail or ""
