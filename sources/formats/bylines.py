"""Tell who wrote the article on a page, by its JSON-LD, its meta elements and the lines at its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from sources.formats import plain_text, printed_dates
from sources.formats.headline import WORD, NearLine
from sources.formats.page_tree import HEADINGS, text_of
from sources.language.folding import fold

META = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
        "article:author_name", "cxenseparse:author", "citation_author")  # fmt: skip
OWN_META = re.compile(r"[a-z]*authors?$")  # what systems call a meta element of their own; not one of a vocabulary
BY = re.compile(
    r"^(?:(?:written|reported|posted|published)\s+by|by|par|von|de|di|da|por|yazan|автор|текст|بقلم|كتب|מאת|نویسنده)"
    r"\s*:?\s+",
    re.IGNORECASE,
)
SIGNS = r"\s*[;|•·/]\s*|\s*,\s*|\s+&\s+"
ALWAYS = ("and", "und", "et", "y", "e", "ve", "и", "та", "و")  # on pages that name no language
NO_NAME = re.compile(r"https?:|www\.|[<>{}\[\]_*]|^\W*$|\b\d|:$")
HANDLE = re.compile(r"\s*\(?@\w+\)?|\s*\S+@\S+\.\w+")
INITIALS = re.compile(r"\s*\((?P<letters>\w{1,5})\.?\)$")
LONGEST = 120
MOST_WORDS = 6
MOST_ALONE = 4  # words of a name that nothing marks as the author's
NEXT_TO = 300  # characters below a headline in which such a name stands
BEFORE_DATE = re.compile(r"([^|•·–—]{5,60}?)\s*[|•·–—]\s+(?=\D{0,20}\d)")  # a sign sets the date apart from the name
NAMED = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]*)*")
MARKED = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|authors?|auteurs?|autor(?:es|en)?|yazar|autore|автор)", re.IGNORECASE
)


def byline(
    page: HtmlElement, node: Mapping[str, Any], near: Sequence[NearLine], sites: Sequence[str], language: str
) -> tuple[str, list[tuple[str, str]]]:
    """Return who wrote the article of a page, and names that differ, with where they stand.

    A person counts before the outlet, whose name many systems write where the author's belongs.
    """
    between = _between(language)
    found = [
        ("json-ld", names(node.get("author"), between) or names(node.get("creator"), between)),
        *(("meta", text) for text in _in_meta(page, between)),
        ("page", _shown(near, between)),
    ]
    known = [(text, method) for method, text in found if text]
    people = [pair for pair in known if not _is_outlet(pair[0], sites)]
    if not people and (guess := _alone(page, near, between) or _cleaned(extract_author(page) or "")):
        is_known = not _is_outlet(guess, sites) and all(_is_name(name) for name in guess.split(", "))
        people = [(guess, "page")] if is_known else []
    chosen = people or known
    if not chosen:
        return "", []
    return chosen[0][0], [pair for pair in people if not _share(pair[0], chosen[0][0])]


def names(value: object, between: re.Pattern[str] | None = None) -> str:
    """Return the names in an author or publisher, which may be a text, an object or a list of either.

    ``between`` finds what stands between two names that are written as one.
    """
    people = value if isinstance(value, list) else [value]
    several = [_cleaned(plain_text.line(_name_in(each))) for each in people]
    if between is not None:
        several = [name for each in several for name in _apart(each, between)]
    return ", ".join(dict.fromkeys(name for name in several if name))


def _name_in(value: object) -> object:
    """Return the name in an object, which may be in two parts (schema.org/givenName, familyName)."""
    if not isinstance(value, dict):
        return value
    parts = [value.get(key) for key in ("givenName", "familyName")]
    return value.get("name") or " ".join(part for part in parts if isinstance(part, str))


@cache
def _between(language: str) -> re.Pattern[str]:
    """Return what finds the place between two names: a sign, or what the language of the page says for "and"."""
    try:
        said = Locale.parse(language).list_patterns["standard"]["2"] if language else ""
    except (UnknownLocaleError, ValueError, KeyError):
        said = ""
    own = said.replace("{0}", "").replace("{1}", "").strip()
    words = "|".join(re.escape(word) for word in dict.fromkeys([*ALWAYS, own]) if WORD.fullmatch(word))
    return re.compile(rf"{SIGNS}|\s+(?:{words})\s+", re.IGNORECASE)


def _apart(text: str, between: re.Pattern[str]) -> list[str]:
    """Return the names in a text, where all of its parts are names; else the text as it is."""
    parts = between.split(text)
    return parts if all(_is_name(part) for part in parts) else [text]


def _in_meta(page: HtmlElement, between: re.Pattern[str]) -> list[str]:
    """Return what the meta elements of a page say of its author, the best known of them first."""
    given = [
        ((each.get("property") or each.get("name") or "").strip().lower(), each.get("content") or "")
        for each in page.iterfind(".//meta[@content]")
    ]
    known = [content for key in META for name, content in given if name == key]
    own = [content for name, content in given if name not in META and OWN_META.fullmatch(name)]
    return [text for content in (*known, *own) if (text := names(content, between))]


def _shown(near: Sequence[NearLine], between: re.Pattern[str]) -> str:
    """Return the names at the headline that are marked as the author's, or that follow "by"."""
    ways = (_linked, lambda line: _marked(line, between), lambda line: _printed(line, between))
    for find in ways:
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


