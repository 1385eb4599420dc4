"""Tell the title of a page's article: what its heading, its JSON-LD and its meta elements have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from sources.formats import plain_text
from sources.formats.headline import WORD, alike
from sources.formats.page_tree import text_of
from sources.language.folding import fold

META = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "title")
SEPARATOR = re.compile(r"\s+[|–—·•»:-]+\s+|\s*\|\s*")  # between the headline and the name of the site
LONGEST = 500
KICKER = 6  # words


def named(page: HtmlElement, meta: Mapping[str, str]) -> list[str]:
    """Return the titles that a page names for itself: its title element, and its meta elements."""
    element = next(page.iter("title"), None)
    inner = "" if element is None else text_of(element)
    return list(dict.fromkeys(text for text in (inner, *(meta.get(name, "") for name in META)) if text))


def title(
    page: HtmlElement, meta: Mapping[str, str], node: Mapping[str, Any], heading: HtmlElement | None
) -> tuple[str, list[tuple[str, str]]]:
    """Return the title of the article on a page, and titles that differ from it, with where they stand.

    The heading that people see counts first where another place names the same article.
    """
    known = named(page, meta)
    found = [
        ("heading", "" if heading is None else text_of(heading)),
        ("json-ld", plain_text.line(node.get("headline"))),
        ("meta", next((meta[name] for name in META if meta.get(name)), "")),
        ("title", known[0] if known else ""),
    ]
    candidates = [(_bare(text, meta), method) for method, text in found if text and len(text) <= LONGEST]
    if not candidates:
        return "", []
    best = _chosen(candidates, is_plain=heading is not None and _is_plain(heading))
    best = next((text for text, _method in candidates if _is_core(text, best, candidates)), best)
    return best, [pair for pair in candidates if not alike(pair[0], best)]


def _chosen(candidates: Sequence[tuple[str, str]], *, is_plain: bool) -> str:
    """Return the title that names the article as most places do; of these the one that people see.

    A heading that is not plain may hold more than the title, or less: there the words that JSON-LD and another place
    give alike count first.
    """
    support = {text: sum(alike(text, other) for other, _method in candidates) for text, _method in candidates}
    best = max(candidates, key=lambda pair: support[pair[0]])[0]
    declared = next((text for text, method in candidates if method == "json-ld"), "")
    same = {method for text, method in candidates if declared and _words(text) == _words(declared)}
    return declared if not is_plain and same & {"heading", "meta"} and support[declared] == support[best] else best


def _is_plain(heading: HtmlElement) -> bool:
    """Return whether a heading is of the first level, and made of one part: it holds the title and nothing else."""
    parts = [each for each in heading.iter(etree.Element) if (each.text or "").strip()]
    return heading.tag == "h1" and len(parts) == 1


def _words(text: str) -> str:
    return " ".join(WORD.findall(fold(text)))


def _is_core(text: str, whole: str, candidates: Sequence[tuple[str, str]]) -> bool:
    """Return whether a heading is a kicker and then this title, or this title, as two other places have it, and more.

    A kicker is a few words, fewer than the title.
    """
    kicker = whole.removesuffix(text)
    if kicker != whole:
        return 0 < len(kicker.split()) <= min(KICKER, len(text.split()))
    return whole.startswith(f"{text} ") and sum(other == text for other, _method in candidates) > 1


def _bare(text: str, meta: Mapping[str, str]) -> str:
    """Return a title without the name of the site that follows it, where the page tells that name."""
    site = meta.get("og:site_name", "") or meta.get("application-name", "")
    parts = SEPARATOR.split(text)
    if len(parts) < 2 or not site:
        return text
    if alike(parts[-1], site):
        cut = text[: text.rfind(parts[-1])]
        return re.sub(r"[\s|–—·•»:-]+$", "", cut) or text
    return text
