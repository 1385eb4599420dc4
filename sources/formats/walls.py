"""Recognize walls before an article: consent walls, sign-in walls, paywalls and bot challenges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from sources.formats.metadata import free
from sources.language.languages.registry import either

# Characters. A wall says little, so a page with more text is an article. A paid article may show more, because its
# first paragraphs are often open.
MOST_WALL = 1_500
MOST_TEASER = 2_500
# Characters that even a short piece of news has, not counting notices on cookies and the like.
LEAST_ARTICLE = 250
SHORTEST_BLOCK = 40
MOST_NOTICE = 400  # a page that says it is missing says little else
MOST_READ = 2_000_000
MOST_WORDS = 30_000

_ASIDE = ("script", "style", "noscript", "template", "nav", "footer", "svg", "select")
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "font", "i", "mark", "q", "small", "span", "strong"),
    *("sub", "sup", "time", "u", "wbr"),
}

_CHALLENGE_MARKUP = re.compile(
    r"cf-chl|_cf_chl_opt|cf-browser-verification|px-captcha|captcha-delivery\.com|_Incapsula_Resource|ddos-guard|sg-captcha"
)
_CHALLENGE = re.compile(either(lambda language: language.pages.challenge), re.IGNORECASE)
_PAY = re.compile(either(lambda language: language.pages.paywall), re.IGNORECASE)
_SIGN_IN = re.compile(either(lambda language: language.pages.sign_in), re.IGNORECASE)
_SIGN_IN_PATH = re.compile(rf"/{either(lambda language: language.pages.sign_in_path)}([/._-]|$)", re.IGNORECASE)
_CONSENT_PLACE = re.compile(r"^(consent|guce|cmp)\.|/(consent|privacy-?wall|cookie-?wall)([/._-]|$)", re.IGNORECASE)
_COOKIES = re.compile(either(lambda language: language.pages.cookies), re.IGNORECASE)
_ACCEPT = re.compile(either(lambda language: language.pages.accept), re.IGNORECASE)
_NOT_FOUND = re.compile(either(lambda language: language.pages.not_found), re.IGNORECASE)


@dataclass(frozen=True)
class Look:
    """What we see of a page at a glance. Of a page with much text, ``blocks`` holds only the first ones."""

    wall: str | None = None
    title: str = ""
    canonical_url: str = ""
    blocks: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Return the number of characters in the blocks that we know."""
        return sum(map(len, self.blocks))


def says_not_found(look: Look) -> bool:
    """Return whether a page with little text says, in a language we know, that there is nothing at its address."""
    return look.size <= MOST_NOTICE and any(_NOT_FOUND.search(text) for text in (look.title, *look.blocks[:3]))


def look(html: str, url: str) -> Look:
    """Return what we see of a page at a glance, in any language that has word tables.

    Its ``wall`` is ``bot_challenge``, ``consent_wall``, ``login_wall`` or ``paywall``, or None if we see no wall.
    """
    html = html[:MOST_READ]
    page = _parse(html)
    if page is None:
        return Look()
    title = " ".join("".join(page.xpath("string(//title)")).split())
    canonical = "".join(page.xpath("string(//link[@rel='canonical']/@href)")).strip()
    etree.strip_elements(page, *_ASIDE, with_tail=False)
    blocks = _first(_blocks(page), MOST_TEASER)
    found = Look(title=title, canonical_url=canonical, blocks=blocks)
    if found.size > MOST_TEASER:
        return found  # no wall has so much text
    words = " ".join(page.text_content()[:MOST_WORDS].split())
    return replace(found, wall=_wall(html, url, words, blocks))


def wall(html: str, url: str) -> str | None:
    """Return the wall of a page, as ``look`` does."""
    return look(html, url).wall


def _wall(html: str, url: str, words: str, blocks: Sequence[str]) -> str | None:
    size = sum(map(len, blocks))
    if size <= MOST_WALL:
        asides = sum(len(block) for block in blocks if _COOKIES.search(block) or _CHALLENGE.search(block))
        found = _small_wall(html, url, words, article=size - asides)
        if found is not None:
            return found
    return "paywall" if _is_paid(html, url, words, size) else None


def _first(blocks: Iterator[str], most: int) -> tuple[str, ...]:
    """Return the first blocks, until together they have more than ``most`` characters."""
    found: list[str] = []
    size = 0
    for block in blocks:
        found.append(block)
        size += len(block)
        if size > most:
            break
    return tuple(found)


def _small_wall(html: str, url: str, words: str, article: int) -> str | None:
    """Return the wall on a page with little text, of which ``article`` characters are no notice of a wall."""
    if article >= LEAST_ARTICLE:
        return None
    parts = urlsplit(url)
    if _CHALLENGE.search(words) or _CHALLENGE_MARKUP.search(html):
        return "bot_challenge"
    at = parts.netloc + parts.path
    if _COOKIES.search(words) and (_CONSENT_PLACE.search(at) or _ACCEPT.search(" | ".join(_buttons(_parse(html))))):
        return "consent_wall"
    if _SIGN_IN.search(words) or _SIGN_IN_PATH.search(parts.path):
        return "login_wall"
    return None


def _is_paid(html: str, url: str, words: str, size: int) -> bool:
    """Return whether a page shows only the beginning of an article that readers must pay for."""
    is_free = free(_parse(html), url)
    if is_free is not None:
        return not is_free and size <= MOST_TEASER
    return size <= MOST_WALL and bool(_PAY.search(words))


def _parse(html: str) -> Any:
    """Return the tree of a page. lxml gets bytes, because it refuses text that declares an encoding."""
    octets = html.replace("\0", "").encode("utf-8", "replace")
    try:
        return lxml.html.document_fromstring(octets, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _buttons(page: Any) -> Iterator[str]:
    for element in page.iter("button", "a", "input"):
        yield element.get("value", "") if element.tag == "input" else element.text_content()


def _blocks(page: Any) -> Iterator[str]:
    """Yield the blocks of text on a page that are long enough to be sentences. Words of links do not count."""
    for element in page.iter(etree.Element):
        if element.tag in _INLINE or element.tag in {"title", "button"}:
            continue
        text = " ".join("".join(_own_words(element)).split())
        if len(text) >= SHORTEST_BLOCK:
            yield text


def _own_words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _INLINE and child.tag != "a":
            yield from child.itertext(with_tail=False)
        yield child.tail or ""