def _marked(line: NearLine, between: re.Pattern[str]) -> Iterator[str]:
    """Yield the names in the innermost elements whose class says that they hold an author."""
    for element in line.element.iter("a", "span", "p", "div", "address", "li", "b", "strong", "cite"):
        if not MARKED.search(element.get("class") or "") or any(MARKED.search(each.get("class") or "")
                                                              for each in element.iterdescendants()):  # fmt: skip
            continue
        yield from (name for part in between.split(_cleaned(text_of(element))) if _is_name(name := _cleaned(part)))


def _printed(line: NearLine, between: re.Pattern[str]) -> Iterator[str]:
    """Yield the names that follow "by": the first as it is written, more as far as they are names."""
    if not BY.match(line.text):
        return
    for number, part in enumerate(between.split(_cleaned(line.text))):
        name = _cleaned(part)
        if not (_is_name(name) or (not number and name.isupper())):  # an agency may have one word, in capitals
            return
        yield name


def _alone(page: HtmlElement, near: Sequence[NearLine], between: re.Pattern[str]) -> str:
    """Return the names below a headline that nothing marks as the author's, where the page shows that they are.

    They stand before the date in one line, or alone in a line of the article itself, which the page then quotes in its
    description, in front of a sentence. What is a link too is a section or a place.
    """
    said = [" ".join(content.split()) for content in page.xpath("//meta[contains(@property, 'description')]/@content")]
    links = {fold(text_of(link)) for link in page.iter("a")}
    for line in near:
        if not 0 <= line.distance <= NEXT_TO or fold(line.text) in links or line.element.tag in HEADINGS:
            continue
        before = BEFORE_DATE.match(line.text)
        if before is not None and printed_dates.find(line.text[before.end() :]):
            text = before[1]
        else:
            text = line.text if any(_opens(line.text, each) for each in said) else ""
        parts = between.split(text)
        if all(_is_full_name(part) and fold(part) not in links for part in parts):
            return ", ".join(parts)
    return ""


def _opens(line: str, text: str) -> bool:
    """Return whether a text has a line in front of a sentence of its own."""
    before, found, after = text.partition(f"{line} ")
    return bool(found) and not before[-1:].isalnum() and before[-2:-1] != "," and after[:1].isupper()


def _is_full_name(text: str) -> bool:
    """Return whether every word of a text has a capital letter, as in a name that nothing marks as one."""
    parts = text.split()
    return 2 <= len(parts) <= MOST_ALONE and all(part[0].isupper() and NAMED.fullmatch(part) for part in parts)


def _is_name(text: str) -> bool:
    """Return whether a text looks like the name of a person: two to six words, none of them a common one."""
    parts = text.split()
    cased = [
        part for at, part in enumerate(parts) if part[:1].lower() != part[:1].upper() and (len(part) > 3 or not at)
    ]
    is_cased = all(part[:1].isupper() for part in cased)
    return 2 <= len(parts) <= MOST_WORDS and is_cased and not any(character.isdigit() for character in text)


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
    words = _without_initials(BY.sub("", words).strip(" ,;:|-–—·•"))
    return "" if len(words) > LONGEST or NO_NAME.search(words) else words


def _without_initials(name: str) -> str:
    """Return a name without the sign of its author behind it: some letters of the name itself, in brackets."""
    found = INITIALS.search(name)
    if found is None or not found["letters"].islower() or set(found["letters"]) - set(name[: found.start()].lower()):
        return name
    return name[: found.start()]


def _share(one: str, other: str) -> bool:
    return bool(set(WORD.findall(fold(one))) & set(WORD.findall(fold(other))))
