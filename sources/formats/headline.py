"""Find the headline of a page, and the lines around it: where an article says by whom it is and of what day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import takewhile

from lxml import etree
from lxml.html import HtmlElement

from sources.formats.page_boxes import COMMENTS, names_of
from sources.formats.page_tree import text_of
from sources.language.folding import fold

WORD = re.compile(r"\w+")
FEWEST_SHARED = 2  # words of two titles
SHARE = 0.7  # of the words of the shorter one
LONG = 8  # letters: of a title in a script without spaces
LINE = 160  # characters: a longer piece of text is a paragraph
BEFORE = 300  # characters above a headline in which its lines stand
AFTER = 1_200
PARAGRAPHS = 3  # below a headline, after which its lines have ended
PARAGRAPH = 250
TEASER = 4  # words of a link to another page
TITLES = ("h1", "h2", "h3")  # the levels at which headlines stand
ASIDE = {"aside", "nav", "footer", "figure", "figcaption", "form", "script", "style", "noscript", "template", "select",
         "button", "svg", "iframe", "dialog"}  # fmt: skip
HOLDERS = {"aside", "form", "dialog"}  # in which some sites have the article itself
ENTRIES = {"article", "li"}
ROLES = {"navigation", "complementary", "contentinfo", "search", "dialog"}


@dataclass(frozen=True)
class NearLine:
    """A short piece of a page near its headline; ``distance`` in characters, negative above it.

    ``is_top`` is one above the headline and outside of what holds its article: where sites show the day of today.
    """

    element: HtmlElement
    text: str
    distance: int
    is_top: bool = False


def alike(one: str, other: str) -> bool:
    """Return whether two titles are those of one article: the shorter shares most of its words with the other."""
    ours, theirs = WORD.findall(fold(one)), WORD.findall(fold(other))
    shorter, longer = sorted((" ".join(ours), " ".join(theirs)), key=len)
    if not shorter or shorter == longer:
        return bool(shorter)
    if len(shorter) >= LONG and shorter in longer:
        return True
    shared, fewest = len(set(ours) & set(theirs)), min(len(set(ours)), len(set(theirs)))
    return shared >= FEWEST_SHARED and shared >= SHARE * fewest


def is_aside(element: HtmlElement) -> bool:
    """Return whether an element is mark-up of what stands beside an article."""
    return element.tag in ASIDE or (element.get("role") or "").lower() in ROLES


def headline(page: HtmlElement, titles: Sequence[str]) -> HtmlElement | None:
    """Return the heading that the page's titles name; else its only first-level one, or an element with such a title.

    Headings beside an article count where none outside has such a title. None where nothing of these is there.
    """
    every = [each for each in page.iter(*TITLES) if text_of(each)]
    outside = [each for each in every if not _is_beside(each)]
    named = _named(outside, titles) or _named(_beside(every, outside), titles)
    if not (named or outside):
        named = _named(every, titles)
    if named:
        most = max(count for count, _each in named)
        return min((each for count, each in named if count == most), key=lambda each: TITLES.index(str(each.tag)))
    first = [each for each in outside or every if each.tag == "h1"]
    return first[0] if len(first) == 1 else _unmarked(page, titles)


def _named(headings: Sequence[HtmlElement], titles: Sequence[str]) -> list[tuple[int, HtmlElement]]:
    """Return the headings that say what titles of the page say, each with the number of these titles."""
    counted = ((sum(alike(text_of(each), title) for title in titles), each) for each in headings)
    return [(count, each) for count, each in counted if count]


def _beside(every: Sequence[HtmlElement], outside: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Return the headings that may stand in a margin, a form or a dialog with their article.

    What leads elsewhere is a teaser, and what is of a lower level than a heading outside is a label.
    """
    highest, known = min((each.tag for each in outside), default=TITLES[-1]), set(outside)
    inside = [each for each in every if each not in known and each.tag <= highest and not leads_elsewhere(each)]
    return [each for each in inside if not any(is_aside(up) and up.tag not in HOLDERS for up in each.iterancestors())]


def leads_elsewhere(heading: HtmlElement) -> bool:
    """Return whether a heading is a link, or has one in it."""
    return heading.find(".//a[@href]") is not None or any(above.tag == "a" for above in heading.iterancestors())


def _unmarked(page: HtmlElement, titles: Sequence[str]) -> HtmlElement | None:
    """Return the first element that holds nothing but one of the titles, of pages whose headings are no headings."""
    whole = {fold(title) for title in titles if len(title) >= LONG}
    found = (each for each in page.iter("div", "p", "span", "strong", "b", "h4", "h5", "td") if len(each) <= 1)
    return next((each for each in found if fold(text_of(each)) in whole and not _is_beside(each)), None)


