"""Tell who wrote the article on a page, by its JSON-LD, its meta elements and the lines at its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from sources.formats import plain_text, printed_dates
from sources.formats.headline import WORD, NearLine, text_of
from sources.language.folding import fold

META = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
        "article:author_name", "cxenseparse:author", "citation_author")  # fmt: skip
BY = re.compile(
    r"^(?:(?:written|reported|posted|published)\s+by|by|par|von|de|di|da|por|yazan|автор|текст|بقلم|كتب|מאת|نویسنده)"
    r"\s*:?\s+",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s*[;|•·/]\s*|\s+(?:and|und|et|y|e|ve|и|та|و|&)\s+|\s*,\s*")
NO_NAME = re.compile(r"https?:|www\.|[<>{}\[\]_*]|^\W*$|\d|:$")
HANDLE = re.compile(r"\s*\(?@\w+\)?|\s*\S+@\S+\.\w+")
LONGEST = 120
MOST_WORDS = 6
MARKED = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|authors?|auteurs?|autor(?:es|en)?|yazar|autore|автор)", re.IGNORECASE
)


def byline(
    page: HtmlElement, meta: Mapping[str, str], node: Mapping[str, Any], near: Sequence[NearLine], sites: Sequence[str]
) -> tuple[str, list[tuple[str, str]]]:
    """Return who wrote the article of a page, and names that differ, with where they stand.

    A person counts before the outlet, whose name many systems write where the author's belongs.
    """
    found = [
        ("json-ld", names(node.get("author")) or names(node.get("creator"))),
        ("meta", next((text for name in META if (text := _cleaned(meta.get(name, "")))), "")),
        ("page", _shown(near)),
    ]
    known = [(text, method) for method, text in found if text]
    people = [pair for pair in known if not _is_outlet(pair[0], sites)]
    if not people and (guess := _cleaned(extract_author(page) or "")) and _is_name(guess):
        people = [] if _is_outlet(guess, sites) else [(guess, "page")]
    chosen = people or known
    if not chosen:
        return "", []
    return chosen[0][0], [pair for pair in people if not _share(pair[0], chosen[0][0])]


def names(value: object) -> str:
    """Return the names in an author or publisher, which may be a text, an object or a list of either."""
    people = value if isinstance(value, list) else [value]
    several = [_cleaned(plain_text.line(each.get("name") if isinstance(each, dict) else each)) for each in people]
    return ", ".join(dict.fromkeys(name for name in several if name))


def _shown(near: Sequence[NearLine]) -> str:
    """Return the names at the headline that are marked as the author's, or that follow "by"."""
    for find in (_linked, _marked, _printed):
        found = [name for line in near for name in find(line)]
        if found:
            return ", ".join(dict.fromkeys(found))
    return ""


def _linked(line: NearLine) -> Iterator[str]:
    for element in line.element.iter("a", "span", "meta", "div"):
        marks = f"{element.get('rel') or ''} {element.get('itemprop') or ''}".lower().split()
        if "author" in marks:
            inner = next((each for each in element.iter() if each.get("itemprop") == "name"), element)
            name = _cleaned(inner.get("content") or text_of(inner))
            if name and len(name.split()) <= MOST_WORDS:
                yield name


def _marked(line: NearLine) -> Iterator[str]:
    """Yield the names in the innermost elements whose class says that they hold an author."""
    for element in line.element.iter("a", "span", "p", "div", "address", "li", "b", "strong", "cite"):
        if not MARKED.search(element.get("class") or "") or any(MARKED.search(each.get("class") or "")
                                                              for each in element.iterdescendants()):  # fmt: skip
            continue
        yield from (name for part in BETWEEN.split(_cleaned(text_of(element))) if _is_name(name := _cleaned(part)))


def _printed(line: NearLine) -> Iterator[str]:
    if BY.match(line.text):
        yield from (name for part in BETWEEN.split(_cleaned(line.text)) if _is_name(name := _cleaned(part)))


def _is_name(text: str) -> bool:
    """Return whether a text looks like the name of a person: two to six words, none of them a common one."""
    parts = text.split()
    cased = [part for part in parts if part[:1].lower() != part[:1].upper() and len(part) > 3]
    return 2 <= len(parts) <= MOST_WORDS and all(part[:1].isupper() for part in cased)


def _is_outlet(text: str, sites: Sequence[str]) -> bool:
    """Return whether a byline names nobody but the outlet, by its own name or that of its domain."""
    name, outlets = _letters(text), [_letters(site) for site in sites]
    return any(outlet and (name in outlet or outlet in name) for outlet in outlets)


def _letters(text: str) -> str:
    return "".join(WORD.findall(fold(text)))


def _cleaned(text: str) -> str:
    """Return a byline without "by", addresses and dates; nothing where what is left is no name."""
    words = " ".join(HANDLE.sub("", text).split())
    dates = printed_dates.find(words)
    if dates and dates[0].value is not None:
        folded = fold(words)
        words = words[: dates[0].at] if len(folded) == len(words) else ""
    words = BY.sub("", words).strip(" ,;:|-–—·•")
    return "" if len(words) > LONGEST or NO_NAME.search(words) else words


def _share(one: str, other: str) -> bool:
    return bool(set(WORD.findall(fold(one))) & set(WORD.findall(fold(other))))