def lines(page: HtmlElement, heading: HtmlElement, is_own: Callable[[str], bool]) -> list[NearLine]:
    """Return the lines around a headline that belong to its article, in their order.

    Not what stands in margins, menus and captions, nor in an entry of a list that leads to another page: ``is_own``
    says of an address whether it is that of the page.
    """
    found: list[NearLine] = []
    at = start = -1
    at = 0
    paragraphs = 0
    for element, text in _pieces(page, heading, is_own):
        if element is heading:
            start = at
        elif start >= 0 and (at - start > AFTER or paragraphs >= PARAGRAPHS):
            break
        elif text and len(text) <= LINE:
            found.append(NearLine(element, text, at))
        paragraphs += start >= 0 and len(text) >= PARAGRAPH
        at += len(text) if element is not heading else 0
    if start < 0:
        return []
    tops = _tops(page, heading)
    near = (
        NearLine(line.element, line.text, line.distance - start, line.distance < start and line.element in tops)
        for line in found
    )
    return [line for line in near if line.distance >= -BEFORE]


def _tops(page: HtmlElement, heading: HtmlElement) -> set[HtmlElement]:
    """Return the elements above a headline that are of the site: outside of the article, in a header, above a menu."""
    holder = _holder(heading)
    inside = set() if holder is None else set(holder.iter())
    above = list(enumerate(takewhile(lambda each: each is not heading, page.iter(etree.Element))))
    ours = set(heading.iterancestors())
    of_site = [
        (at, each) for at, each in above if each.tag in {"nav", "header"} and each not in ours and _is_of_site(each)
    ]
    last_menu = max((at for at, each in of_site if each.tag == "nav"), default=-1)
    headers = {inner for _at, each in of_site if each.tag == "header" for inner in each.iter()}
    return {each for at, each in above if each not in inside or each in headers or at < last_menu}


def _is_of_site(element: HtmlElement) -> bool:
    return next(element.iterancestors("article", "main"), None) is None


def _holder(heading: HtmlElement) -> HtmlElement | None:
    """Return what holds the article of a headline: its article element, or the nearest with a paragraph below it.

    Of a short article the nearest with anything below it. None where that is the whole page.
    """
    article = next(heading.iterancestors("article"), None)
    if article is not None:
        return article
    nearest, below, element = None, 0, heading
    for above in heading.iterancestors():
        if above.tag in {"body", "html"}:
            break
        after = [each for each in element.itersiblings(etree.Element) if not is_aside(each)]
        below += len((element.tail or "").strip())
        below += sum(len(text_of(each)) + len((each.tail or "").strip()) for each in after)
        if below >= PARAGRAPH:
            return above
        if below and nearest is None:
            nearest = above
        element = above
    return nearest


def marked(page: HtmlElement) -> list[NearLine]:
    """Return the elements outside of margins that are marked as the moment of publication."""
    found = [each for each in page.iter("time", "span", "p", "div", "meta") if _is_moment(each)]
    return [NearLine(each, text_of(each), 0) for each in found if not _is_beside(each)]


def _is_moment(element: HtmlElement) -> bool:
    return "pubdate" in element.attrib or element.get("itemprop") == "datePublished"


def _pieces(
    page: HtmlElement, heading: HtmlElement, is_own: Callable[[str], bool]
) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the largest elements with at most a line of text, and the loose text of others, in their order."""
    above = {heading, *heading.iterancestors()}
    waiting: list[tuple[HtmlElement, str | None]] = [(page, None)]
    while waiting:
        element, loose = waiting.pop()
        if loose is not None or element is heading:
            yield element, loose or ""
            continue
        if not isinstance(element.tag, str) or is_aside(element):
            continue
        is_above = element in above
        if not is_above and (_is_of_others(element) or (element.tag in ENTRIES and _is_teaser(element, is_own))):
            continue
        text = "" if is_above else text_of(element)
        if not is_above and len(text) <= LINE:
            if not _is_teaser(element, is_own):
                yield element, text
            continue
        inner: list[tuple[HtmlElement, str | None]] = [(element, " ".join((element.text or "").split()))]
        for child in element:
            inner += [(child, None), (element, " ".join((child.tail or "").split()))]
        waiting.extend(reversed([(each, said) for each, said in inner if said != ""]))


def _is_teaser(element: HtmlElement, is_own: Callable[[str], bool]) -> bool:
    """Return whether an element leads to another article: a link of several words to another page."""
    links = element.iter("a") if element.tag != "a" else [element]
    return any(
        len(WORD.findall(text_of(link))) >= TEASER and not is_own(link.get("href") or "#")
        for link in links
        if not (link.get("rel") or "").startswith("author")
    )


def _is_beside(element: HtmlElement) -> bool:
    return any(is_aside(above) for above in element.iterancestors())


def _is_of_others(element: HtmlElement) -> bool:
    """Return whether an element holds what readers wrote below an article."""
    return COMMENTS.is_in(names_of(element))


def without_others(page: HtmlElement, heading: HtmlElement | None, is_own: Callable[[str], bool]) -> HtmlElement:
    """Return a copy of a page without what is not of its article: margins, entries of lists, comments."""
    copy: HtmlElement = deepcopy(page)
    above = set() if heading is None else {heading, *heading.iterancestors()}
    pairs = list(zip(page.iter(etree.Element), copy.iter(etree.Element), strict=True))
    for element, twin in pairs:
        if element in above or element.tag in {"html", "head", "body", "main"} or twin.getparent() is None:
            continue
        is_outside = is_aside(element) and element.tag != "script"
        if is_outside or _is_of_others(element) or (element.tag in ENTRIES and _is_teaser(element, is_own)):
            twin.drop_tree()
    return copy
